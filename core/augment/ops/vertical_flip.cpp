// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"

#include <algorithm>

namespace simclr {

namespace {

/// Has no neutral value: probability 0 disables it.
struct VerticalFlip final : Operation {
    void apply(Image &image, RandomStream & /*draws*/, int /*viewSize*/) const override {
        for (int upper = 0, lower = image.height() - 1; upper < lower; ++upper, --lower)
            std::swap_ranges(image.row(upper), image.row(upper) + image.bytesPerRow(), image.row(lower));
    }
};

} // namespace

OperationType verticalFlipType() {
    return operationType<VerticalFlip>(
        {"vertical_flip", "Vertical flip", "Mirrors the image top to bottom.",
         "torchvision, RandomVerticalFlip; for images without a top and bottom, such as aerial views"},
        OperationCategory::Geometry, 0.5, {});
}

} // namespace simclr
