// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/protocol.h"
#include "ui/runs/table/runs_panel.h"

#include <QWidget>
#include <vector>

class QComboBox;
class QLabel;

namespace simclr::ui {

/// Compares the selected groups of runs with one of them, the baseline, over their seeds: one sentence for
/// each, with the difference, its interval and the verdict. Owned by the RunsPage.
class VerdictPanel : public QWidget {
    Q_OBJECT
  public:
    explicit VerdictPanel(QWidget *parent = nullptr);

    /// Groups, and single runs as groups of one. The baseline stays if it is still among them.
    void setGroups(std::vector<SelectedRuns> groups);

  private:
    void fillBaselines();
    void fillMeasures();
    void show();
    QString sentences(std::size_t baseline, Protocol protocol, Split split) const;

    std::vector<SelectedRuns> m_groups; ///< as many as are compared
    std::size_t m_left = 0;             ///< the others
    QStringList m_titles;               ///< in m_baseline
    QList<int> m_measures;              ///< in m_measure
    QComboBox *m_baseline;
    QComboBox *m_measure;
    QLabel *m_sentences;
};

} // namespace simclr::ui
