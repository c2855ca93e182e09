// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QWidget>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;

namespace simclr::ui {

/// The filter above the table of runs, stored in the settings, and the number of runs that match. Owned by
/// the RunsPage.
class RunsFilterBar : public QWidget {
    Q_OBJECT
  public:
    explicit RunsFilterBar(QWidget *parent = nullptr);

    QString words() const;
    std::optional<RunStatus> status() const;
    /// Removes the filter.
    void clear();
    void showCount(int shown, int all);
    /// Updates the icons to the current palette.
    void applyLook();

  Q_SIGNALS:
    /// words() or status() have changed.
    void edited();
    /// The user wants the menu of columns at this position.
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
