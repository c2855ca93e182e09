// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"

#include <QComboBox>

namespace simclr::ui {

class PipelineDocument;

/// The pipeline that a comparison sets beside the document's: as the document was opened or last saved, a
/// preset, or a file. Owned by the PreviewPanel; UI thread.
class PreviewRival : public QComboBox {
    Q_OBJECT
  public:
    explicit PreviewRival(PipelineDocument &document, QWidget *parent = nullptr);

    Pipeline pipeline() const;

  Q_SIGNALS:
    void changed();
    void failed(const QString &reason);

  private:
    void choose(int index);
    void openFile(const QString &file);

    PipelineDocument &m_document;
    std::vector<Pipeline> m_pipelines; ///< behind the entries that follow the first
    int m_current = 0;
};

} // namespace simclr::ui
