// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/map/map_maker.h"
#include "ui/runs/explore/map/map_settings.h"
#include "ui/runs/explore/map/point_groups.h"
#include "ui/runs/explore/neighbours/neighbour_query.h"

#include <QWidget>
#include <map>
#include <optional>

class QStackedWidget;

namespace simclr::ui {

class CheckpointBar;
class EmptyState;
class HoverCard;
class MapCanvas;
class MapHeading;
class MapSelection;

/// One map: of the features of one run at one checkpoint. Owned by the MapView; UI thread.
class MapPane : public QWidget {
    Q_OBJECT
  public:
    MapPane(FeatureCache &features, MapSelection &selection, const QString &objectName,
            QWidget *parent = nullptr);

    /// What to map. The shown map disappears if it is of something else.
    void setWhat(const RunRecord &run, FeatureKind features, const MapSettings &settings);
    /// Makes the map; `device` as in FeatureRequest.
    void start(const std::string &device);
    /// Shares another selection from now on.
    void useSelection(MapSelection &selection);
    /// Whether the features need not be computed first.
    bool isCheap() const;
    bool isWorking() const { return m_maker.isWorking(); }
    /// Whether the last attempt ended with a problem.
    bool hasFailed() const { return m_hasFailed; }
    /// Colours for the rows of images().
    void setGroups(const PointGroups &groups);

    const RunRecord &run() const { return m_run; }
    FeatureKind featureKind() const { return m_kind; }
    /// Nothing before the features are known.
    const std::optional<MappedImages> &images() const { return m_images; }
    /// The same for a search of neighbours; null before the features are known.
    const NeighbourSourcePtr &source() const { return m_source; }
    /// Marks an image and those near it, if they are on this map.
    void mark(std::optional<quint32> sample, const std::vector<std::uint32_t> &nearRows);
    MapCanvas &canvas() { return *m_canvas; }
    const MapCanvas &canvas() const { return *m_canvas; }

  public Q_SLOTS:
    void stop();
    void showSelection();

  Q_SIGNALS:
    /// images() has changed: the rows need groups.
    void loaded();
    /// The user wants the map, or one of another checkpoint.
    void startRequested();
    void imageClicked(quint32 sample);
    /// The user has stopped the map.
    void stopped();

  private:
    void build();
    void connectParts();
    FeatureRequest request() const;
    FinishedMap mapBefore() const;
    void showPicture(const MapPoints &points, double done);
    void finish();
    void fail(const QString &problem);
    void clear();
    void showState();
    QString introduction() const;

    FeatureCache &m_features;
    MapSelection *m_selection;
    RunRecord m_run;
    FeatureKind m_kind = FeatureKind::H;
    MapSettings m_settings;
    std::optional<MappedImages> m_images;
    NeighbourSourcePtr m_source;
    std::map<std::int64_t, FinishedMap> m_maps; ///< of the checkpoints of this run, by step
    std::int64_t m_step = 0;                    ///< of the map in progress
    FeatureRequest m_started;                   ///< of the map that is shown or in progress
    bool m_hasFailed = false;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    MapCanvas *m_canvas;
    HoverCard *m_card;
    MapHeading *m_heading;
    CheckpointBar *m_checkpoints;
    MapMaker m_maker; ///< last: its work uses the features
};

} // namespace simclr::ui
