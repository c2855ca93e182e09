// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/export/equivalents.h"
#include "core/augment/export/python_text.h"

#include <algorithm>
#include <cmath>

namespace simclr::python {

namespace {

/// Changes no image.
constexpr const char *nothing = "A.NoOp()";

constexpr double highestByte = 255;

StepText randomResizedCrop(const ChancedStep &at) {
    const std::string side = std::to_string(at.viewSize);
    return chanced(call("A.RandomResizedCrop",
                        {"size=(" + side + ", " + side + ")", named("scale", at.range("area")),
                         named("ratio", at.range("aspect")), "interpolation=cv2.INTER_CUBIC", at.chance()}));
}

StepText resize(const ChancedStep &at) {
    if (at.text("shape") != "squeeze")
        return {};
    const std::string side = std::to_string(at.viewSize);
    return chanced(call("A.Resize", {side, side, "interpolation=cv2.INTER_CUBIC", at.chance()}));
}

StepText rotation(const ChancedStep &at) {
    return chanced(call("A.Rotate", {named("limit", at.range("angle")), "interpolation=cv2.INTER_LINEAR",
                                     "border_mode=cv2.BORDER_CONSTANT",
                                     "fill=" + std::to_string(fillLevel(at.text("fill"))), at.chance()}));
}

StepText colorJitter(const ChancedStep &at) {
    std::vector<std::string> arguments;
    for (const char *id : {"brightness", "contrast", "saturation"}) {
        const double strength = at.real(id);
        arguments.push_back(named(id, Range{std::max(0.0, 1 - strength), 1 + strength}));
    }
    arguments.push_back(named("hue", Range{0 - at.real("hue"), at.real("hue")}));
    arguments.push_back(at.chance());
    return chanced(call("A.ColorJitter", arguments));
}

StepText oneColor(const ChancedStep &at, const std::string &what, const char *parameter) {
    std::vector<std::string> arguments;
    for (const char *id : {"brightness", "contrast", "saturation"})
        arguments.push_back(named(id, what == id ? at.range(parameter) : Range{1, 1}));
    arguments.push_back(named("hue", what == "hue" ? at.range(parameter) : Range{0, 0}));
    arguments.push_back(at.chance());
    return chanced(call("A.ColorJitter", arguments));
}

StepText solarize(const ChancedStep &at) {
    const Range threshold = at.range("threshold");
    if (threshold.high > highestByte)
        return {};
    return chanced(call("A.Solarize", {named("threshold_range", Range{threshold.low / highestByte,
                                                                      threshold.high / highestByte}),
                                       at.chance()}));
}

StepText posterize(const ChancedStep &at) {
    const auto fewest = std::lround(at.range("bits").low);
    const auto most = std::lround(at.range("bits").high);
    constexpr long mostBits = 7; // the library rejects 8
    if (most > mostBits)
        return {};
    return chanced(
        call("A.Posterize",
             {"num_bits=(" + std::to_string(fewest) + ", " + std::to_string(most) + ")", at.chance()}));
}

StepText gaussianBlur(const ChancedStep &at) {
    return blurCall(at, "A.GaussianBlur", "blur_limit", "sigma_limit", nothing);
}

StepText autocontrast(const ChancedStep &at) {
    return at.real("cutoff") == 0 ? chanced(call("A.AutoContrast", {"method=\"pil\"", at.chance()}))
                                  : StepText{};
}

const Equivalents &equivalents() {
    static const Equivalents all{
        {"random_resized_crop", randomResizedCrop},
        {"resize", resize},
        {"horizontal_flip", [](const ChancedStep &at) { return simpleCall(at, "A.HorizontalFlip"); }},
        {"vertical_flip", [](const ChancedStep &at) { return simpleCall(at, "A.VerticalFlip"); }},
        {"rotation", rotation},
        {"color_jitter", colorJitter},
        {"color_drop", [](const ChancedStep &at) { return simpleCall(at, "A.ToGray"); }},
        {"brightness", [](const ChancedStep &at) { return oneColor(at, "brightness", "factor"); }},
        {"contrast", [](const ChancedStep &at) { return oneColor(at, "contrast", "factor"); }},
        {"saturation", [](const ChancedStep &at) { return oneColor(at, "saturation", "factor"); }},
        {"hue", [](const ChancedStep &at) { return oneColor(at, "hue", "turn"); }},
        {"solarize", solarize},
        {"posterize", posterize},
        {"autocontrast", autocontrast},
        {"invert", [](const ChancedStep &at) { return simpleCall(at, "A.InvertImg"); }},
        {"gaussian_blur", gaussianBlur},
    };
    return all;
}

/// No code if Albumentations has no equivalent.
StepText equalOf(const StepPlace &at, int viewSize) {
    return equivalentOf(equivalents(), at, viewSize, nothing);
}

} // namespace

AlbumentationsWriter::AlbumentationsWriter(int viewSize)
    : StepWriter("albumentations", viewSize), m_torchvision(false, viewSize) {}

StepText AlbumentationsWriter::write(const StepPlace &at) {
    StepText text = equalOf(at, viewSize());
    if (!text.code.empty())
        return text;
    if (at.step.operation == "group")
        return chanced(listCall("A.Sequential", partItems(at, false), named("p", at.probability)));
    const StepPlace certain{at.step, 1, at.place};
    return {.code = call("Pictures", {m_torchvision.withChance(certain).code, named("p", at.probability)}),
            .lack = lackOf(at),
            .hasChance = true,
            .isAnothers = true};
}

std::string AlbumentationsWriter::lackOf(const StepPlace &at) {
    if (at.step.operation == "group" || !equalOf(at, viewSize()).code.empty())
        return {};
    const std::string other = m_torchvision.lackOf(at);
    return other.empty() ? "torchvision's is used" : other;
}

std::string AlbumentationsWriter::lastItem() const {
    return item({}, call("Pictures", {call("AsView", {std::to_string(viewSize())})}));
}

} // namespace simclr::python
