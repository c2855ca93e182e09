// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_start.h"

#include "core/run/rule_check.h"
#include "core/train/contrastive_loss.h"
#include "core/util/counted.h"

namespace simclr {

RunStarted describeStart(RunId run, const RunPlan &plan, const Pretrainer &pretrainer) {
    const TrainOptions &options = plan.configuration.options;
    RunStarted started;
    started.runId = run;
    started.name = nameOf(plan.configuration);
    started.device = plan.device.name();
    started.precision = plan.device.precision();
    started.threads = plan.device.threads;
    started.learnImages = static_cast<std::uint32_t>(plan.splits.learn.size());
    started.trainImages = static_cast<std::uint32_t>(plan.splits.train.size());
    started.validationImages = static_cast<std::uint32_t>(plan.splits.validation.size());
    started.testImages = static_cast<std::uint32_t>(plan.splits.test.size());
    started.parameters = parameterCount(*pretrainer.encoder());
    started.firstStep = pretrainer.stepsDone();
    started.totalSteps = pretrainer.totalSteps();
    started.stepsPerEpoch = pretrainer.stepsPerEpoch();
    started.epochs = options.epochs;
    started.evaluateEvery = options.evaluateEvery;
    started.isLabelled = plan.dataset->isLabelled();
    if (options.loss == "nt_xent" && options.normalise) {
        started.chanceLoss = chanceLoss(options.batch);
        started.floorLoss = floorLoss(options.batch, pretrainer.projectionSize(), options.temperature);
    }
    return started;
}

namespace {

void tellEmptySplits(const Splits &splits, std::vector<std::string> &notes) {
    if (splits.train.empty()) {
        notes.emplace_back("There are no labelled training images, so that no accuracy can be measured.");
        return;
    }
    if (splits.validation.empty())
        notes.emplace_back(
            "There are no validation images, so that no accuracy is measured during training.");
    if (splits.test.empty())
        notes.emplace_back("There are no test images, so that no accuracy is measured at the end.");
}

} // namespace

std::vector<std::string> startNotes(const RunPlan &plan) {
    std::vector<std::string> notes;
    for (const Message &sentence :
         rulesWithoutEffect(plan.supervision.rules, plan.configuration.options, *plan.dataset, plan.splits))
        notes.push_back(toText(sentence));
    if (!changesImages(plan.configuration.pipeline))
        notes.emplace_back("The pipeline changes nothing: both views of an image are the same, so that "
                           "nothing can be learnt.");
    if (!plan.dataset->isLabelled())
        notes.emplace_back("The images have no labels, so that no accuracy can be measured.");
    else
        tellEmptySplits(plan.splits, notes);
    for (const auto *list : {&plan.dataset->report().notes, &plan.splits.notes})
        for (const Message &note : *list)
            notes.push_back(toText(note) + ".");
    if (const std::size_t broken = plan.dataset->report().brokenCount; broken > 0)
        notes.push_back(counted(static_cast<std::int64_t>(broken), "file", "files") +
                        (broken == 1 ? " could not be read and was left out: "
                                     : " could not be read and were left out; the first: ") +
                        plan.dataset->report().broken.front().reason);
    return notes;
}

} // namespace simclr
