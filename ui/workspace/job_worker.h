// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/job_execution.h"
#include "ui/background/background_worker.h"
#include "ui/workspace/update_queue.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <stop_token>

namespace simclr::ui {

/// Executes one job at a time in a thread of its own, which it stops and waits for. stop() uses the stop
/// source directly, because a queued call cannot reach a busy thread. Lives on the UI thread; owned by the
/// ComputeQueue.
class JobWorker : public QObject {
    Q_OBJECT
  public:
    JobWorker(const std::filesystem::path &database, DatasetCache &images, QObject *parent = nullptr);
    /// Stops the job and waits for it; its outcome is not delivered.
    ~JobWorker() override;

    /// Only if the last job has ended.
    void start(const Job &job);
    void stop();
    /// Closes the images of the last job. Only if that has ended.
    void closeImages();
    /// Seconds until the end of a training; negative while unknown.
    double secondsLeft() const;
    /// Until the end of its epoch.
    double secondsLeftInEpoch() const;
    /// Directs the training in progress.
    TrainingControl &control() { return m_control; }

  Q_SIGNALS:
    /// At most about 20 times per second.
    void updated(const simclr::ui::JobUpdate &update);
    /// The next job can be started.
    void finished(const simclr::JobOutcome &outcome);

  private:
    void wake();
    void drain();
    void finish(const JobOutcome &outcome);

    UpdateQueue m_updates;
    QTimer m_drainTimer;
    QElapsedTimer m_sinceDrain;
    std::stop_source m_stop;
    TrainingControl m_control;
    bool m_busy = false;
    JobExecution m_execution; ///< used in the thread of m_worker
    BackgroundWorker m_worker{BackgroundWorker::Policy::InOrder};
};

} // namespace simclr::ui
