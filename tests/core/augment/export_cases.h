// SPDX-License-Identifier: GPL-3.0-or-later
// Pipelines whose exported programs are run and compared with views rendered by this program.
#pragma once

#include "core/augment/operation.h"
#include "core/augment/pipeline.h"

#include <optional>
#include <string>
#include <vector>

namespace simclr::test {

/// `picture` names one of the images that the test writes.
struct ExportCase {
    std::string name;
    Pipeline pipeline;
    std::string picture = "view"; ///< of the view's size, so that only the operation is compared
    int viewSize = 32;
    std::optional<Pipeline> drawn = {}; ///< the pipeline rendered by this program, if different
};

/// Sets a parameter of a step that makeStep() made.
struct Setting {
    const char *id;
    Value value;
};

inline PipelineStep stepOf(const std::string &operation, double probability,
                           const std::vector<Setting> &settings = {},
                           const std::vector<PipelineStep> &parts = {}) {
    PipelineStep step = makeStep(operation);
    step.probability = probability;
    for (const Setting &setting : settings)
        step.parameters.at(setting.id) = setting.value;
    step.steps = parts;
    return step;
}

/// Every operation with its initial parameters: with probability 1, with p = 0.5, and with p = 0.5 within a
/// group.
inline void addEveryOperation(std::vector<ExportCase> &cases) {
    for (const OperationType &type : operationTypes()) {
        if (type.isCombination())
            continue;
        cases.push_back({type.id, {"", {stepOf(type.id, 1)}}});
        // Batches of non-square images cannot be rotated by quarters.
        if (type.id != "rotate_quarters") {
            cases.push_back({type.id + ", wide picture", {"", {stepOf(type.id, 1)}}, "wide"});
            cases.push_back({type.id + ", small picture", {"", {stepOf(type.id, 1)}}, "small"});
        }
        cases.push_back({type.id + ", p = 0.5", {"", {stepOf(type.id, 0.5)}}});
        cases.push_back(
            {type.id + ", in a group, p = 0.5", {"", {stepOf("group", 1, {}, {stepOf(type.id, 0.5)})}}});
    }
}

inline void addEdge(std::vector<ExportCase> &cases, const std::string &operation, const std::string &what,
                    const std::vector<Setting> &settings, const std::string &picture = "view") {
    cases.push_back({operation + ", " + what, {"", {stepOf(operation, 1, settings)}}, picture});
}

inline void addGeometryEdges(std::vector<ExportCase> &cases) {
    addEdge(cases, "random_resized_crop", "all of it", {{"area", Range{1, 1}}}, "wide");
    addEdge(cases, "random_resized_crop", "most of it", {{"area", Range{0.75, 1}}}, "wide");
    addEdge(cases, "random_resized_crop", "small and long",
            {{"area", Range{0.05, 0.2}}, {"aspect", Range{0.25, 0.5}}}, "wide");
    addEdge(cases, "center_crop", "half", {{"share", 0.5}}, "wide");
    addEdge(cases, "resize", "cropped", {{"shape", "crop"}}, "wide");
    addEdge(cases, "rotation", "to one side, grey", {{"angle", Range{10, 60}}, {"fill", "grey"}});
    addEdge(cases, "rotation", "to one side", {{"angle", Range{10, 60}}});
    addEdge(cases, "affine", "shifts across alone",
            {{"translate_x", 0.4}, {"translate_y", 0.0}, {"scale", Range{1, 1}}, {"shear_x", Range{0, 0}}});
    addEdge(cases, "affine", "turned to one side, sheared down, grey",
            {{"angle", Range{10, 40}}, {"shear_y", Range{10, 30}}, {"fill", "grey"}});
    addEdge(cases, "affine", "sheared across to one side", {{"shear_x", Range{20, 40}}});
    addEdge(cases, "perspective", "strong, grey", {{"distortion", 0.9}, {"fill", "grey"}});
    addEdge(cases, "cutout", "large, black", {{"side", Range{0.7, 0.9}}, {"fill", "black"}});
    addEdge(cases, "cutout", "nothing", {{"side", Range{0, 0}}});
}

inline void addColorEdges(std::vector<ExportCase> &cases) {
    addEdge(cases, "color_jitter", "strongest",
            {{"brightness", 2.0}, {"contrast", 2.0}, {"saturation", 2.0}, {"hue", 0.5}});
    addEdge(cases, "color_jitter", "nothing",
            {{"brightness", 0.0}, {"contrast", 0.0}, {"saturation", 0.0}, {"hue", 0.0}});
    addEdge(cases, "color_jitter", "weak",
            {{"brightness", 0.4}, {"contrast", 0.4}, {"saturation", 0.2}, {"hue", 0.1}});
    for (const char *operation : {"brightness", "contrast", "saturation"}) {
        addEdge(cases, operation, "none to some", {{"factor", Range{0, 0.4}}});
        addEdge(cases, operation, "strong", {{"factor", Range{2, 3}}});
        addEdge(cases, operation, "always the same", {{"factor", Range{1.5, 1.5}}});
    }
    addEdge(cases, "hue", "to one side", {{"turn", Range{0.05, 0.3}}});
    addEdge(cases, "hue", "the whole circle", {{"turn", Range{-0.5, 0.5}}});
    addEdge(cases, "solarize", "drawn", {{"threshold", Range{40, 200}}});
    addEdge(cases, "solarize", "all", {{"threshold", Range{0, 0}}});
    addEdge(cases, "solarize", "of none", {{"threshold", Range{256, 256}}});
    addEdge(cases, "posterize", "few bits", {{"bits", Range{1, 3}}});
    addEdge(cases, "posterize", "always two", {{"bits", Range{2, 2}}});
    addEdge(cases, "posterize", "up to all", {{"bits", Range{6, 8}}});
    addEdge(cases, "autocontrast", "cut off", {{"cutoff", 10.0}});
    addEdge(cases, "normalize", "ImageNet", {{"statistics", "imagenet"}, {"strength", 0.5}});
    addEdge(cases, "normalize", "CIFAR-10", {{"statistics", "cifar10"}, {"deviations", 1.0}});
}

inline void addFilterEdges(std::vector<ExportCase> &cases) {
    addEdge(cases, "gaussian_blur", "strong", {{"sigma", Range{2, 4}}, {"kernel", 0.5}});
    addEdge(cases, "gaussian_blur", "drawn widely", {{"sigma", Range{0, 6}}, {"kernel", 0.3}});
    addEdge(cases, "gaussian_blur", "of nothing", {{"sigma", Range{0, 0}}});
    addEdge(cases, "gaussian_noise", "strong", {{"sigma", Range{0.2, 0.5}}});
    addEdge(cases, "gaussian_noise", "none", {{"sigma", Range{0, 0}}});
    addEdge(cases, "sobel", "half, of channels", {{"strength", 0.5}, {"of", "channels"}});
    addEdge(cases, "sharpness", "strong", {{"strength", 3.0}});
    addEdge(cases, "jpeg", "poor", {{"quality", Range{1, 20}}});
    for (const char *policy : {"cifar10", "svhn"})
        addEdge(cases, "auto_augment", policy,
                {{"policy", policy}, {"interpolation", "bilinear"}, {"fill", "grey"}});
    addEdge(cases, "rand_augment", "strongest",
            {{"num_ops", std::int64_t{1}}, {"magnitude", std::int64_t{40}}, {"interpolation", "bilinear"}});
    addEdge(cases, "rand_augment", "of nothing", {{"num_ops", std::int64_t{0}}});
}

/// Parts that do not commute, so that their order is visible.
inline std::vector<PipelineStep> partsOf(double probability) {
    return {stepOf("brightness", probability, {{"factor", Range{1.8, 2.2}}}), stepOf("invert", probability),
            stepOf("solarize", probability, {{"threshold", Range{100, 100}}}),
            stepOf("cutout", probability, {{"side", Range{0.5, 0.5}}})};
}

inline void addCombinations(std::vector<ExportCase> &cases) {
    for (const OperationType &type : operationTypes()) {
        if (!type.isCombination())
            continue;
        for (const double chance : {1.0, 0.5}) {
            const std::string parts = chance < 1 ? "parts by chance" : "certain parts";
            cases.push_back({type.id + ", " + parts, {"", {stepOf(type.id, 1, {}, partsOf(chance))}}});
            cases.push_back(
                {type.id + ", p = 0.3, " + parts, {"", {stepOf(type.id, 0.3, {}, partsOf(chance))}}});
        }
        cases.push_back({type.id + " of nothing", {"", {stepOf(type.id, 1)}}});
        PipelineStep unknown;
        unknown.operation = "unheard of";
        unknown.foreign = {{"operation", "unheard of"}};
        PipelineStep off = stepOf("color_drop", 1);
        off.enabled = false;
        // An unknown part keeps its position, as a no-op.
        cases.push_back(
            {type.id + " with an unknown part and one switched off",
             {"", {stepOf(type.id, 1, {}, {unknown, off, stepOf("invert", 1)})}},
             "view",
             32,
             Pipeline{"",
                      {stepOf(type.id, 1, {},
                              {stepOf("hue", 1, {{"turn", Range{0, 0}}}), stepOf("invert", 1)})}}});
    }
}

inline void addChoices(std::vector<ExportCase> &cases) {
    cases.push_back({"one_of, weights",
                     {"",
                      {stepOf("one_of", 1, {},
                              {stepOf("invert", 0.1), stepOf("color_drop", 0.6), stepOf("equalize", 0),
                               stepOf("vertical_flip", 0.2)})}}});
    cases.push_back({"one_of, all without a chance",
                     {"", {stepOf("one_of", 1, {}, {stepOf("invert", 0), stepOf("color_drop", 0)})}}});
    cases.push_back(
        {"some_of, more than there are", {"", {stepOf("some_of", 1, {{"count", Range{2, 9}}}, partsOf(1))}}});
    cases.push_back(
        {"some_of, none or one", {"", {stepOf("some_of", 1, {{"count", Range{0, 1}}}, partsOf(1))}}});
    const PipelineStep darker = stepOf("brightness", 1, {{"factor", Range{0.8, 0.8}}});
    cases.push_back(
        {"some_of, counted",
         {"", {stepOf("some_of", 1, {{"count", Range{1, 3}}}, {darker, darker, darker, darker})}}});
    cases.push_back(
        {"some_of, always two",
         {"", {stepOf("some_of", 1, {{"count", Range{2, 2}}}, {darker, darker, darker, darker})}}});
}

inline void addNested(std::vector<ExportCase> &cases) {
    const PipelineStep inner = stepOf("random_order", 0.7, {}, partsOf(0.8));
    const PipelineStep choice = stepOf("one_of", 1, {}, {inner, stepOf("group", 0.5, {}, partsOf(1))});
    cases.push_back(
        {"nested", {"", {stepOf("group", 0.8, {}, {choice, stepOf("some_of", 1, {}, partsOf(0.5))})}}});
    cases.push_back({"a crop within a group",
                     {"",
                      {stepOf("group", 1, {}, {stepOf("random_resized_crop", 1), stepOf("gaussian_blur", 1)}),
                       stepOf("horizontal_flip", 0.5)}},
                     "wide"});
}

/// Bicubic interpolation overshoots at the edges of this image: levels must be clipped before the next step.
inline void addOvershoots(std::vector<ExportCase> &cases) {
    const PipelineStep crop = stepOf("random_resized_crop", 1, {{"area", Range{0.1, 0.2}}});
    cases.push_back(
        {"overshoot, halved", {"", {crop, stepOf("brightness", 1, {{"factor", Range{0.5, 0.5}}})}}, "sharp"});
    cases.push_back(
        {"overshoot, in bytes", {"", {crop, stepOf("posterize", 1, {{"bits", Range{8, 8}}})}}, "sharp"});
}

inline void addPipelines(std::vector<ExportCase> &cases) {
    for (const PipelinePreset &preset : pipelinePresets()) {
        cases.push_back({preset.id, preset.pipeline, "wide"});
        cases.push_back({preset.id + ", large", preset.pipeline, "large", 224});
    }
    Pipeline branches = pipelineByName("crop-only");
    branches.secondSteps = {stepOf("resize", 1), stepOf("normalize", 0.5), stepOf("vertical_flip", 0.2)};
    cases.push_back({"two branches", branches, "wide"});
    cases.push_back({"two branches, small picture", branches, "small"});
}

inline std::vector<ExportCase> exportCases() {
    std::vector<ExportCase> cases;
    addEveryOperation(cases);
    addGeometryEdges(cases);
    addColorEdges(cases);
    addFilterEdges(cases);
    addCombinations(cases);
    addChoices(cases);
    addNested(cases);
    addOvershoots(cases);
    addPipelines(cases);
    return cases;
}

} // namespace simclr::test
