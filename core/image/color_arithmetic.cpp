// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/color_arithmetic.h"

#include "core/image/kernels/pixel_kernels.h"

#include <cmath>

namespace simclr {

namespace {

constexpr double one = 1 << 16; ///< of the kernels' fixed point

int fixedPoint(double number) {
    return static_cast<int>(std::lround(number * one));
}

/// pivot + factor · (level − pivot), rounded and clipped to 0…255, for every level.
void stretch(Planes &planes, double pivot, double factor) {
    pixelKernels().stretch(planes.levels.data(), planes.levels.size(), fixedPoint(factor),
                           fixedPoint(pivot - factor * pivot + 0.5));
}

} // namespace

void Planes::split(const Image &image) {
    pixels = image.byteCount() / Image::channels;
    levels.resize(image.byteCount());
    for (std::size_t channel = 0; channel < plane.size(); ++channel)
        plane[channel] = levels.data() + channel * pixels;
    pixelKernels().split(image.data(), pixels, plane.data());
}

void Planes::joinInto(Image &image) const {
    pixelKernels().join(plane.data(), pixels, image.data());
}

void changeBrightness(Planes &planes, double factor) {
    stretch(planes, 0, factor);
}

/// The pivot is the mean grey level rounded to a whole one, as in PIL's ImageEnhance.Contrast.
void changeContrast(Planes &planes, double factor) {
    double grey = 0;
    for (std::size_t channel = 0; channel < greyWeights.size(); ++channel)
        grey += greyWeights[channel] *
                static_cast<double>(pixelKernels().sum(planes.plane[channel], planes.pixels));
    stretch(planes, std::floor(grey / one / static_cast<double>(planes.pixels) + 0.5), factor);
}

/// The weights sum to one, so that grey is unchanged.
void changeSaturation(Planes &planes, double factor) {
    const int scale = fixedPoint(factor);
    std::array<int, 3> grey;
    for (std::size_t channel = 0; channel < grey.size(); ++channel)
        grey[channel] = static_cast<int>(std::lround((1 - factor) * greyWeights[channel]));
    grey[1] = fixedPoint(1) - scale - grey[0] - grey[2];
    pixelKernels().saturate(planes.plane.data(), planes.pixels, scale, grey);
}

void changeHue(Planes &planes, double turn) {
    const int shift = static_cast<int>(std::lround(turn * 256)) & 255;
    if (shift != 0)
        pixelKernels().turnHue(planes.plane.data(), planes.pixels, shift);
}

void changeColors(Image &image, ColorChange change, double amount) {
    thread_local Planes planes;
    planes.split(image);
    change(planes, amount);
    planes.joinInto(image);
}

} // namespace simclr
