// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>
#include <vector>

class QVBoxLayout;

namespace simclr::ui {

class EmptyState;
class PipelineDocument;
class StepCard;

/// The steps of the document as cards, in order. Cards are dragged by their handles to other places;
/// operations are dropped in from the palette. Owned by the PipelinePanel; UI thread.
class PipelineList : public QScrollArea {
    Q_OBJECT
  public:
    explicit PipelineList(PipelineDocument &document, QWidget *parent = nullptr);

    /// Adds an operation after the focused card, or at the end, and shows it.
    void addOperation(const QString &operation);

  protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

  private:
    void showChange(bool structure);
    void rebuild();
    StepCard *takeCardFor(std::size_t row, std::vector<StepCard *> &old);
    StepCard *makeCard(std::size_t row);
    void connectCard(StepCard *card);
    int rowOf(const StepCard *card) const;
    void focusRow(int row);
    /// The place between cards that is nearest to `y` (in the content's coordinates): 0 … number of steps.
    int gapAt(int y) const;
    void markGap(int gap);
    void cardDragged(StepCard *card, const QPoint &globalPosition);
    void cardDropped(StepCard *card, const QPoint &globalPosition);

    PipelineDocument &m_document;
    QWidget *m_content;
    QVBoxLayout *m_column;
    EmptyState *m_empty;
    QWidget *m_marker;
    std::vector<StepCard *> m_cards;
};

} // namespace simclr::ui
