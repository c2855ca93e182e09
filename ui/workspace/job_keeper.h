// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job/job.h"
#include "core/store/jobs.h"
#include "ui/background/background_worker.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace simclr::ui {

/// A job as the database has it.
struct KeptJob {
    QString id;
    Job job;
    JobState state = JobState::Waiting;
    QString message{}; ///< why it failed
};

/// What earlier programs have left.
struct LeftJobs {
    std::vector<KeptJob> waiting;
    std::vector<KeptJob> troubled; ///< that failed or were interrupted
};

/// Keeps the jobs of the window in the database, in their order and in its own thread, so that they are still
/// there when the program is opened again. Owned by the ComputeQueue; UI thread.
class JobKeeper : public QObject {
    Q_OBJECT
  public:
    explicit JobKeeper(std::filesystem::path database, QObject *parent = nullptr);
    /// Waits until all changes are stored.
    ~JobKeeper() override;

    void add(const QString &id, const Job &job);
    /// All of them or none.
    void add(const std::vector<KeptJob> &jobs);
    void arrange(const QStringList &ids);
    /// A job that has ended waits again, after all others.
    void repeat(const QString &id);
    void start(const QString &id);
    void finish(const QString &id, JobState state, const QString &message);
    void remove(const QString &id);
    /// The job waits again.
    void release(const QString &id);
    /// Passes to `then` the waiting jobs of programs that no longer run, which now belong to this one, and
    /// all that failed or were interrupted.
    void takeOver(std::function<void(const LeftJobs &)> then);

  Q_SIGNALS:
    /// A change was not stored; `reason` is a sentence. Not repeated for the same reason.
    void failed(const QString &reason);
    /// The jobs that wait could not be read.
    void unreadable(const QString &reason);

  private:
    class Store;

    template <typename Change>
    void change(bool mayCreate, Change change);

    std::unique_ptr<Store> m_store; ///< used in the thread of m_worker
    QString m_problem;              ///< the last one
    BackgroundWorker m_worker{BackgroundWorker::Policy::InOrder};
};

} // namespace simclr::ui
