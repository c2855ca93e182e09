// SPDX-License-Identifier: GPL-3.0-or-later
// The actions that AutoAugment and RandAugment choose from, at the strengths of torchvision.
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

/// How strong `action` is at `bin` of 0 … `bins` − 1 (at least 2 of them), in its own unit: shears as a
/// slope, translations in pixels of a picture of `width` × `height`, rotations in degrees counterclockwise,
/// factors less 1, bits, the threshold of the solarisation; 0 where it has no strength.
double magnitudeOf(PolicyAction action, int bin, int bins, int width, int height);

/// How the geometric actions draw.
struct PolicyCanvas {
    Interpolation interpolation = Interpolation::Nearest;
    Color fill{};
};

/// Does it to the picture. Shears hold the upper left corner, as torchvision's do; rotations the centre.
void applyAction(PolicyAction action, double magnitude, const PolicyCanvas &canvas, Image &image);

/// Tells `draws` that it is done.
void noteAction(PolicyAction action, double magnitude, RandomStream &draws);

} // namespace simclr
