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

/// The steps of one branch of the document as cards, in order; the steps of a combination are cards in its
/// card. Cards are selected by clicks (Ctrl and Shift for several) and dragged by their handles, also into
/// and out of combinations; operations are dropped in from the palette. Owned by the PipelinePanel; UI
/// thread.
class PipelineList : public QScrollArea {
    Q_OBJECT
  public:
    explicit PipelineList(PipelineDocument &document, QWidget *parent = nullptr);

    /// The branch that is shown: 0, or 1 if the second view has its own steps.
    int branch() const { return m_tree.branch(); }
    void setBranch(int branch);

    /// Where new steps are added: in the selected combination, after the selected card, or at the end.
    StepPath placeToAdd() const;
    /// The selected steps, in the order of the pipeline; or the step whose control has the focus; if none is
    /// selected, the step whose card had the focus last.
    std::vector<StepPath> chosenPaths() const;
    /// The step whose card, or a control in it, has the focus, otherwise the step selected last.
    std::optional<StepPath> currentPath() const;
    /// Selects these steps, focuses the last of them and scrolls to it.
    void choosePaths(const std::vector<StepPath> &paths);
    /// Selects `count` steps, starting at `first`.
    void chooseFrom(const StepPath &first, std::size_t count);
    void chooseAll();
    /// Gives the focus to the step at this path, or to the nearest existing one.
    void focusNear(const StepPath &path);

  public Q_SLOTS:
    /// Adds an operation at placeToAdd() and scrolls to it.
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
