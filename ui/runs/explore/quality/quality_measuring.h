// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/quality_ranking.h"
#include "ui/runs/explore/feature_cache.h"

#include <QHash>
#include <QString>
#include <stop_token>
#include <utility>

namespace simclr::ui {

/// What was measured of encoders, kept between starts of the program in a small file of its own, because
/// features of many images take minutes. An entry belongs to a checkpoint of a run and to the images: it
/// never becomes wrong. Owned by the QualityView; UI thread.
class QualityFile {
  public:
    /// The file is read when it is first needed; an unreadable one counts as empty.
    explicit QualityFile(QString file) : m_file(std::move(file)) {}

    /// Nothing if the run's newest encoder was not measured.
    std::optional<LabelFreeQuality> find(const RunRecord &run) const;
    /// Writes the file; not if that is impossible: then the value is measured again at the next start.
    void add(const RunRecord &run, const LabelFreeQuality &quality);

  private:
    void read() const;
    void write() const;

    QString m_file;
    mutable bool m_isRead = false;
    mutable QHash<QString, LabelFreeQuality> m_known;
};

/// What the Quality view knows of a run.
struct QualityRow {
    RunRecord run;
    std::optional<double> alignment; ///< of z, at the last epoch that was recorded
};

/// The completed runs of the database of `run` with its images and a checkpoint, and `run` itself unless it
/// is running; newest first.
std::vector<QualityRow> comparableRuns(const RunRecord &run);

/// The answer to a request to measure one run.
struct QualityAnswer {
    std::optional<LabelFreeQuality> quality; ///< nothing if it was stopped
    bool isOfNewest = false;                 ///< of the newest checkpoint; an older one if that is damaged
    QString problem;                         ///< a sentence; also on a damaged checkpoint
};

/// Takes the features of the training images from the cache, or computes them when no other view computes;
/// those are not kept, because they would displace what the other views look at. `request` names the device
/// and takes the progress.
QualityAnswer measureQuality(const RunRecord &run, FeatureCache &features, DatasetCache &images,
                             FeatureRequest request, const std::stop_token &stop);

} // namespace simclr::ui
