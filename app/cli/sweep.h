// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/common.h"
#include "core/run/job_execution.h"

#include <optional>
#include <string>
#include <vector>

namespace simclr::cli {

/// Trainings that are executed in this process one after another, through the table of jobs of a database:
/// what is left when the process ends can be taken up by another one, or by the window.
class Sweep {
  public:
    /// How one of its jobs ended.
    struct Ended {
        std::string title;
        JobOutcome outcome;
    };

    /// Throws StorageError.
    explicit Sweep(const std::string &database) : m_database(database), m_store(database) {}

    /// Stores new jobs, all of them or none.
    void add(const std::vector<TrainJob> &jobs);
    /// Takes over what processes that no longer run have left of sweeps: what was in progress first. A run
    /// that can be resumed is resumed. `withFailed`: also those that failed.
    void takeOver(bool withFailed);
    std::size_t count() const { return m_steps.size(); }

    /// Executes them until all have ended, a stop is requested, or the database, the disk or the device
    /// fails; a job that fails stops no other. Prints progress on stderr.
    std::vector<Ended> execute(DatasetCache &images, const Interrupt &interrupt);

  private:
    struct Step {
        std::string id;
        Job job;
    };

    void takeStarted(const JobRecord &record);
    JobOutcome execute(JobExecution &execution, const Step &step, std::size_t number,
                       const Interrupt &interrupt);
    void keepEnd(const Step &step, const JobOutcome &outcome);
    std::optional<RunRecord> runBegunBy(const TrainJob &job, const JobRecord &record) const;

    std::string m_database;
    RunStore m_store;
    std::vector<Step> m_steps;
};

/// A job in a few words, for tables and messages.
std::string jobTitle(const Job &job);

} // namespace simclr::cli
