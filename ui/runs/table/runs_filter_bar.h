// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QWidget>
#include <optional>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace simclr::ui {

class FilterLine;

/// The filter above the table of runs, stored in the settings, and the number of runs that match. Owned by
/// the RunsPage.
class RunsFilterBar : public QWidget {
    Q_OBJECT
  public:
    explicit RunsFilterBar(QWidget *parent = nullptr);

    /// The filter line, in the language of core/query.
    QString filter() const;
    /// Of filter(), what applies: without a word that the user is still typing. The settings keep it.
    void setApplied(const QString &line);
    const QString &applied() const { return m_applied; }
    void setFilter(const QString &line);
    std::optional<RunStatus> status() const;
    /// By its name; any other text means every status.
    void setStatus(const QString &name);
    /// Removes the filter.
    void clear();
    void showCount(int shown, int all);
    /// Shows what is wrong with the filter, and marks the place, in characters; an empty problem removes it.
    void showProblem(const QString &problem, int from, int length);
    FilterLine &line() { return *m_search; }
    /// What showProblem() shows, to be placed by the owner.
    QLabel &problem() { return *m_problem; }
    /// Adds a button at the end of the bar.
    void addButton(QToolButton *button);
    /// Updates the icons to the current palette.
    void applyLook();

  Q_SIGNALS:
    /// filter() or status() have changed, or Enter was pressed.
    void edited();
    /// The user wants the menu of columns at this position.
    void columnsRequested(const QPoint &globalPosition);

  private:
    void buildSearch();
    void buildRow();
    void buildStatus();
    void recall();
    void remember() const;

    FilterLine *m_search;
    QComboBox *m_status;
    QLabel *m_count;
    QLabel *m_problem;
    QHBoxLayout *m_row;
    QString m_applied;
};

} // namespace simclr::ui
