// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QWidget>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;

namespace simclr::ui {

/// What is typed and chosen above the table of runs, remembered from one start of the program to the next,
/// and how many runs are left of it. Owned by the RunsPage.
class RunsFilterBar : public QWidget {
    Q_OBJECT
  public:
    explicit RunsFilterBar(QWidget *parent = nullptr);

    QString words() const;
    std::optional<RunStatus> status() const;
    /// Lets every run be seen.
    void clear();
    void showCount(int shown, int all);
    /// Icons for the palette of now.
    void applyLook();

  Q_SIGNALS:
    /// words() or status() are others.
    void edited();
    /// The columns are to be chosen, in a menu at this place.
    void columnsRequested(const QPoint &globalPosition);

  private:
    void buildSearch();
    void buildStatus();
    void recall();
    void remember() const;

    QLineEdit *m_search;
    QComboBox *m_status;
    QLabel *m_count;
};

} // namespace simclr::ui
