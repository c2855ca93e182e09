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

/// Writes the records of a run in its own thread, so that the training thread never waits for the database:
/// metrics in at most one transaction per second, the rest at once. Records that the database does not
/// accept, because it is locked or the disk is full, go to a ChangeJournal until it does; if that cannot be
/// written either, they stay in memory, up to a limit. Owned and used by the training thread.
class BackgroundWriter {
  public:
    /// Opens its own connection. Throws StorageError.
    BackgroundWriter(const std::filesystem::path &database, RunId run);
    /// Leaves the journal to the next process that opens the database.
    ~BackgroundWriter();
    BackgroundWriter(const BackgroundWriter &) = delete;
    BackgroundWriter &operator=(const BackgroundWriter &) = delete;

    /// Never waits for a file. Throws StorageError if the database was deleted or replaced or too much is
    /// pending, InvalidInput if the run was deleted; all later calls throw the same.
    void add(RunChanges changes);

    /// New messages for the user: the database is locked, or can be written again.
    std::vector<std::string> takeMessages();

    /// Where the added records are stored.
    enum class Place { Database, Journal, Memory };
    struct State {
        Place place = Place::Database;
        bool isLocked = false; ///< by another program, temporarily
        std::string problem;   ///< why the database did not accept them; empty if it did
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

    // Used by the thread only.
    RunStore m_store;
    RunId m_run;
    std::filesystem::path m_folder;
    ChangeJournal m_journal;
    RunChanges m_kept;                                            ///< in neither file yet
    std::optional<std::chrono::steady_clock::time_point> m_since; ///< the database cannot be written
    bool m_isTold = false;

    // Shared, under m_lock.
    std::mutex m_lock;
    std::condition_variable_any m_changed;
    RunChanges m_added;
    bool m_isUrgent = false;
    bool m_isUnderWay = false; ///< m_kept is not empty
    State m_state;
    std::vector<std::string> m_messages;
    std::exception_ptr m_failure;

    std::jthread m_thread; // last, so that it ends before what it uses
};

} // namespace simclr
