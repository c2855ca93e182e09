// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/observer.h"
#include "core/store/background_writer.h"
#include "core/util/steady_time.h"

#include <filesystem>
#include <stop_token>
#include <string>

namespace simclr {

/// The observer that stores a run in its database. Lives on the thread that trains and never waits there: a
/// BackgroundWriter does the writing. Its messages go to `others` and are stored as notes.
class RunRecorder : public ListeningObserver<RunRecorder> {
  public:
    /// Throws StorageError.
    RunRecorder(const RunStore &store, RunId run, Observer &others);

    void hear(const StepFinished &step);
    void hear(const Diagnosed &diagnosed);
    void hear(const Evaluated &evaluated);
    void hear(const CheckpointWritten &written);
    void hear(const CheckpointRemoved &removed);
    void hear(const RuleFired &rule);
    void hear(const Noted &noted);

    /// Writes how the run ended and waits until everything is written: for minutes while another program
    /// locks the database, but only for seconds once `stop` is requested. If that is not enough, the journal
    /// in the run's folder is imported when the database is next opened; returns a sentence that says so,
    /// otherwise an empty one. Throws StorageError if something is stored nowhere.
    std::string finish(RunStatus status, const std::string &failure, const std::string &weightsSha256,
                       const std::stop_token &stop);

  private:
    void add(RunEntry entry);
    void add(std::int64_t step, double epoch, const MetricValues &values);
    void tellMessages();
    BackgroundWriter::State waitPatiently(const std::stop_token &stop);

    Observer &m_others;
    SteadyTime m_time;
    BackgroundWriter m_writer;
};

} // namespace simclr
