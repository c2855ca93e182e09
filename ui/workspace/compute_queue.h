// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/job_execution.h"
#include "ui/workspace/update_queue.h"

#include <QObject>
#include <QString>
#include <filesystem>
#include <memory>
#include <vector>

namespace simclr::ui {

/// Identifies a job for as long as the database keeps it.
using JobId = QString;

/// A job that waits or is in progress.
struct QueuedJob {
    JobId id;
    Job job;
    bool isRunning = false;
    bool isStopping = false;
    QString activity;      ///< the current activity in a few words; empty if unknown
    bool isPaused = false; ///< a training that waits to be resumed
};

/// A job that failed or was interrupted: it is listed until it is dismissed or repeated.
struct TroubledJob {
    JobId id;
    Job job;
    bool isInterrupted = false; ///< its program ended before it did
    QString reason;             ///< empty if it was interrupted
};

/// The one owner of devices and order: pages submit jobs and show what happens to them. Jobs that compute run
/// one after another; jobs that only write files run beside them. Waiting jobs are kept in the database and
/// start when the program is opened again. If one cause makes jobs fail one after another, or the database,
/// the disk or the device fails, the queue pauses itself. Lives on the UI thread; owned by the MainWindow.
class ComputeQueue : public QObject {
    Q_OBJECT
  public:
    /// `database` stores runs and jobs.
    ComputeQueue(std::filesystem::path database, DatasetCache &images, QObject *parent = nullptr);
    /// Stops the jobs in progress and waits for them; emits nothing.
    ~ComputeQueue() override;

    /// The job starts when those before it have ended; a measurement goes before all that wait.
    JobId submit(Job job);
    /// Several at once, in this order: all of them are kept in the database, or none.
    void submit(std::vector<Job> jobs);
    /// Adds the jobs that an earlier program left in the database.
    void restore();

    /// Jobs in progress first, then waiting ones in their order.
    const std::vector<QueuedJob> &jobs() const;
    /// In the order in which they ended.
    const std::vector<TroubledJob> &troubled() const;
    /// Whether jobs that compute wait until resume(), also after a restart of the program.
    bool isPaused() const;
    /// Why the queue has paused itself; empty if the user has paused it.
    QString pauseReason() const;
    /// nullptr if it has ended or was removed.
    const QueuedJob *job(const JobId &id) const;
    /// The job in progress that computes; nullptr if there is none.
    const QueuedJob *computing() const;
    /// Whether a job is in progress whose loss would matter: any but a measurement.
    bool isBusy() const;
    /// The first job of this kind that uses a run, waiting or in progress; nullptr if there is none.
    template <typename Kind>
    const QueuedJob *jobOf(RunId run) const {
        for (const QueuedJob &each : jobs())
            if (std::holds_alternative<Kind>(each.job) && runOf(each.job) == run)
                return &each;
        return nullptr;
    }
    /// Number of jobs that wait for a device.
    int waiting() const;
    /// Whether a job in progress uses this run.
    bool uses(RunId run) const;
    /// Seconds until the end of the training in progress; negative while unknown.
    double secondsLeft() const;
    /// Until the end of its epoch.
    double secondsLeftInEpoch() const;
    /// Directs the training in progress; without effect if there is none.
    TrainingControl &control();

  public Q_SLOTS:
    /// No job that computes is started; those in progress continue.
    void pause();
    void resume();
    /// Moves a waiting job by so many places among those that wait; −1 is one place earlier.
    void move(simclr::ui::JobId id, int by);
    /// A troubled job waits again, at the end.
    void repeat(simclr::ui::JobId id);
    /// Deletes a troubled job.
    void dismiss(simclr::ui::JobId id);
    /// Removes a waiting job, or stops one in progress; finished() follows.
    void cancel(simclr::ui::JobId id);
    /// Stops all jobs in progress and starts no others until the next one is submitted: the program is about
    /// to end. What is stopped without a run that could be resumed waits again.
    void close();

  Q_SIGNALS:
    /// jobs() or one of them has changed.
    void changed();
    void started(const simclr::ui::QueuedJob &job);
    /// The queue has paused itself; `reason` is a sentence.
    void pausedItself(const QString &reason);
    void stopRequested(const simclr::ui::QueuedJob &job);
    /// Events of a job in progress, at most about 20 times per second.
    void updated(const simclr::ui::QueuedJob &job, const simclr::ui::JobUpdate &update);
    /// A job in progress has ended, or a waiting one was removed (JobEnd::Cancelled); `notes` are problems
    /// that did not stop it.
    void finished(const simclr::ui::QueuedJob &job, const simclr::JobOutcome &outcome,
                  const QStringList &notes);
    /// Waiting jobs cannot be kept in the database, or not be read from it; `problem` is a sentence.
    void keepingFailed(const QString &problem);

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace simclr::ui
