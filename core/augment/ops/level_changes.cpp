// SPDX-License-Identifier: GPL-3.0-or-later
// The level operations of PIL's ImageOps.
#include "core/image/level_mapping.h"

#include "core/augment/ops/operations.h"

#include <cmath>

namespace simclr {

namespace {

struct Solarize final : Operation {
    Range threshold{128, 128};

    void apply(Image &image, RandomStream &draws, int /*viewSize*/) const override {
        const double sampled = draws.uniform(threshold.low, threshold.high);
        draws.note("threshold", sampled);
        solarize(image, sampled);
    }
};

struct Posterize final : Operation {
    Range bits{4, 7};

    void apply(Image &image, RandomStream &draws, int /*viewSize*/) const override {
        const int fewest = static_cast<int>(std::lround(bits.low));
        const int most = static_cast<int>(std::lround(bits.high));
        const int sampled = fewest + static_cast<int>(draws.below(static_cast<unsigned>(most - fewest + 1)));
        draws.note("bits", sampled);
        posterize(image, sampled);
    }
};

struct Equalize final : Operation {
    void apply(Image &image, RandomStream & /*draws*/, int /*viewSize*/) const override { equalize(image); }
};

struct Autocontrast final : Operation {
    double cutoff = 0;

    void apply(Image &image, RandomStream & /*draws*/, int /*viewSize*/) const override {
        autocontrast(image, cutoff);
    }
};

struct Invert final : Operation {
    void apply(Image &image, RandomStream & /*draws*/, int /*viewSize*/) const override { invert(image); }
};

} // namespace

OperationType solarizeType() {
    return operationType<Solarize>(
        {"solarize", "Solarise", "Inverts the levels from a threshold upwards: 255 − level.",
         "BYOL, App. B (Grill et al. 2020): probability 0.2, threshold 0.5; torchvision's solarize"},
        OperationCategory::Color, 0.2,
        Description<Solarize>().interval(
            &Solarize::threshold,
            {.id = "threshold",
             .title = "Threshold",
             .help =
                 "The lowest level that is inverted, sampled uniformly; 256 changes nothing, 0 inverts all.",
             .minimum = 0,
             .maximum = 256,
             .step = 1}));
}

OperationType posterizeType() {
    return operationType<Posterize>(
        {"posterize", "Posterise",
         "Keeps only the highest bits of each level, so that gradients become flat areas.",
         "AutoAugment (Cubuk et al. 2019), Table 6: 4 to 8 bits; torchvision's posterize, probability 0.5"},
        OperationCategory::Color, 0.5,
        Description<Posterize>().interval(
            &Posterize::bits, {.id = "bits",
                               .title = "Bits",
                               .help = "Number of a level's 8 bits that are kept, sampled uniformly from the "
                                       "integers in this range; 8 changes nothing.",
                               .minimum = 1,
                               .maximum = 8,
                               .step = 1}));
}

OperationType equalizeType() {
    return operationType<Equalize>(
        {"equalize", "Equalise",
         "Equalises each channel's histogram: all levels become about equally frequent.",
         "AutoAugment (Cubuk et al. 2019), Table 6; torchvision's equalize, probability 0.5"},
        OperationCategory::Color, 0.5, {});
}

OperationType autocontrastType() {
    return operationType<Autocontrast>(
        {"autocontrast", "Auto contrast",
         "Stretches each channel so that its darkest level becomes 0 and its lightest 255.",
         "AutoAugment (Cubuk et al. 2019), Table 6; torchvision's autocontrast, probability 0.5, cut-off 0"},
        OperationCategory::Color, 0.5,
        Description<Autocontrast>().real(
            &Autocontrast::cutoff,
            {.id = "cutoff",
             .title = "Cut-off",
             .help = "Percentage of the pixels at either end that is ignored when the darkest and lightest "
                     "level are determined, so that outliers do not prevent the stretching.",
             .minimum = 0,
             .maximum = 45,
             .step = 0.5,
             .unit = "%"}));
}

OperationType invertType() {
    return operationType<Invert>(
        {"invert", "Invert", "Inverts the image: 255 − level.",
         "AutoAugment (Cubuk et al. 2019), Table 6; torchvision's invert, probability 0.5"},
        OperationCategory::Color, 0.5, {});
}

} // namespace simclr
