// SPDX-License-Identifier: GPL-3.0-or-later
// What PIL's ImageOps do to the levels of a picture.
#include "core/image/level_mapping.h"

#include "core/augment/ops/operations.h"

#include <cmath>

namespace simclr {

namespace {

struct Solarize final : Operation {
    Range threshold{128, 128};

    void apply(Image &image, RandomStream &draws, int /*viewSize*/) const override {
        const double drawn = draws.uniform(threshold.low, threshold.high);
        draws.note("threshold", drawn);
        solarize(image, drawn);
    }
};

struct Posterize final : Operation {
    Range bits{4, 7};

    void apply(Image &image, RandomStream &draws, int /*viewSize*/) const override {
        const int fewest = static_cast<int>(std::lround(bits.low));
        const int most = static_cast<int>(std::lround(bits.high));
        const int drawn = fewest + static_cast<int>(draws.below(static_cast<unsigned>(most - fewest + 1)));
        draws.note("bits", drawn);
        posterize(image, drawn);
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
        {"solarize", "Solarise",
         "Inverts the bright levels, as overexposed film does: 255 − level from a threshold on.",
         "BYOL, App. B (Grill et al. 2020): probability 0.2, threshold 0.5; torchvision's solarize"},
        OperationCategory::Color, 0.2,
        Description<Solarize>().interval(
            &Solarize::threshold,
            {.id = "threshold",
             .title = "Threshold",
             .help =
                 "The lowest level that is inverted, drawn uniformly; 256 changes nothing, 0 inverts all.",
             .minimum = 0,
             .maximum = 256,
             .step = 1}));
}

OperationType posterizeType() {
    return operationType<Posterize>(
        {"posterize", "Posterise",
         "Leaves each level only its highest bits, so that shades become flat areas.",
         "AutoAugment (Cubuk et al. 2019), Table 6: 4 to 8 bits; torchvision's posterize, probability 0.5"},
        OperationCategory::Color, 0.5,
        Description<Posterize>().interval(
            &Posterize::bits, {.id = "bits",
                               .title = "Bits",
                               .help = "How many of a level's 8 bits are kept, every whole number "
                                       "equally likely; 8 changes nothing.",
                               .minimum = 1,
                               .maximum = 8,
                               .step = 1}));
}

OperationType equalizeType() {
    return operationType<Equalize>(
        {"equalize", "Equalise",
         "Spreads each channel's levels so that all of them are about equally frequent.",
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
             .help = "Share of the pixels at either end that is left out when the darkest and the lightest "
                     "level are sought, so that a few outliers do not prevent the stretching.",
             .minimum = 0,
             .maximum = 45,
             .step = 0.5,
             .unit = "%"}));
}

OperationType invertType() {
    return operationType<Invert>(
        {"invert", "Invert", "Makes the picture's negative: 255 − level.",
         "AutoAugment (Cubuk et al. 2019), Table 6; torchvision's invert, probability 0.5"},
        OperationCategory::Color, 0.5, {});
}

} // namespace simclr
