// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/expected_time.h"
#include "ui/background/background_worker.h"
#include "ui/workspace/compute_queue.h"

#include <QHash>
#include <QObject>
#include <QTimer>
#include <filesystem>
#include <map>
#include <set>
#include <string>

namespace simclr::ui {

/// How long the jobs of the queue are expected to take: trainings by the median of earlier runs of equal
/// shape on the same images, or by a measurement; all others are unknown. Reads the store in its own thread.
/// UI thread; owned by the TrainPage.
class QueueForecast : public QObject {
    Q_OBJECT
  public:
    QueueForecast(ComputeQueue &queue, std::filesystem::path database, QObject *parent = nullptr);

    /// Seconds until the job has ended if it is in progress, or that it takes once it has begun; negative
    /// while unknown.
    double secondsOf(const QueuedJob &job) const;
    /// Of a training that is not in the queue.
    double secondsOf(const TrainJob &job) const;
    /// Seconds until all jobs that compute have ended; negative if that of any is unknown.
    double secondsOfAll() const;
    /// Reads what is known about these images, unless it is known; changed() follows.
    void look(const JobImages &images);

  Q_SIGNALS:
    void changed();

  private:
    void lookAtQueue();
    void tick();
    void learn(const QueuedJob &job, const JobOutcome &outcome);
    void read();

    ComputeQueue &m_queue;
    std::filesystem::path m_database;
    std::map<std::string, EpochTimes> m_known;    ///< by the fingerprint of the images
    std::map<std::string, EpochTimes> m_measured; ///< the same, without evaluations
    std::set<std::string> m_toRead;
    QTimer m_clock;                       ///< the time left of the run in progress decreases
    mutable QHash<JobId, double> m_cache; ///< of waiting jobs
    BackgroundWorker m_worker{BackgroundWorker::Policy::InOrder};
};

} // namespace simclr::ui
