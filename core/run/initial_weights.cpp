// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/initial_weights.h"

#include "core/model/imported_encoder.h"
#include "core/options/parameter.h"
#include "core/run/run_encoder.h"
#include "core/util/error.h"
#include "core/util/files.h"

namespace simclr {

namespace {

namespace fs = std::filesystem;

fs::path keptFile(const fs::path &folder) {
    return folder / "initial.safetensors";
}

std::string settings(const EncoderOptions &options) {
    return "encoder=" + options.architecture + " width=" + numberText(options.width) +
           " stem=" + (options.smallStem ? "small" : "imagenet");
}

} // namespace

NamedTensors readInitialWeights(const TrainOptions &options) {
    if (options.initialWeights.empty())
        return {};
    ImportedEncoder imported = readEncoder(options.initialWeights);
    const EncoderOptions wanted = encoderOptions(options);
    if (settings(imported.options) != settings(wanted))
        throw InvalidInput("the initial weights in " + displayName(options.initialWeights) + " are of " +
                           settings(imported.options) + ", but the options ask for " + settings(wanted));
    return std::move(imported.tensors);
}

void keepInitialWeights(const fs::path &folder, const NamedTensors &weights) {
    if (!weights.empty())
        writeTensors(keptFile(folder), weights, {{"format", "simclr-initial-weights"}});
}

NamedTensors keptInitialWeights(const fs::path &folder) {
    std::error_code failure;
    if (!fs::exists(keptFile(folder), failure))
        return {};
    return tensorsOf(SafetensorsFile::read(keptFile(folder)));
}

NamedTensors startingWeights(const fs::path &folder, std::vector<std::string> &notes) {
    try {
        return keptInitialWeights(folder);
    } catch (const Error &error) {
        notes.push_back(error.what());
        return {};
    }
}

} // namespace simclr
