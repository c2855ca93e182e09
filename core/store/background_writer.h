// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/change_journal.h"
#include "core/store/run_store.h"
#include "core/util/error.h"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace simclr {

/// Writes what a run adds to its record in a thread of its own, so that whoever computes never waits for the
/// database: metrics in one transaction a second at most, the rest at once. What the database does not take,
/// because it is locked or the disk is full, goes to a ChangeJournal until it does; where that cannot be
/// written either, it stays in memory, up to a bound. Owned and used by the thread that computes.
class BackgroundWriter {
  public:
    /// Opens a connection of its own. Throws StorageError.
    BackgroundWriter(const std::filesystem::path &database, RunId run);
    /// Leaves the journal to whoever opens the database next.
    ~BackgroundWriter();
    BackgroundWriter(const BackgroundWriter &) = delete;
    BackgroundWriter &operator=(const BackgroundWriter &) = delete;

    /// Never waits for a file. Throws StorageError where the database was deleted or replaced or too much
    /// waits, InvalidInput where the run is gone; everything after that throws the same.
    void add(RunChanges changes);

    /// Sentences for a person that have come up since: the database is locked, is written again.
    std::vector<std::string> takeMessages();

    /// Where what was added is.
    enum class Place { Database, Journal, Memory };
    struct State {
        Place place = Place::Database;
        bool isLocked = false; ///< by another program, which may end
        std::string problem;   ///< why the database did not take it; empty where it did
    };
    /// Waits until all that was added is in the database, or `longest` has passed. Throws as add().
    State wait(std::chrono::milliseconds longest);

  private:
    void work(const std::stop_token &stop);
    void store(RunChanges changes);
    bool writeToDatabase();
    void writeToJournal();
    void keptIsIn(Place place);
    void noteProblem(const StorageError &error);
    void tellWhenDue();
    void deleteRemovedFiles(const RunChanges &changes) const;
    void throwFailure() const;

    // Of the thread.
    RunStore m_store;
    RunId m_run;
    std::filesystem::path m_folder;
    ChangeJournal m_journal;
    RunChanges m_kept;                                            ///< in neither file yet
    std::optional<std::chrono::steady_clock::time_point> m_since; ///< the database takes nothing
    bool m_isTold = false;

    // Shared, under m_lock.
    std::mutex m_lock;
    std::condition_variable_any m_changed;
    RunChanges m_added;
    bool m_isUrgent = false;
    bool m_isUnderWay = false; ///< m_kept holds something
    State m_state;
    std::vector<std::string> m_messages;
    std::exception_ptr m_failure;

    std::jthread m_thread; // last, so that it ends before what it uses
};

} // namespace simclr
