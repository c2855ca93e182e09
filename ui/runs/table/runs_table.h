// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QTableView>
#include <functional>

namespace simclr::ui {

class RunsFilter;
class RunsModel;

/// The table of runs: sorting, selecting several, renaming in place, deleting, hiding columns. The settings
/// store the arrangement and sorting of its columns. Owned by the RunsPage.
class RunsTable : public QTableView {
    Q_OBJECT
  public:
    RunsTable(RunsModel &model, RunsFilter &filter, QWidget *parent = nullptr);

    /// The selected runs, in the order of the table.
    QList<qint64> selectedRuns() const;
    void selectRun(RunId run);
    /// Calls `change`, which inserts or removes rows, and restores the user's selection. Runs that the filter
    /// hides are selected again when they are shown again, unless the user has made another selection.
    void keepSelection(const std::function<void()> &change);
    /// A menu of the columns, to show and hide them.
    void chooseColumns(const QPoint &globalPosition);

  Q_SIGNALS:
    void selectionEdited();
    void removeRequested(const QList<qint64> &runs);
    void trainAgainRequested(qint64 run);

  protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

  private:
    void setWidths();
    void fitName();
    void rememberColumns() const;
    void recallColumns();
    void hideColumnsOfOldSettings();
    void selectChosen();

    RunsModel &m_model;
    RunsFilter &m_filter;
    QList<qint64> m_chosen;    ///< by the user, hidden runs included
    bool m_isChanging = false; ///< rows change, which is not the user's selection
};

} // namespace simclr::ui
