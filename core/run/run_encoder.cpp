// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_encoder.h"

#include "core/run/run.h"
#include "core/run/run_checkpoints.h"
#include "core/run/run_plan.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>

namespace simclr {

namespace {

Checkpoint lastCheckpoint(const RunRecord &run) {
    auto found = findCheckpoint(run);
    if (!found)
        throw InvalidInput("run " + std::to_string(run.id) + " has no checkpoint to take an encoder from");
    return std::move(found->checkpoint);
}

/// Rounded up: an epoch that has begun counts.
std::int64_t epochOf(const Checkpoint &checkpoint, const RunRecord &run) {
    const std::int64_t perEpoch =
        std::max<std::int64_t>(1, checkpoint.totalSteps / std::max<std::int64_t>(1, run.totalEpochs));
    return (checkpoint.step + perEpoch - 1) / perEpoch;
}

ComputeDevice deviceFor(TrainOptions &options) {
    options.precision = "fp32";
    return chooseDevice(options);
}

} // namespace

EncoderOptions encoderOptions(const TrainOptions &options) {
    return {options.encoder, options.width, usesSmallStem(options)};
}

RunEncoder loadRunEncoder(const RunRecord &run, const std::string &device) {
    const Checkpoint checkpoint = lastCheckpoint(run);
    RunEncoder loaded;
    loaded.options = configurationOf(run, device.empty() ? usualDevice(run) : device).options;
    loaded.architecture = encoderOptions(loaded.options);
    loaded.device = deviceFor(loaded.options);
    loaded.encoder = ResNet(loaded.architecture);
    loadState(*loaded.encoder, checkpoint.tensors, "encoder.");
    loaded.encoder->to(loaded.device.device);
    loaded.encoder->eval();
    loaded.epoch = epochOf(checkpoint, run);
    return loaded;
}

} // namespace simclr
