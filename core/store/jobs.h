// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace simclr {

class Connection;

enum class JobState {
    Waiting,
    Running,
    Done,
    Cancelled,
    Failed,
    Interrupted, ///< its program ended before it did
};

/// "waiting", "running", "done", "cancelled", "failed", "interrupted".
std::string nameOf(JobState state);

/// A job as it is stored. The description is that of core/job, whose kinds the store does not know.
struct JobRecord {
    std::string id;   ///< unique, also among databases
    Json description; ///< null if it is damaged
    JobState state = JobState::Waiting;
    std::string message;  ///< why it failed
    double submitted = 0; ///< seconds since 1970, UTC
    std::optional<double> started;
    std::optional<double> finished;
};

/// A job to be added.
struct NewJob {
    std::string id;
    Json description;
};

/// The jobs of a database, in the order in which they are to run. A job belongs to the process that
/// submitted it. A part of RunStore, see there.
class Jobs {
  public:
    explicit Jobs(Connection &connection) : m_connection(connection) {}

    std::vector<JobRecord> all() const;

    /// Adds a waiting job of this process. An id that is already stored is left as it is.
    void add(const std::string &id, const Json &description);
    /// The same for several, all of them or none.
    void add(std::span<const NewJob> jobs);
    /// Puts these jobs into this order, in the places that they have: others keep theirs. Unknown ids are
    /// left out.
    void arrange(std::span<const std::string> ids);
    void start(const std::string &id);
    void finish(const std::string &id, JobState state, const std::string &message = {});
    void remove(const std::string &id);
    /// The job waits again.
    void release(const std::string &id);
    /// The job, which has ended, waits again as one of this process, after all others.
    void repeat(const std::string &id);
    /// Those that failed or were interrupted, in the order in which they ended: they are listed until they
    /// are removed.
    std::vector<JobRecord> troubled() const;

    /// Makes the waiting jobs of processes that no longer run, if `isWanted`, those of this process, and
    /// returns them. Jobs that were running there become Interrupted. Of the jobs that have ended, the last
    /// 200 are kept.
    std::vector<JobRecord> takeOver(const std::function<bool(const JobRecord &)> &isWanted);

  private:
    Connection &m_connection;
};

} // namespace simclr
