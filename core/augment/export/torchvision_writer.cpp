// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/export/python_text.h"
#include "core/augment/export/step_writer.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace simclr::python {

namespace {

/// What is needed to write one operation.
struct Source : StepPlace {
    std::string module; ///< "transforms" or "v2"
    bool isSecondVersion;
    int viewSize;

    std::string name(const char *function) const { return module + "." + function; }
    std::string chance() const { return named("p", probability); }
    std::string fill() const { return named("fill", std::string(std::to_string(fillLevel(text("fill"))))); }
    std::string side() const { return std::to_string(viewSize); }
    std::string interpolation(const char *how) const {
        return "interpolation=" + module + ".InterpolationMode." + how;
    }
};

constexpr const char *ownFunction = "a helper function is used";
constexpr const char *countLack = "it cannot sample the number of steps; a helper class is used";

/// An operation of torchvision without a probability parameter.
StepText plain(std::string code) {
    return {.code = std::move(code)};
}
/// One with a probability parameter.
StepText chanced(std::string code) {
    return {.code = std::move(code), .hasChance = true};
}
StepText own(std::string code, const std::string &what) {
    return {.code = std::move(code), .lack = what + "; " + ownFunction};
}

StepText randomResizedCrop(const Source &at) {
    return plain(call(at.name("RandomResizedCrop"),
                      {at.side(), named("scale", at.range("area")), named("ratio", at.range("aspect")),
                       at.interpolation("BICUBIC")}));
}

StepText centreSquare(const Source &at, double share) {
    return own(call("MiddleSquare", {at.side(), named("share", share)}),
               "the square's side is a fraction of the image's");
}

StepText resize(const Source &at) {
    if (at.text("shape") == "crop")
        return centreSquare(at, 1);
    return plain(
        call(at.name("Resize"), {"(" + at.side() + ", " + at.side() + ")", at.interpolation("BICUBIC")}));
}

StepText rotation(const Source &at) {
    return plain(
        call(at.name("RandomRotation"), {pair(at.range("angle")), at.interpolation("BILINEAR"), at.fill()}));
}

StepText affine(const Source &at) {
    const Range x = at.range("shear_x");
    const Range y = at.range("shear_y");
    const std::string shears = "shear=(" + numberText(x.low) + ", " + numberText(x.high) + ", " +
                               numberText(y.low) + ", " + numberText(y.high) + ")";
    return plain(call(at.name("RandomAffine"),
                      {pair(at.range("angle")),
                       named("translate", Range{at.real("translate_x"), at.real("translate_y")}),
                       named("scale", at.range("scale")), shears, at.interpolation("BILINEAR"), at.fill()}));
}

StepText perspective(const Source &at) {
    return chanced(
        call(at.name("RandomPerspective"), {named("distortion_scale", at.real("distortion")), at.chance(),
                                            at.interpolation("BILINEAR"), at.fill()}));
}

StepText cutout(const Source &at) {
    return own(call("Pixels", {"cutout", named("side", at.range("side")), at.fill()}),
               "RandomErasing keeps its rectangle inside the image");
}

StepText colorJitter(const Source &at) {
    std::vector<std::string> strengths;
    for (const char *id : {"brightness", "contrast", "saturation", "hue"})
        strengths.push_back(named(id, at.real(id)));
    return plain(call(at.name("ColorJitter"), strengths));
}

StepText oneColor(const Source &at, const char *what, const char *parameter) {
    return plain(call(at.name("ColorJitter"), {named(what, at.range(parameter))}));
}

StepText solarize(const Source &at) {
    const Range threshold = at.range("threshold");
    constexpr double highestByte = 255;
    if (threshold.low == threshold.high && threshold.high <= highestByte)
        return chanced(call(at.name("RandomSolarize"), {named("threshold", threshold.low), at.chance()}));
    return own(call("Pixels", {"solarize", named("threshold", threshold)}),
               "RandomSolarize has one threshold, and none above 255");
}

StepText posterize(const Source &at) {
    const auto fewest = std::lround(at.range("bits").low);
    const auto most = std::lround(at.range("bits").high);
    const auto keeping = [&](long bits, double p) {
        return call(at.name("RandomPosterize"), {"bits=" + std::to_string(bits), named("p", p)});
    };
    if (fewest == most)
        return chanced(keeping(fewest, at.probability));
    std::string items;
    for (long bits = fewest; bits <= most; ++bits)
        items += item({}, keeping(bits, 1));
    return plain(listCall(at.name("RandomChoice"), items));
}

StepText autocontrast(const Source &at) {
    if (at.real("cutoff") == 0)
        return chanced(call(at.name("RandomAutocontrast"), {at.chance()}));
    return own(call("Pixels", {"autocontrast", named("cutoff", at.real("cutoff"))}),
               "RandomAutocontrast has no cut-off");
}

StepText normalize(const Source &at) {
    std::vector<std::string> arguments{"normalize", named("deviations", at.real("deviations")),
                                       named("strength", at.real("strength"))};
    if (at.text("statistics") == "imagenet")
        arguments.insert(arguments.end(), {"mean=(0.485, 0.456, 0.406)", "std=(0.229, 0.224, 0.225)"});
    if (at.text("statistics") == "cifar10")
        arguments.insert(arguments.end(), {"mean=(0.4914, 0.4822, 0.4465)", "std=(0.247, 0.2435, 0.2616)"});
    return own(call("Pixels", arguments), "Normalize leaves the range of bytes");
}

StepText gaussianBlur(const Source &at) {
    const int kernel = blurKernel(at.real("kernel"), at.viewSize);
    const Range sigma = at.range("sigma");
    if (kernel == 1 || sigma.high <= 0)
        return {.code = "torch.nn.Identity()",
                .remark = "Gaussian blur: changes nothing in views of this size"};
    return plain(
        call(at.name("GaussianBlur"), {named("kernel_size", kernel), named("sigma", positiveSigmas(sigma))}));
}

StepText gaussianNoise(const Source &at) {
    return own(call("Pixels", {"gaussian_noise", named("sigma", at.range("sigma"))}),
               at.isSecondVersion ? "GaussianNoise takes no bytes and has one strength" : "it adds no noise");
}

StepText sobel(const Source &at) {
    return own(call("Pixels", {"sobel", named("strength", at.real("strength")),
                               std::string("grey=") + (at.text("of") == "grey" ? "True" : "False")}),
               "it has no edge filter");
}

StepText sharpness(const Source &at) {
    const double strength = at.real("strength");
    return own(call("Sharpness", {numberText(std::max(0.0, 1 - strength)), numberText(1 + strength)}),
               "RandomAdjustSharpness has one factor");
}

StepText jpeg(const Source &at) {
    const auto lowest = std::to_string(static_cast<int>(at.range("quality").low));
    const auto highest = std::to_string(static_cast<int>(at.range("quality").high));
    if (at.isSecondVersion)
        return plain(call("v2.JPEG", {"quality=(" + lowest + ", " + highest + ")"}));
    return own(call("Pixels", {"jpeg", "lowest=" + lowest, "highest=" + highest}), "version 1 has no JPEG");
}

std::string policyInterpolation(const Source &at) {
    return at.interpolation(at.text("interpolation") == "bilinear" ? "BILINEAR" : "NEAREST");
}

StepText autoAugment(const Source &at) {
    std::string policy = at.text("policy");
    std::ranges::transform(policy, policy.begin(), [](unsigned char letter) { return std::toupper(letter); });
    return plain(call(at.name("AutoAugment"),
                      {at.name("AutoAugmentPolicy.") + policy, policyInterpolation(at), at.fill()}));
}

StepText randAugment(const Source &at) {
    const int bins = at.whole("num_magnitude_bins");
    return plain(call(at.name("RandAugment"),
                      {named("num_ops", at.whole("num_ops")),
                       named("magnitude", std::min(at.whole("magnitude"), bins - 1)),
                       named("num_magnitude_bins", bins), policyInterpolation(at), at.fill()}));
}

StepText simple(const Source &at, const char *function) {
    return chanced(call(at.name(function), {at.chance()}));
}

using Writer = StepText (*)(const Source &);

const std::map<std::string, Writer> &writers() {
    static const std::map<std::string, Writer> all{
        {"random_resized_crop", randomResizedCrop},
        {"center_crop", [](const Source &at) { return centreSquare(at, at.real("share")); }},
        {"resize", resize},
        {"horizontal_flip", [](const Source &at) { return simple(at, "RandomHorizontalFlip"); }},
        {"vertical_flip", [](const Source &at) { return simple(at, "RandomVerticalFlip"); }},
        {"rotate_quarters",
         [](const Source &) { return own("Pixels(quarter_turns)", "it rotates by arbitrary angles only"); }},
        {"rotation", rotation},
        {"affine", affine},
        {"perspective", perspective},
        {"cutout", cutout},
        {"color_jitter", colorJitter},
        {"color_drop", [](const Source &at) { return simple(at, "RandomGrayscale"); }},
        {"brightness", [](const Source &at) { return oneColor(at, "brightness", "factor"); }},
        {"contrast", [](const Source &at) { return oneColor(at, "contrast", "factor"); }},
        {"saturation", [](const Source &at) { return oneColor(at, "saturation", "factor"); }},
        {"hue", [](const Source &at) { return oneColor(at, "hue", "turn"); }},
        {"solarize", solarize},
        {"posterize", posterize},
        {"equalize", [](const Source &at) { return simple(at, "RandomEqualize"); }},
        {"autocontrast", autocontrast},
        {"invert", [](const Source &at) { return simple(at, "RandomInvert"); }},
        {"normalize", normalize},
        {"gaussian_blur", gaussianBlur},
        {"gaussian_noise", gaussianNoise},
        {"sobel", sobel},
        {"sharpness", sharpness},
        {"jpeg", jpeg},
        {"auto_augment", autoAugment},
        {"rand_augment", randAugment},
    };
    return all;
}

std::string weights(const std::vector<PipelineStep> &steps) {
    std::string list;
    for (const PipelineStep &step : steps)
        if (step.enabled)
            list += (list.empty() ? "" : ", ") + numberText(step.probability);
    return "p=[" + list + "]";
}

} // namespace

TorchvisionWriter::TorchvisionWriter(bool isSecondVersion, int viewSize)
    : StepWriter(isSecondVersion ? "torchvision.transforms.v2" : "torchvision.transforms", viewSize),
      m_module(isSecondVersion ? "v2" : "transforms"),
      m_isSecondVersion(isSecondVersion) {}

StepText TorchvisionWriter::write(const StepPlace &at) {
    return withChance(at);
}

StepText TorchvisionWriter::withChance(const StepPlace &at) {
    StepText text = operation(at);
    if (text.code.empty())
        text = combination(at);
    if (!text.hasChance && at.probability < 1)
        text.code = listCall(m_module + ".RandomApply", item({}, text.code), named("p", at.probability));
    text.hasChance = true;
    return text;
}

std::string TorchvisionWriter::lackOf(const StepPlace &at) {
    return at.step.operation == "some_of" ? countLack : operation(at).lack;
}

StepText TorchvisionWriter::operation(const StepPlace &at) const {
    const auto writer = writers().find(at.step.operation);
    if (writer == writers().end())
        return {};
    return writer->second({at, m_module, m_isSecondVersion, viewSize()});
}

StepText TorchvisionWriter::combination(const StepPlace &at) {
    if (combinesNothing(at.step))
        return {.code = nothing(), .hasChance = true, .remark = "an empty combination"};
    if (at.step.operation == "one_of")
        return plain(listCall(m_module + ".RandomChoice", partItems(at, true), weights(at.step.steps)));
    const std::string parts = partItems(at, false);
    if (at.step.operation == "random_order")
        return plain(listCall(m_module + ".RandomOrder", parts));
    if (at.step.operation == "some_of") {
        const Range count = at.range("count");
        return {.code = listCall("SomeOf", parts,
                                 "fewest=" + std::to_string(std::lround(count.low)) +
                                     ", most=" + std::to_string(std::lround(count.high))),
                .lack = countLack};
    }
    if (at.probability < 1)
        return chanced(listCall(m_module + ".RandomApply", parts, named("p", at.probability)));
    return plain(listCall(m_module + ".Compose", parts));
}

std::string TorchvisionWriter::lastItem() const {
    return item({}, call("AsView", {std::to_string(viewSize())}));
}

} // namespace simclr::python
