// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_keeper.h"

#include "core/run/initial_weights.h"
#include "core/util/error.h"

#include <utility>

namespace simclr {

namespace {

RunStatus statusOf(RunEnd end) {
    switch (end) {
    case RunEnd::Completed:
        return RunStatus::Completed;
    case RunEnd::Cancelled:
        return RunStatus::Cancelled;
    case RunEnd::Failed:
        break;
    }
    return RunStatus::Failed;
}

/// 0 if it cannot be read either.
std::int64_t lastStoredStep(const RunStore &store, RunId run) {
    try {
        return store.runs().one(run).lastStep;
    } catch (const Error &) {
        return 0;
    }
}

} // namespace

RunKeeper::RunKeeper(RunStore &store, RunId run, const TrainOptions &options,
                     std::span<Observer *const> others)
    : m_store(store),
      m_run(run),
      m_checkpointMinutes(options.checkpointMinutes),
      m_others({others.begin(), others.end()}),
      m_recorder(store, run, m_others),
      m_best(store.runs().one(run)),
      m_all({&m_recorder, &m_best, &m_others}),
      m_checkpoints(store, run, options.keepCheckpoints, m_all) {}

void RunKeeper::begin(const NamedTensors &initialWeights) {
    if (!initialWeights.empty())
        keepInitialWeights(m_store.artifacts().folder(m_run), initialWeights);
    m_checkpoints.tidy();
}

bool RunKeeper::isCheckpointDue() const {
    constexpr double secondsPerMinute = 60;
    return m_checkpointMinutes > 0 &&
           m_checkpoints.secondsSinceLast() > secondsPerMinute * m_checkpointMinutes;
}

void RunKeeper::checkpoint(const Pretrainer &pretrainer) {
    m_checkpoints.save(pretrainer.stepsDone(), [&] { return pretrainer.checkpoint(); });
}

void RunKeeper::beforeEvaluation() {
    m_best.forgetLatest();
}

void RunKeeper::afterEvaluation(const Pretrainer &pretrainer) {
    const auto take = [&] { return pretrainer.checkpoint(); };
    if (m_best.isImproved() && m_checkpoints.saveBest(pretrainer.stepsDone(), take))
        m_best.accept();
}

RunOutcome RunKeeper::finish(RunEnd end, std::string failure, const std::string &weightsHash,
                             const std::stop_token &stop) {
    RunOutcome outcome{end, m_run, std::move(failure), {}};
    try {
        outcome.unrecorded = m_recorder.finish(statusOf(end), outcome.failure, weightsHash, stop);
    } catch (const Error &error) {
        outcome.end = RunEnd::Failed;
        if (outcome.failure.find(error.what()) == std::string::npos)
            outcome.failure += (outcome.failure.empty() ? "" : "; ") + std::string(error.what());
        recordFailure(m_store, m_run, outcome.failure);
        outcome.storedStep = lastStoredStep(m_store, m_run);
    }
    return outcome;
}

void recordFailure(RunStore &store, RunId run, const std::string &failure) {
    try {
        store.runs().finish(run, RunStatus::Failed, failure, {});
    } catch (const Error &) {
        return; // the outcome reports it
    }
}

} // namespace simclr
