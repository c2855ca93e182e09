// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"
#include "ui/background/background_worker.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace simclr {
class RunStore;
struct RunListing;
} // namespace simclr

namespace simclr::ui {

/// A run in short form (RunListing); replaced by another object when the run changes.
using RunPtr = std::shared_ptr<const RunRecord>;

/// The window's copy of the list of runs. Reads and changes the store in its own thread, over its own
/// connection, so that the window never waits for the disk or for a lock; reads only the runs that have
/// changed. Owned by the Workspace; UI thread.
class RunCatalogue : public QObject {
    Q_OBJECT
  public:
    explicit RunCatalogue(std::filesystem::path database, QObject *parent = nullptr);
    /// Waits until the requested changes are done.
    ~RunCatalogue() override;

    /// Newest first, those in the trash included.
    const std::vector<RunPtr> &runs() const { return m_runs; }
    /// nullptr if there is no such run.
    RunPtr run(RunId id) const;
    /// The runs of watch() with everything that belongs to them, in that order; those that were read.
    const std::vector<RunRecord> &watched() const { return m_watched; }

    /// Reads the store again if it has changed; changed() follows only then.
    void refresh();
    /// Checks every second for changes by other connections.
    void setLive(bool live);
    /// Sets the runs that are read in full.
    void watch(const QList<qint64> &ids);

    void rename(RunId id, const QString &name);
    /// Continues with the next run if one cannot be deleted.
    void remove(const QList<qint64> &ids);
    /// Calls `change(store)` in the thread, then `done(problem)` here; `problem` is empty if it did not
    /// throw.
    void change(std::function<void(RunStore &)> change, std::function<void(const QString &)> done);

  Q_SIGNALS:
    /// runs() or watched() have changed.
    void changed();
    /// The store could be read again, whether or not anything has changed.
    void readable();
    void unreadable(const QString &reason);
    /// These runs were found marked as running, although their process has ended.
    void interrupted(const QList<qint64> &ids);
    /// `problem` is empty if the name was stored.
    void renamed(qint64 id, const QString &problem);
    /// `ids` were deleted; `problem` says why others were not; changed() follows.
    void removed(const QList<qint64> &ids, const QString &problem);

  private:
    class Reader;
    struct Reading;

    /// Runs `job(reader)` in the thread, then `then(what it returned)` here.
    template <typename Job, typename Then>
    void inThread(Job job, Then then);
    void take(Reading &&reading);
    void merge(RunListing &&listing);

    QTimer m_poll;
    std::vector<RunPtr> m_runs;
    QHash<qint64, RunPtr> m_byId;
    std::vector<RunRecord> m_watched;
    QList<qint64> m_watchedIds;
    bool m_reading = false;
    bool m_again = false;
    std::unique_ptr<Reader> m_reader; ///< used in the thread
    BackgroundWorker m_worker{BackgroundWorker::Policy::InOrder};
};

} // namespace simclr::ui
