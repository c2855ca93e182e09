// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"
#include "core/image/kernels/pixel_kernels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace simclr {

namespace {

constexpr double one = 1 << 16; ///< of the kernels' fixed point

/// A picture's three planes, one behind the other, while its colours change.
struct Planes {
    std::vector<std::uint8_t> levels;
    std::size_t pixels = 0;
    std::array<std::uint8_t *, Image::channels> plane{};

    void split(const Image &image) {
        pixels = image.byteCount() / Image::channels;
        levels.resize(image.byteCount());
        for (std::size_t channel = 0; channel < plane.size(); ++channel)
            plane[channel] = levels.data() + channel * pixels;
        pixelKernels().split(image.data(), pixels, plane.data());
    }

    void joinInto(Image &image) const { pixelKernels().join(plane.data(), pixels, image.data()); }
};

int fixedPoint(double number) {
    return static_cast<int>(std::lround(number * one));
}

/// pivot + factor · (level − pivot), rounded and clipped to 0…255, for every level.
void stretch(Planes &planes, double pivot, double factor) {
    pixelKernels().stretch(planes.levels.data(), planes.levels.size(), fixedPoint(factor),
                           fixedPoint(pivot - factor * pivot + 0.5));
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

/// Blends every pixel with its own grey level. The weights add up to one, so that grey stays as it is.
void changeSaturation(Planes &planes, double factor) {
    const int scale = fixedPoint(factor);
    std::array<int, 3> grey;
    for (std::size_t channel = 0; channel < grey.size(); ++channel)
        grey[channel] = static_cast<int>(std::lround((1 - factor) * greyWeights[channel]));
    grey[1] = fixedPoint(1) - scale - grey[0] - grey[2];
    pixelKernels().saturate(planes.plane.data(), planes.pixels, scale, grey);
}

/// Turns the colour circle by `turn` of a full circle, in 8-bit HSV as PIL does.
void changeHue(Planes &planes, double turn) {
    const int shift = static_cast<int>(std::lround(turn * 256)) & 255;
    if (shift != 0)
        pixelKernels().turnHue(planes.plane.data(), planes.pixels, shift);
}

struct ColorJitter final : Operation {
    double brightness = 0.8;
    double contrast = 0.8;
    double saturation = 0.8;
    double hue = 0.2;

    void apply(Image &image, RandomStream &draws, int /*viewSize*/) const override {
        std::array<int, 4> order{0, 1, 2, 3};
        draws.shuffle(order);
        const std::array<double, 4> amounts{drawFactor(brightness, draws), drawFactor(contrast, draws),
                                            drawFactor(saturation, draws), draws.uniform(-hue, hue)};
        if (draws.isLogged())
            tell(amounts, order, draws);
        constexpr std::array changes{&changeBrightness, &changeContrast, &changeSaturation, &changeHue};
        constexpr std::array neutral{1.0, 1.0, 1.0, 0.0};
        thread_local Planes planes;
        planes.split(image);
        for (const int which : order) {
            const auto i = static_cast<std::size_t>(which);
            if (amounts[i] != neutral[i])
                changes[i](planes, amounts[i]);
        }
        planes.joinInto(image);
    }

    static void tell(const std::array<double, 4> &amounts, const std::array<int, 4> &order,
                     RandomStream &draws) {
        constexpr std::array names{"brightness", "contrast", "saturation", "hue"};
        for (const int which : order) // in the order in which they are applied
            draws.note(names[static_cast<std::size_t>(which)], amounts[static_cast<std::size_t>(which)]);
    }

    static double drawFactor(double strength, RandomStream &draws) {
        return draws.uniform(std::max(0.0, 1 - strength), 1 + strength);
    }
};

Parameter strength(std::string id, std::string title, std::string help, double maximum) {
    return {.id = std::move(id),
            .title = std::move(title),
            .help = std::move(help),
            .minimum = 0,
            .maximum = maximum,
            .step = 0.01};
}

} // namespace

OperationType colorJitterType() {
    return operationType<ColorJitter>(
        {"color_jitter", "Colour jitter",
         "Changes brightness, contrast, saturation and hue by random amounts in random order, clipping after "
         "each.",
         "SimCLR, App. A: strengths 0.8 s, 0.8 s, 0.8 s and 0.2 s"},
        OperationCategory::Color, 0.8,
        Description<ColorJitter>()
            .real(&ColorJitter::brightness,
                  strength("brightness", "Brightness",
                           "b: levels are multiplied by a factor drawn from 1 − b to 1 + b.", 2))
            .real(&ColorJitter::contrast,
                  strength(
                      "contrast", "Contrast",
                      "c: distances from the mean grey are multiplied by a factor drawn from 1 − c to 1 + c.",
                      2))
            .real(&ColorJitter::saturation, strength("saturation", "Saturation",
                                                     "s: distances from each pixel's grey are multiplied by "
                                                     "a factor drawn from 1 − s to 1 + s.",
                                                     2))
            .real(&ColorJitter::hue,
                  strength("hue", "Hue", "h: the colour circle is turned by −h to h of a full turn.", 0.5)));
}

} // namespace simclr
