// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/export/equivalents.h"
#include "core/augment/export/python_text.h"

namespace simclr::python {

namespace {

/// Changes no image.
constexpr const char *nothing = "torch.nn.Identity()";

constexpr double highestBrightness = 2; ///< kornia refuses factors above it

/// Beyond it the sampled area and aspect ratio often do not fit into a long image. Then kornia crops at a
/// random position, while others crop the centre.
constexpr double largestSureArea = 0.75;

StepText randomResizedCrop(const ChancedStep &at) {
    if (at.probability < 1 || at.range("area").low > largestSureArea)
        return {};
    const std::string side = std::to_string(at.viewSize);
    const std::string crop =
        call("K.RandomResizedCrop",
             {"(" + side + ", " + side + ")", named("scale", at.range("area")),
              named("ratio", at.range("aspect")), "resample=\"bicubic\"", "align_corners=False"});
    return chanced(call("torch.nn.Sequential", {crop, "Clamp()"}));
}

StepText rotation(const ChancedStep &at) {
    if (at.text("fill") != "black")
        return {};
    return chanced(call("K.RandomRotation", {pair(at.range("angle")), "resample=\"bilinear\"", at.chance()}));
}

StepText colorJitter(const ChancedStep &at) {
    if (1 + at.real("brightness") > highestBrightness)
        return {};
    std::vector<std::string> arguments;
    for (const char *id : {"brightness", "contrast", "saturation", "hue"})
        arguments.push_back(named(id, at.real(id)));
    arguments.push_back(at.chance());
    StepText text = chanced(call("K.ColorJitter", arguments));
    text.remark = "the order of the four is sampled once per batch";
    return text;
}

StepText oneColor(const ChancedStep &at, const char *what, const char *parameter) {
    if (std::string(what) == "brightness" && at.range(parameter).high > highestBrightness)
        return {};
    return chanced(call("K.ColorJitter", {named(what, at.range(parameter)), at.chance()}));
}

StepText solarize(const ChancedStep &at) {
    constexpr double highestByte = 255;
    const Range threshold = at.range("threshold");
    if (threshold.high > highestByte)
        return {};
    return chanced(call("K.RandomSolarize", {named("thresholds", Range{threshold.low / highestByte,
                                                                       threshold.high / highestByte}),
                                             "additions=(0, 0)", at.chance()}));
}

StepText autocontrast(const ChancedStep &at) {
    return at.real("cutoff") == 0 ? chanced(call("K.RandomAutoContrast", {at.chance()})) : StepText{};
}

StepText gaussianBlur(const ChancedStep &at) {
    return blurCall(at, "K.RandomGaussianBlur", "kernel_size", "sigma", nothing);
}

const Equivalents &equivalents() {
    static const Equivalents all{
        {"random_resized_crop", randomResizedCrop},
        {"horizontal_flip", [](const ChancedStep &at) { return simpleCall(at, "K.RandomHorizontalFlip"); }},
        {"vertical_flip", [](const ChancedStep &at) { return simpleCall(at, "K.RandomVerticalFlip"); }},
        {"rotation", rotation},
        {"color_jitter", colorJitter},
        {"color_drop", [](const ChancedStep &at) { return simpleCall(at, "K.RandomGrayscale"); }},
        {"brightness", [](const ChancedStep &at) { return oneColor(at, "brightness", "factor"); }},
        {"contrast", [](const ChancedStep &at) { return oneColor(at, "contrast", "factor"); }},
        {"saturation", [](const ChancedStep &at) { return oneColor(at, "saturation", "factor"); }},
        {"hue", [](const ChancedStep &at) { return oneColor(at, "hue", "turn"); }},
        {"solarize", solarize},
        {"equalize", [](const ChancedStep &at) { return simpleCall(at, "K.RandomEqualize"); }},
        {"autocontrast", autocontrast},
        {"invert", [](const ChancedStep &at) { return simpleCall(at, "K.RandomInvert"); }},
        {"gaussian_blur", gaussianBlur},
    };
    return all;
}

/// A group with probability 1.
bool isSequence(const StepPlace &at) {
    return at.step.operation == "group" && at.probability == 1;
}

/// No code if kornia has no equivalent.
StepText equalOf(const StepPlace &at, int viewSize) {
    return equivalentOf(equivalents(), at, viewSize, nothing);
}

} // namespace

KorniaWriter::KorniaWriter(int viewSize) : StepWriter("kornia", viewSize), m_torchvision(true, viewSize) {}

StepText KorniaWriter::write(const StepPlace &at) {
    StepText text = equalOf(at, viewSize());
    if (!text.code.empty())
        return text;
    if (isSequence(at))
        return chanced("torch.nn.Sequential(\n" + partItems(at, false) + ")");
    return {.code = call("Each", {m_torchvision.withChance(at).code}),
            .lack = lackOf(at),
            .hasChance = true,
            .isAnothers = true};
}

std::string KorniaWriter::lackOf(const StepPlace &at) {
    if (isSequence(at) || !equalOf(at, viewSize()).code.empty())
        return {};
    const std::string other = m_torchvision.lackOf(at);
    std::string lack = (other.empty() ? std::string("torchvision's is used") : other) +
                       ", for each image separately, in bytes on the CPU";
    if (leavesSizeToChance(at.step, at.probability))
        return lack + ", which needs batches of images of the view size";
    return turnsQuarters(at.step) ? lack + ", which needs batches of square images" : lack;
}

std::string KorniaWriter::lastItem() const {
    return item({}, call("Each", {call("AsView", {std::to_string(viewSize())})}));
}

} // namespace simclr::python
