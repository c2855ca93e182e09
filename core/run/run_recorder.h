// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/background_writer.h"
#include "core/train/observer.h"
#include "core/util/steady_time.h"

#include <filesystem>
#include <stop_token>
#include <string>

namespace simclr {

/// The observer that keeps a run in its database. Lives on the thread that trains and never waits there: a
/// BackgroundWriter does the writing. What that has to say is told to `others` and kept as a note.
class RunRecorder : public Observer {
  public:
    /// Throws StorageError.
    RunRecorder(const RunStore &store, RunId run, Observer &others);

    void stepFinished(const StepFinished &step) override;
    void diagnosed(const Diagnosed &diagnosed) override;
    void evaluated(const Evaluated &result) override;
    void checkpointWritten(std::int64_t step, const std::string &path) override;
    void noted(const std::string &message) override;
    void bestCheckpointWritten(std::int64_t step, const std::string &path);
    /// The database forgets this file, which is deleted then.
    void checkpointRemoved(const std::string &path);

    /// Writes how the run ended and waits for all that is not written yet: while another program has the
    /// database, for minutes, but only for seconds once `stop` is requested. Where that was not enough, what
    /// is kept in the run's folder is taken in when the database is next opened; the sentence that says so is
    /// given back, and empty otherwise. Throws StorageError where something is kept nowhere.
    std::string finish(RunStatus status, const std::string &failure, const std::string &weightsSha256,
                       const std::stop_token &stop);

  private:
    void add(RunEntry entry);
    void tellMessages();
    BackgroundWriter::State waitPatiently(const std::stop_token &stop);

    Observer &m_others;
    SteadyTime m_time;
    BackgroundWriter m_writer;
};

} // namespace simclr
