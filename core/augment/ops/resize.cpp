// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"
#include "core/augment/ops/redrawing.h"
#include "core/image/resample.h"

#include <algorithm>

namespace simclr {

namespace {

/// An image that already has the size of the view is not changed.
struct Resize final : Redrawing {
    std::string shape = "squeeze";

    void applyTo(const Image &source, Image &target, RandomStream & /*draws*/, int viewSize) const override {
        cropResized(source, shape == "crop" ? centreSquare(source) : whole(source), viewSize, viewSize,
                    target);
    }

    static PixelRect whole(const Image &image) { return {0, 0, image.width(), image.height()}; }

    static PixelRect centreSquare(const Image &image) {
        const int side = std::min(image.width(), image.height());
        return {(image.width() - side) / 2, (image.height() - side) / 2, side, side};
    }
};

} // namespace

OperationType resizeType() {
    return operationType<Resize>(
        {"resize", "Resize", "Resizes the whole image to the view size, without randomness.",
         "torchvision, Resize and CenterCrop"},
        OperationCategory::Geometry, 1,
        Description<Resize>().choice(&Resize::shape,
                                     {.id = "shape",
                                      .title = "Shape",
                                      .help = "Handling of an image that is not square.",
                                      .choices = {{"squeeze", "Squeezed to a square"},
                                                  {"crop", "Shorter side resized, centre cropped"}}}));
}

} // namespace simclr
