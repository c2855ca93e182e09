// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline_edit.h"
#include "ui/design/pipeline/step_selection.h"
#include "ui/design/pipeline/step_tree.h"

#include <QScrollArea>
#include <optional>
#include <vector>

namespace simclr::ui {

class EmptyState;
class PipelineDocument;
class StepCard;
class StepColumn;

/// The steps of one branch of the document as cards, in order, those of combinations in the cards of these.
/// Cards are chosen by clicks (Ctrl and Shift for several) and dragged by their handles to other places, also
/// into combinations and out of them; operations are dropped in from the palette. Owned by the PipelinePanel;
/// UI thread.
class PipelineList : public QScrollArea {
    Q_OBJECT
  public:
    explicit PipelineList(PipelineDocument &document, QWidget *parent = nullptr);

    /// The branch that is shown: 0, or 1 where the second view has steps of its own.
    int branch() const { return m_tree.branch(); }
    void setBranch(int branch);

    /// Where new steps go: into the chosen combination, behind the chosen card, or at the end.
    StepPath placeToAdd() const;
    /// The chosen steps, in the order of the pipeline; or the one whose control has the focus, and where none
    /// is chosen the one whose card had it last.
    std::vector<StepPath> chosenPaths() const;
    /// The step whose card, or a control in it, has the focus, or else the one chosen last.
    std::optional<StepPath> currentPath() const;
    /// Chooses these steps, focuses the last of them and shows it.
    void choosePaths(const std::vector<StepPath> &paths);
    /// Chooses `count` steps from `first` on.
    void chooseFrom(const StepPath &first, std::size_t count);
    void chooseAll();
    /// Gives the focus to the step at this place, or to the nearest one that there is.
    void focusNear(const StepPath &path);

  public Q_SLOTS:
    /// Adds an operation where placeToAdd() is, and shows it.
    void addOperation(const QString &operation);

  Q_SIGNALS:
    void failed(const QString &reason);
    void duplicateRequested();
    void removeRequested();
    void menuRequested(const QPoint &globalPosition);

  protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

  private:
    void showChange(bool structure);
    void connectCard(StepCard &card);
    void connectEdits(StepCard &card);
    void actOn(StepCard &card);
    void clicked(StepCard &card, Qt::KeyboardModifiers modifiers);
    void focusBeside(StepCard &card, int direction, Qt::KeyboardModifiers modifiers);

    void markGap(const StepTree::Gap &gap);
    void cardDragged(StepCard &card, const QPoint &globalPosition);
    void cardDropped(StepCard &card, const QPoint &globalPosition);
    template <typename Work>
    void attempt(Work work);

    PipelineDocument &m_document;
    QWidget *m_content;
    EmptyState *m_empty;
    StepColumn *m_steps;
    StepTree m_tree;
    QWidget *m_marker;
    StepSelection m_selection;
};

} // namespace simclr::ui
