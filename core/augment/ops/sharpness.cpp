// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"
#include "core/augment/ops/redrawing.h"
#include "core/image/sharpen.h"

#include <algorithm>

namespace simclr {

namespace {

/// Neutral is the strength 0.
struct Sharpness final : Redrawing {
    double strength = 0.8;

    void applyTo(const Image &source, Image &target, RandomStream &draws, int /*viewSize*/) const override {
        const double factor = draws.uniform(std::max(0.0, 1 - strength), 1 + strength);
        draws.note("factor", factor);
        sharpened(source, factor, target);
    }
};

} // namespace

OperationType sharpnessType() {
    return operationType<Sharpness>(
        {"sharpness", "Sharpness",
         "Blends the image with a smoothed copy: a factor below 1 blurs, above 1 sharpens.",
         "torchvision, adjust_sharpness (PIL, ImageEnhance.Sharpness)"},
        OperationCategory::Filter, 0.5,
        Description<Sharpness>().real(&Sharpness::strength,
                                      {.id = "strength",
                                       .title = "Strength",
                                       .help = "s: distances from the smoothed image are multiplied by a "
                                               "factor sampled from 1 − s to 1 + s, at least 0.",
                                       .minimum = 0,
                                       .maximum = 4,
                                       .step = 0.05}));
}

} // namespace simclr
