// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"
#include "ui/runs/explore/feature_cache.h"

#include <QWidget>
#include <vector>

class QLabel;
class QListWidget;
class QStackedWidget;

namespace simclr::ui {

class ComputeQueue;
class ExploreView;
class Workspace;

/// A look into the representations of one run, or of two side by side: a list of views, and the chosen one
/// beside it. Owned by the RunsPage; UI thread.
class ExplorePanel : public QWidget {
    Q_OBJECT
  public:
    ExplorePanel(Workspace &workspace, ComputeQueue &queue, QWidget *parent = nullptr);
    ~ExplorePanel() override;

    /// Appends a view to the list; it becomes a child with this objectName.
    void addView(ExploreView *view, const QString &title, const QString &toolTip, const QString &objectName);
    /// Chooses a view by its objectName.
    void showView(const QString &objectName);
    /// Explores the first two of these runs, out of `selected` ones.
    void setRuns(const std::vector<RunRecord> &runs, std::size_t selected);

    /// What all views share.
    FeatureCache &features() { return m_features; }

  protected:
    void showEvent(QShowEvent *event) override;

  private:
    QWidget *buildViews();
    void addViews();
    void updateView();
    ExploreView *currentView() const;

    Workspace &m_workspace;
    ComputeQueue &m_queue;
    FeatureCache m_features;
    std::vector<RunRecord> m_runs;
    QStackedWidget *m_stack; ///< empty state, or views
    QLabel *m_hint;
    QListWidget *m_list;
    QStackedWidget *m_views;
    std::vector<bool> m_isOutdated; ///< of each view
};

} // namespace simclr::ui
