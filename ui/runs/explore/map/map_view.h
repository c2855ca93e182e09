// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/explore_view.h"
#include "ui/runs/explore/feature_cache.h"
#include "ui/runs/explore/map/map_selection.h"
#include "ui/runs/explore/neighbours/neighbour_query.h"

#include <array>

class QTabWidget;

namespace simclr::ui {

class ComputeQueue;
class InlineMessage;
class MapColors;
class MapControls;
class MapLegend;
class MapPane;
class NeighboursPanel;
class SelectionPanel;

/// Maps of the images by the features of a run, or two maps side by side: of two runs, or of h and z. What is
/// selected in one is selected in the other. Owned by the ExplorePanel; UI thread.
class MapView : public ExploreView {
    Q_OBJECT
  public:
    /// Both must outlive it.
    MapView(FeatureCache &features, const ComputeQueue &queue, QWidget *parent = nullptr);

    void showRuns(const std::vector<RunRecord> &runs) override;

  Q_SIGNALS:
    /// The user wants to open these images, as openDataset() names them.
    void openRequested(const QString &source);

  protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

  private:
    void build();
    QWidget *buildSide();
    void connectControls();
    void connectPane(MapPane &pane);
    void arrange();
    void startMissing();
    void start(MapPane &pane);
    bool hasTwoMaps() const;
    void selectGroup(const QString &title);
    bool areLinked() const;
    /// Where to search for neighbours: in both maps, or in the one of the clicked image.
    void showSources(const MapPane &clicked);
    void showNeighbours(const MapPane &pane, quint32 sample);
    void mark(const std::vector<FoundNeighbours> &found);

    const ComputeQueue &m_queue;
    std::vector<RunRecord> m_runs;
    MapSelection m_selection;
    MapSelection m_otherSelection; ///< of the second map, if it is of other images
    bool m_isFollowing = false;    ///< the user has asked for a map: others are made when runs are selected
    MapControls *m_controls;
    InlineMessage *m_message;
    std::array<MapPane *, 2> m_panes;
    QTabWidget *m_side;
    MapLegend *m_legend;
    MapColors *m_colors;
    SelectionPanel *m_selected;
    NeighboursPanel *m_neighbours;
};

} // namespace simclr::ui
