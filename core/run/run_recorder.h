// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_store.h"
#include "core/train/observer.h"

#include <chrono>

namespace simclr {

/// The observer that keeps a run: writes metrics in one transaction a second at most, results and notes at
/// once. Lives on the training thread with a store of that thread. A full disk must not lose the training:
/// what cannot be written is kept and tried again with the next second's, and flush() throws where it cannot
/// be.
class RunRecorder : public Observer {
  public:
    RunRecorder(RunStore &store, RunId run);

    void stepFinished(const StepFinished &step) override;
    void diagnosed(const Diagnosed &diagnosed) override;
    void evaluated(const Evaluated &result) override;
    void checkpointWritten(std::int64_t step, const std::string &path) override;
    void noted(const std::string &message) override;

    /// Writes what still waits. Throws StorageError.
    void flush();

  private:
    void flushWhenDue();
    void requireFile() const;
    void flushOrKeep();

    RunStore &m_store;
    RunId m_run;
    std::vector<KeyedMetric> m_metrics;
    std::vector<ResultRecord> m_results;
    std::vector<ArtifactRecord> m_artifacts;
    std::vector<std::string> m_notes;
    std::chrono::steady_clock::time_point m_lastWrite = std::chrono::steady_clock::now();
};

/// Tells every one of several observers, in order.
class ObserverList : public Observer {
  public:
    explicit ObserverList(std::vector<Observer *> observers) : m_observers(std::move(observers)) {}

    void runStarted(const RunStarted &started) override;
    void stepFinished(const StepFinished &step) override;
    void epochFinished(std::int64_t epoch) override;
    void diagnosed(const Diagnosed &diagnosed) override;
    void evaluationStarted(const std::string &what) override;
    void evaluated(const Evaluated &result) override;
    void checkpointWritten(std::int64_t step, const std::string &path) override;
    void noted(const std::string &message) override;

  private:
    std::vector<Observer *> m_observers;
};

} // namespace simclr
