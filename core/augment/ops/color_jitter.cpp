// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"
#include "core/image/color_arithmetic.h"

#include <algorithm>
#include <array>

namespace simclr {

namespace {

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
            logAmounts(amounts, order, draws);
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

    static void logAmounts(const std::array<double, 4> &amounts, const std::array<int, 4> &order,
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
                           "b: levels are multiplied by a factor sampled from 1 − b to 1 + b.", 2))
            .real(
                &ColorJitter::contrast,
                strength(
                    "contrast", "Contrast",
                    "c: distances from the mean grey are multiplied by a factor sampled from 1 − c to 1 + c.",
                    2))
            .real(&ColorJitter::saturation, strength("saturation", "Saturation",
                                                     "s: distances from each pixel's grey are multiplied by "
                                                     "a factor sampled from 1 − s to 1 + s.",
                                                     2))
            .real(&ColorJitter::hue,
                  strength("hue", "Hue", "h: the hue is rotated by −h to h of a full turn.", 0.5)));
}

} // namespace simclr
