// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"

#include <QComboBox>

namespace simclr::ui {

class PipelineDocument;

/// The name of a pipeline, and where it has none, that it has none.
QString nameOf(const Pipeline &pipeline);

/// The pipeline that a comparison sets beside the document's: as the document was opened or last saved, a
/// preset, or a file. Owned by the PreviewPanel; UI thread.
class PreviewRival : public QComboBox {
    Q_OBJECT
  public:
    explicit PreviewRival(PipelineDocument &document, QWidget *parent = nullptr);

    Pipeline pipeline() const;
    /// What the pipeline is called beside one that is called `other`: never the same.
    QString title(const QString &other) const;

  Q_SIGNALS:
    void changed();
    void failed(const QString &reason);

  private:
    void choose(int index);
    void openFile(const QString &file);

    PipelineDocument &m_document;
    /// Behind an entry that follows the first.
    struct Choice {
        Pipeline pipeline;
        QString kind; ///< "preset", or the name of its file
    };

    std::vector<Choice> m_choices;
    int m_current = 0;
};

} // namespace simclr::ui
