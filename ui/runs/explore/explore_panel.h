// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"
#include "ui/runs/explore/feature_cache.h"

#include <QWidget>
#include <optional>
#include <utility>
#include <vector>

class QLabel;
class QListWidget;
class QStackedWidget;

namespace simclr::ui {

class ComputeQueue;
class DisagreementView;
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
    /// Shows the images on which two runs disagree, by this evaluation: now or as soon as setRuns() contains
    /// both, and until it no longer does.
    void showDisagreement(RunId first, RunId second, const ResultKey &key);
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
    void explore();
    std::vector<RunRecord> pairOf(const std::vector<RunRecord> &runs) const;
    void showHint(bool isPair);

    Workspace &m_workspace;
    ComputeQueue &m_queue;
    FeatureCache m_features;
    DisagreementView *m_disagreement = nullptr;
    std::vector<RunRecord> m_available; ///< of setRuns()
    std::size_t m_selected = 0;
    std::optional<std::pair<RunId, RunId>> m_pair; ///< explored instead of the first two
    bool m_isPairShown = false;
    std::vector<RunRecord> m_runs; ///< explored
    QStackedWidget *m_stack;       ///< empty state, or views
    QLabel *m_hint;
    QListWidget *m_list;
    QStackedWidget *m_views;
    std::vector<bool> m_isOutdated; ///< of each view
};

} // namespace simclr::ui
