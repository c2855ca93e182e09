// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"
#include "core/augment/ops/redrawing.h"
#include "core/image/resample.h"

#include <algorithm>
#include <cmath>

namespace simclr {

namespace {

/// Neutral is the share 1, if the image already has the size of the view.
struct CenterCrop final : Redrawing {
    double share = 0.875;

    void applyTo(const Image &source, Image &target, RandomStream & /*draws*/, int viewSize) const override {
        const int shorter = std::min(source.width(), source.height());
        const int side = std::max(1, static_cast<int>(std::lround(share * shorter)));
        const PixelRect middle{(source.width() - side) / 2, (source.height() - side) / 2, side, side};
        cropResized(source, middle, viewSize, viewSize, target);
    }
};

} // namespace

OperationType centerCropType() {
    return operationType<CenterCrop>(
        {"center_crop", "Centre crop",
         "Crops the centre square of the image and resizes it to the view size.",
         "SimCLR's code, data_util.py: CROP_PROPORTION 0.875 at test time"},
        OperationCategory::Geometry, 1,
        Description<CenterCrop>().real(
            &CenterCrop::share, {.id = "share",
                                 .title = "Share",
                                 .help = "Side of the square as a fraction of the image's shorter side.",
                                 .minimum = 0.05,
                                 .maximum = 1,
                                 .step = 0.005}));
}

} // namespace simclr
