// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QThread>
#include <QTimer>
#include <filesystem>
#include <optional>
#include <vector>

namespace simclr::ui {

/// The runs of the store as the window knows them. Reads and changes the store in a thread and over a
/// connection of its own, so that nothing in the window waits for the disk or for a lock. Owned by the
/// Workspace; UI thread.
class RunCatalogue : public QObject {
    Q_OBJECT
  public:
    explicit RunCatalogue(std::filesystem::path database, QObject *parent = nullptr);
    /// Waits until what was asked for is done.
    ~RunCatalogue() override;

    /// Newest first, with results and artifacts, without notes.
    const std::vector<RunRecord> &runs() const { return m_runs; }
    /// nullptr where there is no such run.
    const RunRecord *run(RunId id) const;
    /// The run that watch() named, with its notes; nothing before it was read.
    const std::optional<RunRecord> &watched() const { return m_watched; }

    /// Reads anew where anything has changed; changed() follows only then.
    void refresh();
    /// Looks every second for what other connections change.
    void setLive(bool live);
    /// Names the run whose notes are wanted too; 0 for none.
    void watch(RunId id);

    void rename(RunId id, const QString &name);
    /// Goes on after a run that cannot be removed.
    void remove(const QList<qint64> &ids);

  Q_SIGNALS:
    /// runs() or watched() are others.
    void changed();
    /// The store could be read again, whether or not anything has changed.
    void readable();
    void unreadable(const QString &reason);
    /// `problem` is empty where the name is stored.
    void renamed(qint64 id, const QString &problem);
    /// `ids` are gone; `problem` says what could not be removed; changed() tells what is left.
    void removed(const QList<qint64> &ids, const QString &problem);

  private:
    class Reader;
    struct Reading;

    /// Runs `job(reader)` in the thread, then `then(what it returned)` here.
    template <typename Job, typename Then>
    void inThread(Job job, Then then);
    void take(Reading &&reading);

    Reader *m_reader; ///< lives in m_thread
    QThread m_thread;
    QTimer m_poll;
    std::vector<RunRecord> m_runs;
    std::optional<RunRecord> m_watched;
    RunId m_watchedId = 0;
    bool m_watchesAnother = false; ///< its notes were not asked for yet
    bool m_reading = false;
    bool m_again = false;
};

} // namespace simclr::ui
