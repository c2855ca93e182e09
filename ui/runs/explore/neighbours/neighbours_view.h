// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/explore_view.h"
#include "ui/runs/explore/neighbours/neighbour_changes.h"

class QComboBox;
class QStackedWidget;
class QToolButton;

namespace simclr::ui {

class ComputeQueue;
class EmptyState;
class ImageGallery;
class NeighboursPanel;

/// The images of a run as a list, and the neighbours of the chosen one; for two runs, the images whose
/// neighbours differ most come first. Owned by the ExplorePanel; UI thread.
class NeighboursView : public ExploreView {
    Q_OBJECT
  public:
    /// Both must outlive it.
    NeighboursView(FeatureCache &features, const ComputeQueue &queue, QWidget *parent = nullptr);

    void showRuns(const std::vector<RunRecord> &runs) override;

  private:
    void build();
    void refresh();
    void start();
    void stop();
    void showImages(const ComparedImages &images);
    void showIntroduction();
    FeatureRequest request() const;
    bool isCheap() const;

    FeatureCache &m_features;
    const ComputeQueue &m_queue;
    std::vector<RunRecord> m_runs;
    bool m_isFollowing = false; ///< the user has asked for it once
    QComboBox *m_split;
    QComboBox *m_kind;
    QToolButton *m_stop;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    ImageGallery *m_images;
    NeighboursPanel *m_neighbours;
    NeighbourChanges m_changes; ///< last: its work uses the features
};

} // namespace simclr::ui
