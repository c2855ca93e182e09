// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/policy_actions.h"

#include "core/image/color_arithmetic.h"
#include "core/image/level_mapping.h"
#include "core/image/projection.h"
#include "core/image/sharpen.h"

#include <array>
#include <cmath>
#include <utility>

namespace simclr {

namespace {

enum class Unit { None, Slope, Pixels, Degrees, Factor, Bits, Level };

struct ActionText {
    const char *name;
    Unit unit;
};

constexpr std::array<ActionText, policyActions> texts{{{"Identity", Unit::None},
                                                       {"ShearX", Unit::Slope},
                                                       {"ShearY", Unit::Slope},
                                                       {"TranslateX", Unit::Pixels},
                                                       {"TranslateY", Unit::Pixels},
                                                       {"Rotate", Unit::Degrees},
                                                       {"Brightness", Unit::Factor},
                                                       {"Color", Unit::Factor},
                                                       {"Contrast", Unit::Factor},
                                                       {"Sharpness", Unit::Factor},
                                                       {"Posterize", Unit::Bits},
                                                       {"Solarize", Unit::Level},
                                                       {"AutoContrast", Unit::None},
                                                       {"Equalize", Unit::None},
                                                       {"Invert", Unit::None}}};

const ActionText &textOf(PolicyAction action) {
    return texts[static_cast<std::size_t>(action)];
}

/// At most 150 of AutoAugment's 331 pixels; exact integers.
int translation(int side, int bin, int bins) {
    return static_cast<int>(std::int64_t{150} * side * bin / (std::int64_t{331} * (bins - 1)));
}

Projection projectionOf(PolicyAction action, double magnitude, const Image &image) {
    switch (action) {
    case PolicyAction::ShearX:
        return {.b = magnitude};
    case PolicyAction::ShearY:
        return {.d = magnitude};
    case PolicyAction::TranslateX:
        return {.c = -magnitude};
    case PolicyAction::TranslateY:
        return {.f = -magnitude};
    default:
        return affineProjection({.angle = -magnitude}, image.width(), image.height());
    }
}

void applyGeometry(PolicyAction action, double magnitude, const PolicyCanvas &canvas, Image &image) {
    thread_local Image target;
    warped(image, projectionOf(action, magnitude, image), canvas.interpolation, canvas.fill, target);
    std::swap(image, target);
}

void applySharpness(double factor, Image &image) {
    thread_local Image target;
    sharpened(image, factor, target);
    std::swap(image, target);
}

} // namespace

const char *nameOf(PolicyAction action) {
    return textOf(action).name;
}

bool isSigned(PolicyAction action) {
    const Unit unit = textOf(action).unit;
    return unit == Unit::Slope || unit == Unit::Pixels || unit == Unit::Degrees || unit == Unit::Factor;
}

double magnitudeOf(PolicyAction action, int bin, int bins, int width, int height) {
    const double highest = bins - 1;
    switch (textOf(action).unit) {
    case Unit::None:
        return 0;
    case Unit::Slope:
        return 0.3 * bin / highest;
    case Unit::Pixels:
        return translation(action == PolicyAction::TranslateX ? width : height, bin, bins);
    case Unit::Degrees:
        return 30 * bin / highest;
    case Unit::Factor:
        return 0.9 * bin / highest;
    case Unit::Bits:
        return 8 - std::nearbyint(4 * bin / highest);
    case Unit::Level:
        return 255 * (highest - bin) / highest;
    }
    return 0;
}

void applyAction(PolicyAction action, double magnitude, const PolicyCanvas &canvas, Image &image) {
    switch (action) {
    case PolicyAction::Identity:
        return;
    case PolicyAction::ShearX:
    case PolicyAction::ShearY:
    case PolicyAction::TranslateX:
    case PolicyAction::TranslateY:
    case PolicyAction::Rotate:
        return applyGeometry(action, magnitude, canvas, image);
    case PolicyAction::Brightness:
        return changeColors(image, changeBrightness, 1 + magnitude);
    case PolicyAction::Saturation:
        return changeColors(image, changeSaturation, 1 + magnitude);
    case PolicyAction::Contrast:
        return changeColors(image, changeContrast, 1 + magnitude);
    case PolicyAction::Sharpness:
        return applySharpness(1 + magnitude, image);
    case PolicyAction::Posterize:
        return posterize(image, static_cast<int>(magnitude));
    case PolicyAction::Solarize:
        return solarize(image, magnitude);
    case PolicyAction::AutoContrast:
        return autocontrast(image);
    case PolicyAction::Equalize:
        return equalize(image);
    case PolicyAction::Invert:
        return invert(image);
    }
}

void noteAction(PolicyAction action, double magnitude, RandomStream &draws) {
    switch (textOf(action).unit) {
    case Unit::None:
        return draws.note("operation", std::string(nameOf(action)));
    case Unit::Pixels:
        return draws.note(nameOf(action), magnitude, " px");
    case Unit::Degrees:
        return draws.note(nameOf(action), magnitude, "°");
    case Unit::Factor:
        return draws.note(nameOf(action), 1 + magnitude);
    case Unit::Bits:
        return draws.note(nameOf(action), magnitude, " bits");
    case Unit::Slope:
    case Unit::Level:
        return draws.note(nameOf(action), magnitude);
    }
}

} // namespace simclr
