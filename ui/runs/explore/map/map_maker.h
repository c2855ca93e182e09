// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embed/representation_map.h"
#include "ui/background/background_worker.h"
#include "ui/runs/explore/map/mapped_images.h"

#include <QObject>

namespace simclr::ui {

/// A finished map of some images.
struct FinishedMap {
    std::vector<std::uint32_t> samples; ///< of each point
    MapPoints points;
};

/// What a map is made of.
struct MapOrder {
    RunRecord run;
    FeatureRequest features;
    MapOptions options;
    FinishedMap before; ///< UMAP starts here if it has the same images, such as that of an earlier checkpoint
    FinishedMap known;  ///< shown instead of being computed again, if it has the same images
};

/// Makes maps in its own thread: computes the features if they are not known, then the map, of which it
/// reports every picture that the window has time for. A new order stops the current one. Owned by the
/// MapPane; UI thread.
class MapMaker : public QObject {
    Q_OBJECT
  public:
    /// `features` must outlive it.
    explicit MapMaker(FeatureCache &features, QObject *parent = nullptr);

    void make(const MapOrder &order);
    /// Leaves what was reported so far; nothing else follows.
    void cancel() { m_worker.cancel(); }
    bool isWorking() const { return m_worker.isWorking(); }

  Q_SIGNALS:
    /// So many images have features.
    void embedded(qulonglong done, qulonglong all);
    void loaded(const simclr::ui::MappedImages &images);
    /// `done` is the fraction of the work, in [0, 1].
    void moved(const simclr::MapPoints &points, double done);
    /// The last picture is the final one.
    void finished();
    /// There is no map, because of `problem`, a sentence.
    void failed(const QString &problem);

  private:
    class Work;

    FeatureCache &m_features;
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui
