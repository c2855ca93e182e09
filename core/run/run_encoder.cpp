// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_encoder.h"

#include "core/run/run.h"
#include "core/run/run_checkpoints.h"
#include "core/run/run_plan.h"
#include "core/store/foreign_runs.h"
#include "core/util/error.h"
#include "core/util/files.h"

namespace simclr {

namespace {

FoundCheckpoint lastCheckpoint(const RunRecord &run) {
    requireEncoder(run);
    auto found = findCheckpoint(run);
    if (!found)
        throw InvalidInput("run " + std::to_string(run.id) + " has no checkpoint with an encoder");
    return std::move(*found);
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
    FoundCheckpoint found = lastCheckpoint(run);
    RunEncoder loaded;
    loaded.problems = std::move(found.problems);
    loaded.options = configurationOf(run, device.empty() ? usualDevice(run) : device).options;
    loaded.architecture = encoderOptions(loaded.options);
    loaded.device = deviceFor(loaded.options);
    loaded.encoder = ResNet(loaded.architecture);
    loadState(*loaded.encoder, found.checkpoint.tensors, "encoder.");
    loaded.encoder->to(loaded.device.device);
    loaded.encoder->eval();
    loaded.epochs = epochsDone(found.checkpoint, run.totalEpochs);
    return loaded;
}

} // namespace simclr
