// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/compare/figures/field_finder.h"
#include "ui/runs/compare/figures/figure_runs.h"

#include <QWidget>

namespace simclr::ui {

/// A view of several runs in the Compare tab. Owned by its CompareTabs, which shows runs only while it is
/// visible. UI thread.
class FigurePanel : public QWidget {
    Q_OBJECT
  public:
    using QWidget::QWidget;

    /// To be called again when the runs or what is known of them have changed.
    virtual void setRuns(const FigureRuns &runs) = 0;
    /// Fields that the user may choose from.
    void offer(const OfferedFields &fields);

  Q_SIGNALS:
    /// The user chose this run in the figure, in addition to the selected ones if `isAdded`.
    void runChosen(qint64 run, bool isAdded);
    /// The user wants to filter the table by this condition, in addition to the filter that it had before;
    /// empty: by that filter only.
    void filterRequested(const QString &condition);

  protected:
    virtual void offeredFieldsChanged() {}
    const OfferedFields &offered() const { return m_offered; }

  private:
    OfferedFields m_offered;
};

} // namespace simclr::ui
