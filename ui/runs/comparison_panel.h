// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QWidget>
#include <vector>

class QLabel;
class QTableView;

namespace simclr::ui {

class ComparisonModel;

/// The selected runs side by side, and one line on what must be kept in mind when comparing them. Owned by
/// the RunsPage.
class ComparisonPanel : public QWidget {
    Q_OBJECT
  public:
    explicit ComparisonPanel(QWidget *parent = nullptr);

    void setRuns(const std::vector<RunRecord> &runs);

  private:
    void showHint(const std::vector<RunRecord> &runs);

    ComparisonModel *m_model;
    QLabel *m_hint;
    QTableView *m_table;
};

} // namespace simclr::ui
