// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"
#include "core/image/kernels/pixel_kernels.h"

namespace simclr {

namespace {

struct ColorDrop final : Operation {
    void apply(Image &image, RandomStream & /*draws*/, int /*viewSize*/) const override {
        pixelKernels().dropColor(image.data(), image.byteCount() / Image::channels);
    }
};

} // namespace

OperationType colorDropType() {
    return operationType<ColorDrop>(
        {"color_drop", "Colour drop",
         "Converts the image to grey: 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601).",
         "SimCLR, App. A: probability 0.2, after the jitter"},
        OperationCategory::Color, 0.2, {});
}

} // namespace simclr
