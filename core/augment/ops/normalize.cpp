// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"
#include "core/image/level_mapping.h"

#include <algorithm>
#include <cmath>

namespace simclr {

namespace {

/// Of one channel, in levels.
struct Spread {
    double mean = 0;
    double deviation = 0;
};
using Spreads = std::array<Spread, Image::channels>;

Spreads inLevels(const std::array<double, 3> &means, const std::array<double, 3> &deviations) {
    Spreads spreads;
    for (std::size_t channel = 0; channel < spreads.size(); ++channel)
        spreads[channel] = {255 * means[channel], 255 * deviations[channel]};
    return spreads;
}

Spread spreadOf(const Histogram &counts) {
    double pixels = 0;
    double sum = 0;
    for (std::size_t level = 0; level < counts.size(); ++level) {
        pixels += counts[level];
        sum += counts[level] * static_cast<double>(level);
    }
    const double mean = sum / pixels;
    double squares = 0;
    for (std::size_t level = 0; level < counts.size(); ++level) {
        const double distance = static_cast<double>(level) - mean;
        squares += counts[level] * distance * distance;
    }
    return {mean, std::sqrt(squares / pixels)};
}

struct Normalize final : Operation {
    std::string statistics = "own";
    double deviations = 3;
    double strength = 1;

    void apply(Image &image, RandomStream & /*draws*/, int /*viewSize*/) const override {
        const Spreads spreads = spreadsOf(image);
        mapLevels(image, {tableOf(spreads[0]), tableOf(spreads[1]), tableOf(spreads[2])});
    }

    Spreads spreadsOf(const Image &image) const {
        if (statistics == "imagenet")
            return inLevels({0.485, 0.456, 0.406}, {0.229, 0.224, 0.225});
        if (statistics == "cifar10")
            return inLevels({0.4914, 0.4822, 0.4465}, {0.2470, 0.2435, 0.2616});
        const auto counts = histograms(image);
        return {spreadOf(counts[0]), spreadOf(counts[1]), spreadOf(counts[2])};
    }

    LevelTable tableOf(const Spread &spread) const {
        // Below one level it is rounding noise of a flat channel, which must not be amplified.
        const double scale = 127.5 / (deviations * std::max(spread.deviation, 1.0));
        LevelTable table;
        for (std::size_t i = 0; i < table.size(); ++i) {
            const auto level = static_cast<double>(i);
            const double normal = std::clamp(127.5 + (level - spread.mean) * scale, 0.0, 255.0);
            table[i] = static_cast<std::uint8_t>(level + strength * (normal - level) + 0.5);
        }
        return table;
    }
};

Parameter statisticsParameter() {
    return {.id = "statistics",
            .title = "Mean and std from",
            .help = "Source of each channel's mean and standard deviation: each image's own make all images "
                    "alike, a dataset's change every image in the same way.",
            .choices = {{"own", "Each image"}, {"imagenet", "ImageNet"}, {"cifar10", "CIFAR-10"}}};
}

} // namespace

/// Views are 8-bit, so that the normalised values, usually around 0, are mapped back to 0…255 here.
OperationType normalizeType() {
    return operationType<Normalize>(
        {"normalize", "Normalise",
         "Removes exposure, contrast and colour cast: per channel, 0.5 + (level − mean) / (2 k std) of the "
         "full range, clipped.",
         "torchvision's Normalize, mapped back to 8 bits; SimCLR itself does not normalise"},
        OperationCategory::Color, 1,
        Description<Normalize>()
            .choice(&Normalize::statistics, statisticsParameter())
            .real(&Normalize::deviations,
                  {.id = "deviations",
                   .title = "Deviations k",
                   .help = "Number of standard deviations between middle grey and either end: larger values "
                           "reduce contrast, smaller ones clip more.",
                   .minimum = 1,
                   .maximum = 6,
                   .step = 0.1,
                   .unit = "std"})
            .real(&Normalize::strength,
                  {.id = "strength",
                   .title = "Strength",
                   .help = "Blend factor: 0 is the unchanged image, 1 the normalised one.",
                   .minimum = 0,
                   .maximum = 1,
                   .step = 0.05}));
}

} // namespace simclr
