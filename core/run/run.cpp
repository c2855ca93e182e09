// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run.h"

#include "core/run/initial_weights.h"
#include "core/run/run_checkpoints.h"
#include "core/run/run_execution.h"
#include "core/run/run_plan.h"
#include "core/store/run_store.h"
#include "core/util/error.h"

#include <algorithm>
#include <iterator>

namespace simclr {

namespace fs = std::filesystem;

namespace {

/// What is kept of a run must be true wherever it is looked at from.
RunConfiguration withAbsolutePaths(RunConfiguration configuration) {
    std::string &weights = configuration.options.initialWeights;
    if (!weights.empty())
        weights = fs::absolute(weights).string();
    return configuration;
}

RunPlan planToResume(const RunRecord &run, const DatasetPtr &dataset, const ResumeOptions &options) {
    const bool isChanged = run.dataset.fingerprint != dataset->fingerprint();
    if (!options.allowChangedImages)
        requireSameDataset(run, *dataset);
    RunPlan plan = makePlan(configurationOf(run, options.device), dataset);
    plan.allowChangedImages = isChanged;
    if (isChanged)
        plan.notes.push_back("The images are not those that the run began with.");
    return plan;
}

} // namespace

RunOutcome executeRun(const RunConfiguration &configuration, const DatasetPtr &dataset, const fs::path &file,
                      std::span<Observer *const> observers, std::stop_token stop) {
    RunPlan plan = makePlan(withAbsolutePaths(configuration), dataset);
    plan.initialWeights = readInitialWeights(plan.configuration.options);
    RunStore store(file);
    const RunId run = store.createRun(describeRun(plan));
    return executePlan(std::move(plan), store, run, observers, std::move(stop), std::nullopt);
}

RunOutcome resumeRun(RunId id, const DatasetPtr &dataset, const fs::path &file,
                     std::span<Observer *const> observers, std::stop_token stop,
                     const ResumeOptions &options) {
    RunStore store(file);
    store.markInterrupted();
    const RunRecord run = store.run(id);
    if (run.status == RunStatus::Running || run.status == RunStatus::Completed)
        throw InvalidInput("run " + std::to_string(id) + " is " + statusName(run.status) +
                           " and cannot be resumed");
    RunPlan plan = planToResume(run, dataset, options);
    std::optional<FoundCheckpoint> found = findCheckpoint(run);
    plan.initialWeights = keptInitialWeights(store.filesFolder(id));
    if (!found && plan.initialWeights.empty()) // stopped before it had kept them
        plan.initialWeights = readInitialWeights(plan.configuration.options);
    if (found)
        std::ranges::move(found->problems, std::back_inserter(plan.notes));
    store.reopenRun(id, found ? found->checkpoint.step : 0, plan.device.name());
    if (plan.allowChangedImages)
        store.replaceDataset(id, describeRun(plan).dataset);
    return executePlan(std::move(plan), store, id, observers, std::move(stop),
                       found ? std::optional(std::move(found->checkpoint)) : std::nullopt);
}

} // namespace simclr
