// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/pipeline.h"
#include "core/util/error.h"

namespace simclr {

namespace {

PipelineStep step(const std::string &operation, double probability) {
    PipelineStep made = makeStep(operation);
    made.probability = probability;
    return made;
}

PipelineStep crop(double smallestArea) {
    PipelineStep made = makeStep("random_resized_crop");
    made.parameters["area"] = Range{smallestArea, 1};
    return made;
}

PipelineStep jitter(double brightness, double contrast, double saturation, double hue) {
    PipelineStep made = makeStep("color_jitter");
    made.parameters["brightness"] = brightness;
    made.parameters["contrast"] = contrast;
    made.parameters["saturation"] = saturation;
    made.parameters["hue"] = hue;
    return made;
}

/// Colour distortion of strength s (SimCLR, App. A): jitter with probability 0.8, then colour drop with 0.2.
void addColorDistortion(Pipeline &pipeline, double s) {
    pipeline.steps.push_back(jitter(0.8 * s, 0.8 * s, 0.8 * s, 0.2 * s));
    pipeline.steps.push_back(makeStep("color_drop"));
}

Pipeline cropAndFlip(std::string name, double smallestArea = 0.08) {
    return {std::move(name), {crop(smallestArea), makeStep("horizontal_flip")}};
}

Pipeline simclrImageNet(std::string name) {
    Pipeline pipeline = cropAndFlip(std::move(name));
    addColorDistortion(pipeline, 1.0);
    pipeline.steps.push_back(makeStep("gaussian_blur"));
    return pipeline;
}

Pipeline simclrCifar10() {
    Pipeline pipeline = cropAndFlip("SimCLR (CIFAR-10)");
    addColorDistortion(pipeline, 0.5);
    return pipeline;
}

/// main_moco.py: crop from 0.2, the flip last, which changes nothing.
Pipeline mocoV2() {
    return {"MoCo v2",
            {crop(0.2), jitter(0.4, 0.4, 0.4, 0.1), makeStep("color_drop"), makeStep("gaussian_blur"),
             makeStep("horizontal_flip")}};
}

/// App. B: the views differ only in blur and solarisation.
Pipeline byol() {
    Pipeline pipeline = cropAndFlip("BYOL");
    pipeline.steps.push_back(jitter(0.4, 0.4, 0.2, 0.1));
    pipeline.steps.push_back(makeStep("color_drop"));
    pipeline.secondSteps = pipeline.steps;
    pipeline.steps.push_back(step("gaussian_blur", 1.0));
    PipelineStep solarize = step("solarize", 0.2);
    solarize.parameters["threshold"] = Range{128, 128};
    pipeline.secondSteps->push_back(step("gaussian_blur", 0.1));
    pipeline.secondSteps->push_back(std::move(solarize));
    return pipeline;
}

Pipeline swavGlobal() {
    Pipeline pipeline = cropAndFlip("SwAV, large crops", 0.14);
    addColorDistortion(pipeline, 1.0);
    pipeline.steps.push_back(makeStep("gaussian_blur"));
    return pipeline;
}

Pipeline withPolicy(std::string name, const std::string &policy) {
    Pipeline pipeline = cropAndFlip(std::move(name));
    pipeline.steps.push_back(step(policy, 1.0));
    return pipeline;
}

} // namespace

const std::vector<PipelinePreset> &pipelinePresets() {
    static const std::vector<PipelinePreset> presets{
        {"simclr-imagenet",
         "The paper's full recipe: crop, flip, colour distortion of strength 1, blur (App. A).",
         simclrImageNet("SimCLR (ImageNet)")},
        {"simclr-cifar10", "The recipe for small images: colour distortion of strength 0.5, no blur (B.9).",
         simclrCifar10()},
        {"simclr-v2",
         "SimCLR v2 (Chen et al. 2020) keeps the augmentation of v1, at strength 1 and with blur.",
         simclrImageNet("SimCLR v2")},
        {"moco-v2",
         "MoCo v2 (Chen, Fan, Girshick, He 2020): crops from 0.2, jitter 0.4, 0.4, 0.4, 0.1, blur.",
         mocoV2()},
        {"byol",
         "BYOL (Grill et al. 2020, App. B): weaker jitter; one view always blurred, the other rarely blurred "
         "and sometimes solarised.",
         byol()},
        {"swav-global",
         "The two large crops of SwAV (Caron et al. 2020): area from 0.14, colour distortion 1.",
         swavGlobal()},
        {"supervised", "The usual augmentation of supervised ImageNet training: crop and flip.",
         cropAndFlip("Supervised")},
        {"auto-augment",
         "Crop, flip and AutoAugment, learnt for supervised training (Table 1: 61.1 against 64.5).",
         withPolicy("AutoAugment", "auto_augment")},
        {"rand-augment", "Crop, flip and RandAugment (Cubuk et al. 2020).",
         withPolicy("RandAugment", "rand_augment")},
        {"crop-only", "Crop and flip without colour distortion, which Figure 5 shows to be too easy.",
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
        throw InvalidInput("unknown pipeline \"" + toValidUtf8(presetOrPath) +
                           "\": neither a file nor one of " + known);
    return readPipeline(presetOrPath, FileKinds::AlsoPipes);
}

Pipeline usablePipeline(const std::string &presetOrPath) {
    Pipeline pipeline = pipelineByName(presetOrPath);
    checkPipeline(pipeline, toValidUtf8(presetOrPath));
    return pipeline;
}

} // namespace simclr
