// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"
#include "ui/background/background_worker.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace simclr::ui {

/// The window's copy of the stored runs. Reads and changes the store in its own thread, over its own
/// connection, so that the window never waits for the disk or for a lock. Owned by the Workspace; UI thread.
class RunCatalogue : public QObject {
    Q_OBJECT
  public:
    explicit RunCatalogue(std::filesystem::path database, QObject *parent = nullptr);
    /// Waits until the requested changes are done.
    ~RunCatalogue() override;

    /// Newest first, with results and artifacts, without notes.
    const std::vector<RunRecord> &runs() const { return m_runs; }
    /// nullptr if there is no such run.
    const RunRecord *run(RunId id) const;
    /// The run of watch(), with its notes; empty until it was read.
    const std::optional<RunRecord> &watched() const { return m_watched; }

    /// Reads the store again if it has changed; changed() follows only then.
    void refresh();
    /// Checks every second for changes by other connections.
    void setLive(bool live);
    /// Sets the run whose notes are read too; 0 for none.
    void watch(RunId id);

    void rename(RunId id, const QString &name);
    /// Continues with the next run if one cannot be deleted.
    void remove(const QList<qint64> &ids);

  Q_SIGNALS:
    /// runs() or watched() have changed.
    void changed();
    /// The store could be read again, whether or not anything has changed.
    void readable();
    void unreadable(const QString &reason);
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

    QTimer m_poll;
    std::vector<RunRecord> m_runs;
    std::optional<RunRecord> m_watched;
    RunId m_watchedId = 0;
    bool m_watchesAnother = false; ///< its notes were not requested yet
    bool m_reading = false;
    bool m_again = false;
    std::unique_ptr<Reader> m_reader; ///< used in the thread
    BackgroundWorker m_worker{BackgroundWorker::Policy::InOrder};
};

} // namespace simclr::ui
