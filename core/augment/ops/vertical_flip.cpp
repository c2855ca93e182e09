// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"

#include <algorithm>

namespace simclr {

namespace {

/// Has no neutral value: without it stands the probability 0.
struct VerticalFlip final : Operation {
    void apply(Image &image, RandomStream & /*draws*/, int /*viewSize*/) const override {
        for (int upper = 0, lower = image.height() - 1; upper < lower; ++upper, --lower)
            std::swap_ranges(image.row(upper), image.row(upper) + image.bytesPerRow(), image.row(lower));
    }
};

} // namespace

OperationType verticalFlipType() {
    return operationType<VerticalFlip>(
        {"vertical_flip", "Vertical flip", "Mirrors the picture top to bottom.",
         "torchvision, RandomVerticalFlip; for pictures without an up and down, as from above"},
        OperationCategory::Geometry, 0.5, {});
}

} // namespace simclr
