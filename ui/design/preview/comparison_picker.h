// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"

#include <QComboBox>

namespace simclr::ui {

class PipelineDocument;

/// The name of a pipeline, or a text for a pipeline without a name.
QString nameOf(const Pipeline &pipeline);

/// Selects the reference pipeline of a comparison: the document's pipeline as opened or last saved, a preset,
/// or a file. Owned by the PreviewPanel; UI thread.
class ComparisonPicker : public QComboBox {
    Q_OBJECT
  public:
    explicit ComparisonPicker(PipelineDocument &document, QWidget *parent = nullptr);

    Pipeline pipeline() const;
    /// The title of the reference next to a pipeline with the title `other`: always different from it.
    QString title(const QString &other) const;

  Q_SIGNALS:
    void changed();
    void failed(const QString &reason);

  private:
    void choose(int index);
    void openFile(const QString &file);

    PipelineDocument &m_document;
    /// The pipeline of each entry after the first.
    struct Choice {
        Pipeline pipeline;
        QString kind; ///< "preset", or the name of its file
    };

    std::vector<Choice> m_choices;
    int m_current = 0;
};

} // namespace simclr::ui
