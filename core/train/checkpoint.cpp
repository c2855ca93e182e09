// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/checkpoint.h"

#include "core/util/error.h"
#include "core/util/files.h"

namespace simclr {

namespace {
constexpr const char *formatName = "simclr-checkpoint";

/// The options that determine names and shapes of a checkpoint's tensors. Options missing in a checkpoint had
/// their defaults.
void requireSameModel(const Json &stored, const TrainOptions &options) {
    const Json own = trainOptionsDescription().toJson(options);
    const Json usual = trainOptionsDescription().toJson(TrainOptions{});
    for (const char *id : {"encoder", "width", "head", "head_hidden_layers", "head_output", "head_batch_norm",
                           "optimiser", "batch", "epochs"}) {
        const Json value = stored.contains(id) ? stored.at(id) : usual.at(id);
        if (value != own.at(id))
            throw InvalidInput("the checkpoint was written with " + std::string(id) + " " + toLine(value) +
                               ", but the run has " + toLine(own.at(id)));
    }
}

} // namespace

void writeCheckpoint(const std::filesystem::path &path, const Checkpoint &checkpoint) {
    writeTensors(path, checkpoint.tensors,
                 {{"format", formatName},
                  {"version", Checkpoint::formatVersion},
                  {"step", checkpoint.step},
                  {"total_steps", checkpoint.totalSteps},
                  {"fingerprint", checkpoint.fingerprint},
                  {"options", checkpoint.options}});
}

Checkpoint readCheckpoint(const std::filesystem::path &path) {
    const SafetensorsFile file = SafetensorsFile::read(path);
    const Json &metadata = file.metadata();
    return takingApart(displayName(path), [&] {
        if (!metadata.is_object() || metadata.value("format", "") != formatName)
            throw InvalidInput(displayName(path) + " is not a checkpoint of this program");
        if (metadata.value("version", 0) > Checkpoint::formatVersion)
            throw InvalidInput(displayName(path) + " was written by a newer version of this program");
        Checkpoint checkpoint;
        checkpoint.tensors = tensorsOf(file);
        checkpoint.step = metadata.at("step").get<std::int64_t>();
        checkpoint.totalSteps = metadata.at("total_steps").get<std::int64_t>();
        checkpoint.fingerprint = metadata.at("fingerprint").get<std::string>();
        checkpoint.options = metadata.at("options");
        return checkpoint;
    });
}

void requireFits(const Checkpoint &checkpoint, const TrainOptions &options, std::int64_t totalSteps) {
    requireSameModel(checkpoint.options, options);
    if (checkpoint.totalSteps != totalSteps || checkpoint.step > totalSteps)
        throw InvalidInput("the run was planned for " + std::to_string(checkpoint.totalSteps) +
                           " steps, but with these images it would take " + std::to_string(totalSteps) +
                           ": resuming needs the same number of batches per epoch; a new run can start "
                           "from its weights (simclr export, then --set initial_weights=FILE)");
}

} // namespace simclr
