// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"
#include "ui/runs/table/run_queries.h"
#include "ui/runs/table/runs_model.h"
#include "ui/runs/table/table_values.h"

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

class QMenu;
class QAbstractScrollArea;
class QToolButton;

namespace simclr::ui {

class RunCatalogue;
class RunsFilterBar;
class RunsTable;
class ViewsButton;

/// Selected runs that are one entity: a group, or a run of its own.
struct SelectedRuns {
    QString title;
    std::vector<RunPtr> runs; ///< at least one
    bool isGroup = false;
};

/// The filter line above the table of runs: decides which runs are shown, in which groups, with which
/// columns. The settings keep all of it. Owned by the RunsPage.
class RunsPanel : public QWidget {
    Q_OBJECT
  public:
    RunsPanel(RunCatalogue &catalogue, const std::filesystem::path &database, QWidget *parent = nullptr);
    ~RunsPanel() override;

    const RunsModel &model() const { return m_model; }
    /// Where the rows are.
    QAbstractScrollArea &rowsArea() const;
    /// Shows the catalogue's runs as they are now.
    void showRuns();
    /// Selects a run once it is in the table; removes a filter that hides it.
    void selectRun(RunId run);

    /// In the order of the table, each once.
    QList<qint64> selectedRuns() const;
    std::vector<SelectedRuns> selection() const;
    /// All that the table shows: its innermost groups, or runs of their own, which have no title here: there
    /// may be thousands.
    std::shared_ptr<const std::vector<SelectedRuns>> shown() const;
    /// Selects a run in addition, or no longer.
    void toggleRun(RunId run);
    /// Shows the row of a run; the selection stays.
    void scrollToRun(RunId run);
    /// Marks the row of these runs, a run or a group, as if the pointer were over it; no runs: none.
    void markRuns(const QList<qint64> &runs);
    /// What applies of the filter line: without a word that the user is still typing.
    QString filter() const;
    void setFilter(const QString &line);
    /// Rows of the table with its shown columns, for a file.
    TableRows rows(bool onlySelected) const;
    /// Adds a button above the table.
    void addButton(QToolButton *button);

    /// Filter, columns, sorting and groups as JSON with a version, for saved views.
    Json view() const;
    /// Throws InvalidInput for another version.
    void setView(const Json &view);

    /// Groups by these fields, outermost first; "replicates" is all but the seed.
    void setLevels(const QStringList &fields);
    /// Shows these fields as further columns.
    void setExtraColumns(const QStringList &fields);

    void applyLook();
    /// Reads the saved views again.
    void refreshViews();

  Q_SIGNALS:
    void failed(const QString &problem);
    /// The selected runs or their order may have changed.
    void selectionEdited();
    /// The pointer is over the row of these runs; empty: over none.
    void hovered(const QList<qint64> &runs);
    /// To the trash, or `isForGood`.
    void removeRequested(const QList<qint64> &runs, bool isForGood);
    void undoRequested();
    /// The user wants to train a run again with changes.
    void trainAgainRequested(qint64 run);
    /// The user wants to evaluate this run, which is selected.
    void evaluateRequested(qint64 run);
    void renamed(qint64 run, const QString &name);
    /// The context menu of the selected runs opens: for further actions.
    void menuRequested(QMenu &menu, const QList<qint64> &runs);

  private:
    void connectFilter();
    void connectTable();
    void buildGroupsButton();
    void applyFilter();
    SelectedRuns entityOf(const QModelIndex &row, bool namesRuns) const;
    void addShown(const QModelIndex &parent, std::vector<SelectedRuns> &entities) const;
    QSet<qint64> shownOf(const std::vector<RunPtr> &runs) const;
    void arrange();
    bool isShown(const RunRecord &run) const;
    void selectNow(RunId run, bool isWanted);
    void showCount();
    void takeValues();
    void readValues();
    void fillGroupsMenu(QMenu &menu);
    void fillColumnsMenu(QMenu &menu);
    void remember() const;
    void recall();

    RunCatalogue &m_catalogue;
    RunId m_toSelect = 0; ///< to be selected once it is in the table
    RunsModel m_model;
    RunQueries m_queries;
    FilterAnswer m_matching;                                          ///< of the filter line
    mutable std::shared_ptr<const std::vector<SelectedRuns>> m_shown; ///< of shown(), until rows change
    QStringList m_levels;
    QStringList m_extraColumns;
    RunsFilterBar *m_bar;
    RunsTable *m_table;
    QToolButton *m_groups;
    ViewsButton *m_views;
};

} // namespace simclr::ui
