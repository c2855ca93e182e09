// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/runs.h"

#include <vector>

namespace simclr {

struct LeftJournal;

/// Completes the runs of a database whose process is gone, or could not write everything. A part of RunStore,
/// see there.
class RunRecovery {
  public:
    explicit RunRecovery(Connection &connection);

    /// Imports the records that the run could not write while the database was locked (ChangeJournal). Does
    /// nothing to a run that is still being written.
    void recover(RunId id);
    /// Recovers runs marked Running whose process is gone, or could not write their end; those that had not
    /// ended become Interrupted. Returns these.
    std::vector<RunId> markInterrupted();
    /// The time of the run's last metric; of its creation if it has none.
    double lastSign(RunId id) const;

  private:
    void tryToRecover(RunId id);
    /// Runs with status Running, whether or not their process runs.
    std::vector<RunId> runningRuns(bool alive) const;
    /// Runs with status Running that no process writes any more, or that left a journal.
    std::vector<RunId> recoverableRuns() const;
    bool isBeingWritten(RunId id) const;
    std::vector<LeftJournal> takeJournals(RunId id);
    std::vector<LeftJournal> importJournals(RunId id);

    Connection &m_connection;
    Runs m_runs;
    Events m_events;
};

} // namespace simclr
