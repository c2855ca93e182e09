// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"

namespace simclr::test {

/// A real run of about one second: the built-in images, the narrowest encoder.
inline RunConfiguration smallRun() {
    RunConfiguration configuration;
    configuration.name = "small";
    configuration.pipeline = pipelineByName("crop-only");
    TrainOptions &options = configuration.options;
    options.width = 0.0625;
    options.imageSize = 16;
    options.batch = 32;
    options.trainImages = 64;
    options.epochs = 2;
    options.warmupEpochs = 0;
    options.evaluateEvery = 1;
    options.evaluationImages = 64;
    options.knnNeighbours = 5;
    options.checkpointEvery = 1;
    options.threads = 1;
    options.loaderThreads = 1;
    return configuration;
}

/// The same, with more steps than any test waits for.
inline RunConfiguration endlessRun() {
    RunConfiguration configuration = smallRun();
    configuration.options.epochs = 100000;
    configuration.options.evaluateEvery = 0;
    configuration.options.checkpointEvery = 0;
    return configuration;
}

} // namespace simclr::test
