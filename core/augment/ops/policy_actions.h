// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of AutoAugment and RandAugment, with the strengths of torchvision.
#pragma once

#include "core/augment/operation.h"
#include "core/image/warp.h"

namespace simclr {

/// In the order of torchvision's RandAugment, with the one that only AutoAugment has at the end.
enum class PolicyAction : std::uint8_t {
    Identity,
    ShearX,
    ShearY,
    TranslateX,
    TranslateY,
    Rotate,
    Brightness,
    Saturation, ///< "Color"
    Contrast,
    Sharpness,
    Posterize,
    Solarize,
    AutoContrast,
    Equalize,
    Invert
};

constexpr std::size_t randAugmentActions = 14;
constexpr std::size_t policyActions = 15;

/// Its name in the papers and in torchvision: "ShearX".
const char *nameOf(PolicyAction action);

/// Whether its magnitude is negated in half of the cases.
bool isSigned(PolicyAction action);

/// The strength of `action` at `bin` of 0 … `bins` − 1 (at least 2 of them), in its own unit: shears as a
/// slope, translations in pixels of an image of `width` × `height`, rotations in degrees counterclockwise,
/// factors minus 1, bits, the threshold of the solarisation; 0 if it has no strength.
double magnitudeOf(PolicyAction action, int bin, int bins, int width, int height);

/// How the geometric actions resample.
struct PolicyCanvas {
    Interpolation interpolation = Interpolation::Nearest;
    Color fill{};
};

/// Applies the action. Shears keep the top left corner fixed, as in torchvision; rotations the centre.
void applyAction(PolicyAction action, double magnitude, const PolicyCanvas &canvas, Image &image);

/// Logs the action in `draws`.
void noteAction(PolicyAction action, double magnitude, RandomStream &draws);

} // namespace simclr
