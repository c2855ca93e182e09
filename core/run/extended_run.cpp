// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/extended_run.h"

#include "core/run/initial_weights.h"
#include "core/run/run_checkpoints.h"
#include "core/run/run_execution.h"
#include "core/run/run_extension.h"
#include "core/run/run_plan.h"
#include "core/store/foreign_runs.h"
#include "core/train/pretrainer.h"
#include "core/util/error.h"
#include "core/util/rounding.h"

#include <algorithm>
#include <iterator>

namespace simclr {

namespace {

std::string subject(const RunRecord &run) {
    return "run " + std::to_string(run.id);
}

FoundCheckpoint checkpointToContinue(const RunRecord &run) {
    requireEncoder(run);
    auto found = findCheckpoint(run);
    if (!found)
        throw InvalidInput(subject(run) + " has no checkpoint to continue from");
    requireFits(found->checkpoint, configurationOf(run).options, run.totalSteps);
    return std::move(*found);
}

/// Steps keep their numbers, so that the steps per epoch must not change.
void requireSameEpochs(const RunRecord &run, const NewRun &wanted) {
    const std::int64_t before = run.totalSteps / run.totalEpochs;
    const std::int64_t now = wanted.totalSteps / wanted.totalEpochs;
    if (before != now)
        throw InvalidInput("an epoch of " + subject(run) + " has " + std::to_string(before) +
                           " steps, but with these images it would have " + std::to_string(now) +
                           ": continuing a run needs the same number of batches per epoch");
}

void requireStepsLeft(const RunRecord &run, const Checkpoint &checkpoint, const NewRun &wanted) {
    if (checkpoint.step >= wanted.totalSteps)
        throw InvalidInput(subject(run) + " was trained for " +
                           numberText(roundedTo(epochsDone(checkpoint, run.totalEpochs), 1)) +
                           " epochs, and " + std::to_string(wanted.totalEpochs) +
                           " are requested: it can only be continued with more (epochs)");
}

/// The rate that `run` had after `step`.
double rateAfter(const RunRecord &run, std::int64_t step) {
    const TrainOptions options = configurationOf(run).options;
    LearningRateSchedule schedule = scheduleOf(options, run.totalSteps / run.totalEpochs);
    if (run.origin) {
        schedule.continuedStep = run.origin->step;
        schedule.continuedRate = run.origin->rate;
    }
    return schedule.rate(step);
}

RunOrigin originFor(const RunRecord &run, const Checkpoint &checkpoint, const Json &changes) {
    return {run.id,
            run.name,
            checkpoint.step,
            epochsDone(checkpoint, run.totalEpochs),
            rateAfter(run, checkpoint.step),
            changes};
}

std::string extendedName(const RunRecord &run) {
    constexpr std::string_view mark = " (continued)";
    return run.name + std::string(run.name.ends_with(mark) ? "" : mark);
}

RunPlan planToExtend(const RunRecord &run, const DatasetPtr &dataset, const ResumeOptions &options) {
    if (!options.allowChangedImages)
        requireSameDataset(run, *dataset);
    RunConfiguration configuration = resumedConfiguration(run, options);
    if (options.name.empty())
        configuration.name = extendedName(run);
    RunPlan plan = makePlan(configuration, dataset);
    if (run.dataset.fingerprint != dataset->fingerprint())
        plan.notes.push_back("The images differ from those of the continued run.");
    return plan;
}

/// Stored as a checkpoint of the new run itself.
Checkpoint adopted(Checkpoint checkpoint, const NewRun &run) {
    checkpoint.options = run.config;
    checkpoint.fingerprint = run.dataset.fingerprint;
    checkpoint.totalSteps = run.totalSteps;
    return checkpoint;
}

/// Before its first step: a run that is killed then must not start from random weights.
void keepStart(RunStore &store, RunId id, const RunPlan &plan, const Checkpoint &checkpoint) {
    keepInitialWeights(store.artifacts().folder(id), plan.initialWeights);
    keepCheckpoint(store, id, checkpoint);
}

} // namespace

RunOutcome extendRun(const RunRecord &run, RunStore &store, const DatasetPtr &dataset,
                     std::span<Observer *const> observers, std::stop_token stop, const ResumeOptions &options,
                     const Supervision &supervision) {
    RunPlan plan = planToExtend(run, dataset, options);
    plan.supervision = supervision;
    NewRun description = describeRun(plan);
    requireSameEpochs(run, description);
    FoundCheckpoint found = checkpointToContinue(run);
    requireStepsLeft(run, found.checkpoint, description);
    plan.origin = originFor(run, found.checkpoint, changesOf(run, options));
    description.origin = plan.origin;
    plan.initialWeights = startingWeights(store.artifacts().folder(run.id), plan.notes);
    std::ranges::move(found.problems, std::back_inserter(plan.notes));
    plan.notes.push_back("It continues " + originText(*plan.origin) + ": " + changesText(*plan.origin) + ".");
    Checkpoint checkpoint = adopted(std::move(found.checkpoint), description);
    const RunId id = store.runs().create(description);
    try {
        keepStart(store, id, plan, checkpoint);
    } catch (const Error &error) {
        store.runs().finish(id, RunStatus::Failed, error.what(), {});
        return {RunEnd::Failed, id, error.what()};
    }
    return executePlan(std::move(plan), store, id, observers, std::move(stop), std::move(checkpoint));
}

} // namespace simclr
