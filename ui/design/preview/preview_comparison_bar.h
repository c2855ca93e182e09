// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace simclr::ui {

class ElidedLabel;
class PipelineDocument;
class PreviewRival;

/// What a comparison compares: the name of the document's pipeline, the choice of the one beside it, and how
/// both are shown. Owned by the PreviewPanel; UI thread.
class PreviewComparisonBar : public QWidget {
    Q_OBJECT
  public:
    explicit PreviewComparisonBar(PipelineDocument &document, QWidget *parent = nullptr);

    const PreviewRival &rival() const { return *m_rival; }
    /// What the document's pipeline is called, and what the other one is: never the same.
    QString title() const;
    QString otherTitle() const;

  Q_SIGNALS:
    /// Another pipeline is compared with.
    void changed();
    void failed(const QString &reason);
    void divisionToggled(bool divided);

  private:
    void showTitle();

    PipelineDocument &m_document;
    ElidedLabel *m_title;
    PreviewRival *m_rival;
};

} // namespace simclr::ui
