// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_comparison.h"

#include <QWidget>
#include <filesystem>
#include <vector>

class QLabel;
class QTableView;

namespace simclr::ui {

class ComparisonModel;
class ComparisonTester;
class VerdictPanel;
struct SelectedRuns;

/// The selected runs side by side, and a hint on whether they are comparable. Owned by the RunsPage.
class ComparisonPanel : public QWidget {
    Q_OBJECT
  public:
    explicit ComparisonPanel(std::filesystem::path database, QWidget *parent = nullptr);

    /// Shows these runs, out of `selected` ones.
    void setRuns(const std::vector<RunRecord> &runs, std::size_t selected);
    /// What is selected as groups, for the verdict over seeds.
    void setGroups(std::vector<SelectedRuns> groups);

  private:
    void showRuns();
    void showTested(const std::vector<RunRecord> &runs, const std::vector<ResultRow> &results);
    /// A menu to choose the run that accuracies are compared with.
    void offerBaseline(const QPoint &place);
    void showHint(const std::vector<RunRecord> &runs);
    static QString imagesHint(const std::vector<RunRecord> &runs);

    ComparisonModel *m_model;
    ComparisonTester *m_tester;
    std::vector<RunRecord> m_runs;
    std::size_t m_selected = 0;
    std::vector<ResultRow> m_results; ///< of m_runs, with tests once they are finished
    VerdictPanel *m_verdict;
    QLabel *m_hint;
    QTableView *m_table;
};

} // namespace simclr::ui
