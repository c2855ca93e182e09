// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include "ui/background/background_worker.h"

#include <QTreeView>
#include <functional>

class QMenu;

namespace simclr::ui {

class PinnedHeader;
class RunsModel;

/// The table of runs: sorting, selecting several, groups that fold open, renaming in place, deleting, hiding
/// columns. Pinned columns, of which the name is always one, stay at the left while the others scroll
/// sideways: they are painted over them. The settings store the arrangement and sorting of its columns. Owned
/// by the RunsPage.
class RunsTable : public QTreeView {
    Q_OBJECT
  public:
    explicit RunsTable(RunsModel &model, QWidget *parent = nullptr);

    /// The selected runs, those of selected groups included, in the order of the table, each once.
    QList<qint64> selectedRuns() const;
    /// Runs and groups, without the rows in selected groups, in the order of the table.
    QModelIndexList selectedRows() const;
    /// All rows from the top, those of open groups included.
    QModelIndexList shownRows() const;
    void selectRun(RunId run);
    /// Selects it in addition, or no longer.
    void toggleRun(RunId run);
    /// Makes the run's row current; the selection stays.
    void scrollToRun(RunId run);
    /// Puts the selected rows with the shown columns on the clipboard, as a spreadsheet takes them and with
    /// the values that the CSV export has. Their text is made in a thread: copied() follows. False if no row
    /// is selected.
    bool copySelection();
    /// Calls `change`, which inserts or removes rows, and restores the user's selection and the groups that
    /// are folded open. Runs that the filter hides are selected again when they are shown again, unless the
    /// user has made another selection.
    void keepSelection(const std::function<void()> &change);
    /// A menu of the columns, to show and hide them, and to pin `column` if it is one.
    void chooseColumns(const QPoint &globalPosition, int column = -1);
    bool isPinned(int column) const;
    /// Pins a column after those that are pinned already. The name stays pinned.
    void setPinned(int column, bool isPinned);
    /// Whether the pointer is over the row of the cell.
    bool isHovered(const QModelIndex &cell) const;
    /// Marks a row as if the pointer were over it; an invalid one: none.
    void markRow(const QModelIndex &row);

    /// Order, widths and sorting of the columns as JSON, for settings and saved views.
    Json arrangement() const;
    /// Ignores columns that do not exist.
    void setArrangement(const Json &arrangement);
    /// Stores the arrangement in the settings.
    void rememberColumns();
    /// Restores the arrangement from the settings.
    void recallColumns();

    QModelIndex indexAt(const QPoint &place) const override;
    QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;

  Q_SIGNALS:
    void selectionEdited();
    /// The selected rows are on the clipboard.
    void copied();
    /// To the trash, or `isForGood`.
    void removeRequested(const QList<qint64> &runs, bool isForGood);
    void undoRequested();
    /// The pointer is over this row; invalid: over none.
    void rowHovered(const QModelIndex &row);
    /// The context menu of the selected runs opens: for further actions.
    void menuRequested(QMenu &menu, const QList<qint64> &runs);
    /// The menu of columns opens: for further columns.
    void columnsMenuRequested(QMenu &menu);
    void trainAgainRequested(qint64 run);
    /// "evaluate" was clicked in a cell without a result; the run is selected.
    void evaluateRequested(qint64 run);

  protected:
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                 const QModelIndex &index) const override;
    bool viewportEvent(QEvent *event) override;
    /// On the background of selected rows, as the delegate paints the cells.
    void drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

  private:
    void setUpHeader();
    void applyPins();
    void addPinAction(QMenu &menu, int column);
    void hover(const QModelIndex &row);
    void drawPinned(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &row) const;
    QModelIndex pinnedArrowAt(const QPoint &place) const;
    QModelIndex linkAt(const QPoint &place) const;
    void setWidths();
    void fitName();
    /// Means with their deviation need more room than single values.
    void widenForGroups();
    void recallColumnsOfOldSettings();
    void columnsReplaced();
    void selectChosen();
    void expandOpen();
    QList<QStringList> selectedGroups() const;

    RunsModel &m_model;
    PinnedHeader *m_header;
    QStringList m_pins; ///< fields of the pinned columns, without the name
    QPersistentModelIndex m_marked;
    QPersistentModelIndex m_hovered;     ///< the row under the pointer
    QPersistentModelIndex m_pressedLink; ///< where the button was pressed
    QList<qint64> m_chosen;              ///< by the user, hidden runs included
    QList<QStringList> m_groups;         ///< selected as such
    QList<QStringList> m_open;           ///< groups that are folded open
    bool m_isChanging = false;           ///< rows change, which is not the user's selection
    bool m_isArranging = false;          ///< setArrangement() changes columns, not the user
    BackgroundWorker m_copying{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui
