// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/background/background_worker.h"
#include "ui/runs/explore/neighbours/neighbour_query.h"

#include <QObject>
#include <optional>

namespace simclr::ui {

/// The images of one run, or those of two runs with how far their neighbours agree.
struct ComparedImages {
    std::vector<NeighbourSourcePtr> sources;
    std::vector<GalleryItem> items; ///< for two runs those whose neighbours differ most come first
    QString heading;
    QString problem; ///< a sentence; then there are no items
};

/// Loads the features of one or two runs in its own thread, and compares the neighbours of each image. A new
/// request stops the current one. Owned by the NeighboursView; UI thread.
class NeighbourChanges : public QObject {
    Q_OBJECT
  public:
    /// Of an image; so many are compared.
    static constexpr std::size_t neighbours = 10;

    /// `features` must outlive it.
    explicit NeighbourChanges(FeatureCache &features, QObject *parent = nullptr);

    void compare(const std::vector<RunRecord> &runs, const FeatureRequest &request);
    void cancel() { m_worker.cancel(); }
    bool isWorking() const { return m_worker.isWorking(); }

  Q_SIGNALS:
    void embedded(qulonglong done, qulonglong all);
    void compared(const simclr::ui::ComparedImages &images);

  private:
    std::optional<ComparedImages> load(const std::vector<RunRecord> &runs, const FeatureRequest &request,
                                       const BackgroundWorker::Task &task);

    FeatureCache &m_features;
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui
