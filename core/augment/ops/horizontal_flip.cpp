// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"
#include "core/image/kernels/pixel_kernels.h"

#include <utility>

namespace simclr {

namespace {

struct HorizontalFlip final : Operation {
    void apply(Image &image, RandomStream & /*draws*/, int /*viewSize*/) const override {
        thread_local Image target;
        target.resize(image.width(), image.height());
        for (int y = 0; y < image.height(); ++y)
            pixelKernels().mirror(image.row(y), image.width(), target.row(y));
        std::swap(image, target);
    }
};

} // namespace

OperationType horizontalFlipType() {
    return operationType<HorizontalFlip>(
        {"horizontal_flip", "Horizontal flip", "Mirrors the image left to right.", "SimCLR, App. A"},
        OperationCategory::Geometry, 0.5, {});
}

} // namespace simclr
