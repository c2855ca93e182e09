// SPDX-License-Identifier: GPL-3.0-or-later
// The four operations of colour jitter, each as a separate operation.
#include "core/image/color_arithmetic.h"

#include "core/augment/ops/operations.h"

namespace simclr {

namespace {

/// A change by a uniformly sampled amount; `neutral` changes nothing.
template <ColorChange change>
struct ColorOperation : Operation {
    Range amount;
    const char *name;
    double neutral;

    ColorOperation(const Range &initial, const char *word, double nothing)
        : amount(initial), name(word), neutral(nothing) {}

    void apply(Image &image, RandomStream &draws, int /*viewSize*/) const override {
        const double sampled = draws.uniform(amount.low, amount.high);
        draws.note(name, sampled);
        if (sampled != neutral)
            changeColors(image, change, sampled);
    }
};

constexpr Range paperFactors{0.2, 1.8}; ///< 1 − 0.8 s to 1 + 0.8 s at the strength s = 1

struct Brightness final : ColorOperation<changeBrightness> {
    Brightness() : ColorOperation(paperFactors, "brightness", 1) {}
};
struct Contrast final : ColorOperation<changeContrast> {
    Contrast() : ColorOperation(paperFactors, "contrast", 1) {}
};
struct Saturation final : ColorOperation<changeSaturation> {
    Saturation() : ColorOperation(paperFactors, "saturation", 1) {}
};
struct Hue final : ColorOperation<changeHue> {
    Hue() : ColorOperation({-0.2, 0.2}, "hue", 0) {}
};

Parameter factor(std::string help) {
    return {
        .id = "factor", .title = "Factor", .help = std::move(help), .minimum = 0, .maximum = 3, .step = 0.05};
}

constexpr const char *origin = "SimCLR, App. A: one part of the colour jitter, at its strengths for s = 1";

template <typename T>
OperationType colorType(const char *id, const char *title, const char *help, Parameter parameter) {
    return operationType<T>({id, title, help, origin}, OperationCategory::Color, 0.8,
                            Description<T>().interval(&T::amount, std::move(parameter)));
}

} // namespace

OperationType brightnessType() {
    return colorType<Brightness>(
        "brightness", "Brightness",
        "Makes the image darker or brighter: levels are multiplied by a random factor and clipped.",
        factor("f in level′ = f · level, sampled uniformly; 1 changes nothing, 0 is black."));
}

OperationType contrastType() {
    return colorType<Contrast>(
        "contrast", "Contrast",
        "Multiplies the distance of levels from the image's mean grey by a random factor, and clips.",
        factor("f in level′ = mean grey + f · (level − mean grey), sampled uniformly; 1 changes nothing, 0 "
               "is uniform grey."));
}

OperationType saturationType() {
    return colorType<Saturation>(
        "saturation", "Saturation",
        "Makes colours paler or stronger: each pixel's distance from its own grey is multiplied by a random "
        "factor, clipped.",
        factor(
            "f in level′ = grey + f · (level − grey), sampled uniformly; 1 changes nothing, 0 gives grey."));
}

OperationType hueType() {
    return colorType<Hue>(
        "hue", "Hue", "Rotates the hue of all pixels by the same random angle (8-bit HSV).",
        {.id = "turn",
         .title = "Turn",
         .help =
             "Fraction of a full turn, sampled uniformly; 0 changes nothing, ±0.5 gives the opposite hue.",
         .minimum = -0.5,
         .maximum = 0.5,
         .step = 0.01,
         .unit = "turn"});
}

} // namespace simclr
