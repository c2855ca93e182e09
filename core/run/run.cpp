// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run.h"

#include "core/run/extended_run.h"
#include "core/run/initial_weights.h"
#include "core/run/run_checkpoints.h"
#include "core/run/run_execution.h"
#include "core/run/run_extension.h"
#include "core/run/run_plan.h"
#include "core/store/foreign_runs.h"
#include "core/store/run_store.h"
#include "core/util/counted.h"
#include "core/util/error.h"

#include <algorithm>
#include <iterator>

namespace simclr {

namespace fs = std::filesystem;

namespace {

RunPlan planToResume(const RunRecord &run, const DatasetPtr &dataset, const ResumeOptions &options) {
    const bool isChanged = run.dataset.fingerprint != dataset->fingerprint();
    if (!options.allowChangedImages)
        requireSameDataset(run, *dataset);
    RunPlan plan = makePlan(configurationOf(run, options.device), dataset);
    plan.allowChangedImages = options.allowChangedImages; // the checkpoint may be older than the change
    plan.origin = run.origin;
    if (isChanged)
        plan.notes.push_back("The images differ from those that the run started with.");
    return plan;
}

std::string resumeNote(const RunRecord &run, std::int64_t step) {
    const std::int64_t again = std::max<std::int64_t>(0, run.lastStep - step);
    return "It resumes after step " + std::to_string(step) +
           (again > 0 ? "; " + counted(again, "later step is", "later steps are") + " repeated." : ".");
}

void requireResumable(const RunRecord &run, bool isChanged) {
    requireEncoder(run);
    const std::string subject = displayName(run);
    if (run.totalEpochs == 0)
        throw InvalidInput(subject + " is an import of weights and has no training to resume");
    if (run.status == RunStatus::Running || (run.status == RunStatus::Completed && !isChanged))
        throw InvalidInput(
            subject + " is " + statusName(run.status) + " and cannot be resumed" +
            (run.status == RunStatus::Completed ? "; with more epochs it can be continued" : ""));
}

} // namespace

RunOutcome executeRun(const RunConfiguration &configuration, const DatasetPtr &dataset, const fs::path &file,
                      std::span<Observer *const> observers, std::stop_token stop,
                      std::vector<std::string> notes, const Supervision &supervision) {
    RunPlan plan = makePlan(withAbsolutePaths(configuration), dataset);
    plan.notes = std::move(notes);
    plan.supervision = supervision;
    plan.initialWeights = readInitialWeights(plan.configuration.options);
    RunStore store(file);
    const RunId run = store.runs().create(describeRun(plan));
    return executePlan(std::move(plan), store, run, observers, std::move(stop), std::nullopt);
}

bool isResumable(const RunRecord &run) {
    const bool isUnfinished = run.status == RunStatus::Interrupted || run.status == RunStatus::Cancelled ||
                              run.status == RunStatus::Failed;
    return isUnfinished && run.totalEpochs > 0; // imported weights have no training to resume
}

bool isContinuable(const RunRecord &run) {
    return run.status != RunStatus::Running && run.totalEpochs > 0 && !run.artifacts.empty();
}

RunOutcome resumeRun(RunId id, const DatasetPtr &dataset, const fs::path &file,
                     std::span<Observer *const> observers, std::stop_token stop, const ResumeOptions &options,
                     const Supervision &supervision) {
    RunStore store(file);
    store.recovery().markInterrupted();
    if (store.runs().one(id).status != RunStatus::Running)
        store.recovery().recover(id); // if its end was written by a version without journals
    const RunRecord run = store.runs().one(id);
    const bool isChanged = !options.changes.empty() && !changesOf(run, options).empty();
    requireResumable(run, isChanged);
    if (isChanged)
        return extendRun(run, store, dataset, observers, std::move(stop), options, supervision);
    RunPlan plan = planToResume(run, dataset, options);
    plan.supervision = supervision;
    std::optional<FoundCheckpoint> found = findCheckpoint(run);
    if (!found && run.origin)
        throw InvalidInput(displayName(run) + " has no checkpoint; continue run " +
                           std::to_string(run.origin->run) + " again instead");
    const NewRun description = describeRun(plan);
    if (found) // before the stored run is changed
        requireFits(found->checkpoint, plan.configuration.options, description.totalSteps);
    if (found)
        std::ranges::for_each(found->rejected, &RunPath::setAside);
    plan.initialWeights = startingWeights(store.artifacts().folder(id), plan.notes);
    if (!found && plan.initialWeights.empty()) // stopped before they were stored
        plan.initialWeights = readInitialWeights(plan.configuration.options);
    if (found)
        std::ranges::move(found->problems, std::back_inserter(plan.notes));
    if (found)
        plan.notes.push_back(resumeNote(run, found->checkpoint.step));
    store.runs().reopen(id, found ? found->checkpoint.step : 0, plan.device.name());
    if (found && std::ranges::find(run.artifacts, found->path, &ArtifactRecord::path) == run.artifacts.end())
        store.artifacts().add(id,
                              ArtifactRecord{lastCheckpointKind, found->path, found->checkpoint.step, {}});
    if (run.dataset.fingerprint != dataset->fingerprint())
        store.runs().replaceDataset(id, description.dataset);
    return executePlan(std::move(plan), store, id, observers, std::move(stop),
                       found ? std::optional(std::move(found->checkpoint)) : std::nullopt);
}

} // namespace simclr
