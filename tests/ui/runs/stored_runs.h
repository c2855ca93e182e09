// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"
#include "core/store/run_store.h"
#include "core/train/train_options.h"
#include "tests/support/measured.h"
#include "ui/workspace/run_catalogue.h"

#include <cmath>
#include <string>
#include <vector>

namespace simclr::test {

struct StoredRun {
    std::string name;
    std::string pipeline = "simclr-cifar10";
    double width = 0.25;
    RunStatus status = RunStatus::Completed;
    double linear = 0.6;
    double knn = 0.5;
    int steps = 100;
    int seed = 0;                         ///< 0: the default
    std::string fingerprint = "0123abcd"; ///< of the images
};

/// Stores a run as training does, with curves and results.
inline RunId store(RunStore &store, const StoredRun &wanted) {
    TrainOptions options;
    options.width = wanted.width;
    options.epochs = 10;
    if (wanted.seed != 0)
        options.seed = wanted.seed;
    NewRun run;
    run.name = wanted.name;
    run.config = trainOptionsDescription().toJson(options);
    run.pipeline = toJson(pipelineByName(wanted.pipeline));
    run.dataset = {"shapes", "Shapes", wanted.fingerprint, 1440, 160, 400, 8, 0};
    run.seed = options.seed;
    run.device = "cpu";
    run.precision = "bf16";
    run.programVersion = "0.1.0";
    run.libraries = {{"libtorch", "1.13.0"}};
    run.totalEpochs = 10;
    run.totalSteps = 100;
    const RunId id = store.runs().create(run);
    std::vector<KeyedMetric> points;
    for (int step = 1; step <= wanted.steps; ++step) {
        const double epoch = step / 10.0;
        const double time = 1.7e9 + step;
        const double noise = 0.05 * std::sin(step * 12.9898);
        points.push_back({"loss", {step, epoch, 4.6 + 1.6 * std::exp(-step / 30.0) + noise, time}});
        points.push_back({"learning_rate", {step, epoch, 0.24 * (1 + std::cos(step * 0.0314)) / 2, time}});
        points.push_back(
            {"contrastive_top1", {step, epoch, 0.8 - 0.7 * std::exp(-step / 30.0) + noise, time}});
        points.push_back({"images_per_second", {step, epoch, 2000 + 400 * noise, time}});
    }
    store.metrics().add(id, points);
    for (const int epoch : {0, 5, 10}) {
        const double share = epoch / 10.0;
        store.results().add(
            id, measured("linear", "validation", epoch, 0.3 + share * (wanted.linear - 0.3), Json::object()));
        store.results().add(
            id, measured("knn", "validation", epoch, 0.25 + share * (wanted.knn - 0.25), Json::object()));
    }
    if (wanted.status == RunStatus::Completed) {
        for (const int epoch : {0, 10}) {
            store.results().add(
                id, measured("linear", "test", epoch, epoch == 0 ? 0.31 : wanted.linear, Json::object()));
            store.results().add(
                id, measured("knn", "test", epoch, epoch == 0 ? 0.26 : wanted.knn, Json::object()));
        }
    }
    if (wanted.status != RunStatus::Running)
        store.runs().finish(id, wanted.status,
                            wanted.status == RunStatus::Failed ? "the loss became NaN at step 70" : "", "");
    return id;
}

/// The runs as the table shows them.
inline std::vector<ui::RunPtr> listed(RunStore &store) {
    std::vector<ui::RunPtr> runs;
    for (RunRecord &run : store.runs().list().changed)
        runs.push_back(std::make_shared<const RunRecord>(std::move(run)));
    return runs;
}

} // namespace simclr::test
