// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"
#include "core/image/cv_bridge.h"

#include <opencv2/core.hpp>

namespace simclr {

namespace {

struct HorizontalFlip final : Operation {
    void apply(Image &image, RandomStream & /*draws*/, int /*viewSize*/) const override {
        cv::Mat pixels = matrixOf(image);
        cv::flip(pixels, pixels, 1);
    }
};

} // namespace

OperationType horizontalFlipType() {
    return operationType<HorizontalFlip>(
        {"horizontal_flip", "Horizontal flip", "Mirrors the picture left to right.", "SimCLR, App. A"},
        OperationCategory::Geometry, 0.5, {});
}

} // namespace simclr
