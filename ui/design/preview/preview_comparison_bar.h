// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace simclr::ui {

class ElidedLabel;
class PipelineDocument;
class ComparisonPicker;

/// The controls of a comparison: the name of the document's pipeline, the choice of the reference, and how
/// both are shown. Owned by the PreviewPanel; UI thread.
class PreviewComparisonBar : public QWidget {
    Q_OBJECT
  public:
    explicit PreviewComparisonBar(PipelineDocument &document, QWidget *parent = nullptr);

    const ComparisonPicker &picker() const { return *m_picker; }
    /// The titles of the document's pipeline and of the reference: always different.
    QString title() const;
    QString otherTitle() const;

  Q_SIGNALS:
    /// Another reference was selected.
    void changed();
    void failed(const QString &reason);
    void divisionToggled(bool divided);

  private:
    void showTitle();

    PipelineDocument &m_document;
    ElidedLabel *m_title;
    ComparisonPicker *m_picker;
};

} // namespace simclr::ui
