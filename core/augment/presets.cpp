// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/pipeline.h"
#include "core/util/error.h"

namespace simclr {

namespace {

/// Colour distortion of strength s (SimCLR, App. A): jitter with probability 0.8, then colour drop with 0.2.
void addColorDistortion(Pipeline &pipeline, double s) {
    PipelineStep jitter = makeStep("color_jitter");
    jitter.parameters["brightness"] = 0.8 * s;
    jitter.parameters["contrast"] = 0.8 * s;
    jitter.parameters["saturation"] = 0.8 * s;
    jitter.parameters["hue"] = 0.2 * s;
    pipeline.steps.push_back(std::move(jitter));
    pipeline.steps.push_back(makeStep("color_drop"));
}

Pipeline cropAndFlip(std::string name) {
    return {std::move(name), {makeStep("random_resized_crop"), makeStep("horizontal_flip")}};
}

Pipeline simclrImageNet() {
    Pipeline pipeline = cropAndFlip("SimCLR (ImageNet)");
    addColorDistortion(pipeline, 1.0);
    pipeline.steps.push_back(makeStep("gaussian_blur"));
    return pipeline;
}

Pipeline simclrCifar10() {
    Pipeline pipeline = cropAndFlip("SimCLR (CIFAR-10)");
    addColorDistortion(pipeline, 0.5);
    return pipeline;
}

} // namespace

const std::vector<PipelinePreset> &pipelinePresets() {
    static const std::vector<PipelinePreset> presets{
        {"simclr-imagenet",
         "The paper's full recipe: crop, flip, colour distortion of strength 1, blur (App. A).",
         simclrImageNet()},
        {"simclr-cifar10", "The recipe for small images: colour distortion of strength 0.5, no blur (B.9).",
         simclrCifar10()},
        {"crop-only", "Crop and flip without colour distortion: what Figure 5 shows to be too easy.",
         cropAndFlip("Crop only")},
    };
    return presets;
}

Pipeline pipelineByName(const std::string &presetOrPath) {
    std::string known;
    for (const PipelinePreset &preset : pipelinePresets()) {
        if (preset.id == presetOrPath)
            return preset.pipeline;
        known += (known.empty() ? "" : ", ") + preset.id;
    }
    std::error_code failure;
    if (!std::filesystem::exists(presetOrPath, failure))
        throw InvalidInput("there is no pipeline \"" + presetOrPath + "\": neither a file nor one of " +
                           known);
    return readPipeline(presetOrPath);
}

} // namespace simclr
