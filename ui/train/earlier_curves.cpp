// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/earlier_curves.h"

#include "core/store/run_store.h"

#include "core/util/error.h"

#include <map>

namespace simclr::ui {

namespace {

using Steps = std::map<std::int64_t, StepFinished>;

void readInto(Steps &steps, const RunStore &store, RunId run, const char *key, double StepFinished::*member) {
    for (const MetricPoint &point : store.curve(run, key)) {
        StepFinished &step = steps[point.step];
        step.step = point.step;
        step.epoch = point.epoch;
        step.*member = point.value;
    }
}

} // namespace

TrainingUpdate earlierCurves(const std::filesystem::path &database, RunId run, std::int64_t lastStep) {
    TrainingUpdate update;
    try {
        const RunStore store(database, RunStore::Access::ReadOnly);
        Steps steps;
        readInto(steps, store, run, "loss", &StepFinished::loss);
        readInto(steps, store, run, "learning_rate", &StepFinished::learningRate);
        readInto(steps, store, run, "contrastive_top1", &StepFinished::contrastiveTop1);
        readInto(steps, store, run, "images_per_second", &StepFinished::imagesPerSecond);
        for (const auto &[number, step] : steps)
            if (number <= lastStep)
                update.steps.push_back(step);
        for (const ResultRecord &result : store.run(run).results)
            update.evaluations.push_back(
                {result.protocol, result.split, result.epoch, 0, result.value, result.detail});
    } catch (const Error &) {
        return {}; // the curves of before are a courtesy; the run itself reports what is wrong with the
                   // database
    }
    return update;
}

} // namespace simclr::ui
