// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_execution.h"

#include "core/compute/device_memory.h"
#include "core/run/run_keeper.h"
#include "core/run/training.h"
#include "core/util/error.h"
#include "core/util/memory_ceiling.h"

#include <utility>

namespace simclr {

namespace {

/// A training and what keeps it, made together: what fails there fails the run.
struct Execution {
    Execution(const RunPlan &plan, RunStore &store, RunId run, std::span<Observer *const> observers,
              const std::stop_token &stop)
        : keeper(store, run, plan.configuration.options, observers),
          training(plan, run, keeper.observer(), keeper, stop) {
        training.recallEarlierEpochs(store.metrics().curve(run, "spread"),
                                     store.metrics().curve(run, "effective_rank_z"));
    }

    RunOutcome execute(const RunPlan &plan, const std::optional<Checkpoint> &from,
                       const std::stop_token &stop) {
        const auto finish = [&](RunEnd end, const std::string &failure) {
            RunOutcome outcome = keeper.finish(end, failure, training.weightsHash(), stop);
            releaseDeviceMemory(plan.device.device);
            return outcome;
        };
        const MemoryCeiling ceiling(plan.device.device.is_cpu());
        try {
            keeper.begin(from ? NamedTensors() : plan.initialWeights);
            const RunEnd end = training.run(from);
            const std::string &unsaved = keeper.problem();
            return unsaved.empty() ? finish(end, {}) : finish(RunEnd::Failed, unsaved);
        } catch (const Error &error) {
            return finish(RunEnd::Failed, error.what());
        } catch (const std::exception &error) {
            return finish(RunEnd::Failed,
                          describeTorchError(error, memoryAdvice(plan.configuration.options, plan.device)));
        }
    }

    RunKeeper keeper;
    Training training;
};

} // namespace

RunOutcome executePlan(RunPlan plan, RunStore &store, RunId id, std::span<Observer *const> observers,
                       std::stop_token stop, const std::optional<Checkpoint> &from) {
    std::optional<Execution> execution;
    try {
        execution.emplace(plan, store, id, observers, stop);
    } catch (const Error &error) {
        recordFailure(store, id, error.what());
        return {RunEnd::Failed, id, error.what(), {}};
    }
    return execution->execute(plan, from, stop);
}

} // namespace simclr
