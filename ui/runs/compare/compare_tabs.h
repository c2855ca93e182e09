// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"
#include "ui/runs/compare/figures/field_finder.h"

#include <QWidget>
#include <filesystem>
#include <vector>

class QButtonGroup;
class QComboBox;
class QHBoxLayout;
class QStackedWidget;

namespace simclr::ui {

class ComparisonPanel;
class FigurePanel;
class RunsPanel;
class ScatterPanel;

/// The views of the Compare tab: the table of differences, and figures of several runs, of which only the
/// visible one is kept up to date. Owned by the RunsPage, whose table must outlive it. UI thread.
class CompareTabs : public QWidget {
    Q_OBJECT
  public:
    CompareTabs(std::filesystem::path database, const RunsPanel &runs, QWidget *parent = nullptr);

    /// What the table of differences shows, out of `selected` runs; and updates the visible figure. To be
    /// called when the runs or the selection have changed.
    void setRuns(const std::vector<RunRecord> &runs, std::size_t selected);
    /// Adds a figure after the other views. It shows all runs of the table or the selected ones, as the user
    /// has chosen.
    void addFigure(const QString &name, const QString &title, const QString &help, FigurePanel &panel);

  Q_SIGNALS:
    /// The user chose a run in a figure: to select it, alone or in addition.
    void runChosen(qint64 run, bool isAdded);
    /// The user chose a run in a figure of the selected runs: to show its row.
    void runPointedAt(qint64 run);
    void filterRequested(const QString &line);
    /// The user wants to see the images on which two runs differ.
    void disagreementRequested(qint64 first, qint64 second, const simclr::ResultKey &key);

  protected:
    void showEvent(QShowEvent *event) override;

  private:
    QWidget *buildBar();
    void addView(const QString &name, const QString &title, const QString &help, QWidget &view);
    void addFigures();
    void filterBy(const QString &condition);
    bool isFilteredByFigure() const;
    void showScatter(const QString &x, const QString &y);
    void showView(int view);
    void refresh();
    bool showsAll() const;
    FigureRuns figureRuns() const;
    FigurePanel *currentFigure() const;
    void offer(const OfferedFields &fields);

    std::filesystem::path m_database;
    const RunsPanel &m_runs;
    OfferedFields m_offered;
    QString m_filterBefore;  ///< without a condition of a figure
    QString m_filterWritten; ///< with it
    bool m_isFound = false;  ///< m_offered was read
    FieldFinder m_finder;
    ComparisonPanel *m_table;
    ScatterPanel *m_scatter;
    QButtonGroup *m_buttons;
    QHBoxLayout *m_bar;
    QComboBox *m_scope;
    QStackedWidget *m_views;
};

} // namespace simclr::ui
