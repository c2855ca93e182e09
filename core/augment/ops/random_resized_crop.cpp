// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"
#include "core/augment/ops/redrawing.h"
#include "core/image/resample.h"

#include <algorithm>
#include <cmath>

namespace simclr {

namespace {

/// Attempts to sample area and aspect ratio before the centre of the image is used instead, as in
/// torchvision.
constexpr int attempts = 10;

struct RandomResizedCrop final : Redrawing {
    Range area{0.08, 1};
    Range aspect{3.0 / 4, 4.0 / 3};

    void applyTo(const Image &source, Image &target, RandomStream &draws, int viewSize) const override {
        const PixelRect rect = drawRect(source, draws);
        if (draws.isLogged())
            logRect(rect, source, draws);
        cropResized(source, rect, viewSize, viewSize, target);
    }

    static void logRect(const PixelRect &rect, const Image &source, RandomStream &draws) {
        const double share = static_cast<double>(rect.width) * rect.height / source.width() / source.height();
        draws.note("area", 100 * share, " %");
        draws.note("left", rect.x, " px");
        draws.note("top", rect.y, " px");
        draws.note("width", rect.width, " px");
        draws.note("height", rect.height, " px");
    }

    PixelRect drawRect(const Image &image, RandomStream &draws) const {
        const double pixels = static_cast<double>(image.width()) * image.height();
        for (int attempt = 0; attempt < attempts; ++attempt) {
            const double target = pixels * draws.uniform(area.low, area.high);
            const double ratio = std::exp(draws.uniform(std::log(aspect.low), std::log(aspect.high)));
            const int width = static_cast<int>(std::lround(std::sqrt(target * ratio)));
            const int height = static_cast<int>(std::lround(std::sqrt(target / ratio)));
            if (width < 1 || height < 1 || width > image.width() || height > image.height())
                continue;
            // Every offset, the last row and column included, is as likely as any other.
            const int x =
                static_cast<int>(draws.below(static_cast<std::uint32_t>(image.width() - width + 1)));
            const int y =
                static_cast<int>(draws.below(static_cast<std::uint32_t>(image.height() - height + 1)));
            return {x, y, width, height};
        }
        return middle(image);
    }

    /// The largest centred rectangle whose aspect ratio is allowed.
    PixelRect middle(const Image &image) const {
        const double ratio = static_cast<double>(image.width()) / image.height();
        int width = image.width();
        int height = image.height();
        if (ratio < aspect.low)
            height = static_cast<int>(std::lround(width / aspect.low));
        else if (ratio > aspect.high)
            width = static_cast<int>(std::lround(height * aspect.high));
        width = std::clamp(width, 1, image.width());
        height = std::clamp(height, 1, image.height());
        return {(image.width() - width) / 2, (image.height() - height) / 2, width, height};
    }
};

} // namespace

OperationType randomResizedCropType() {
    return operationType<RandomResizedCrop>(
        {"random_resized_crop", "Random resized crop",
         "Crops a rectangle of random area, aspect ratio and position and resizes it to the size of the "
         "view.",
         "SimCLR, App. A; sampling as in torchvision's RandomResizedCrop"},
        OperationCategory::Geometry, 1,
        Description<RandomResizedCrop>()
            .interval(&RandomResizedCrop::area,
                      {.id = "area",
                       .title = "Area",
                       .help = "Fraction of the image's area that the crop covers, sampled uniformly.",
                       .minimum = 0.01,
                       .maximum = 1,
                       .step = 0.01})
            .interval(
                &RandomResizedCrop::aspect,
                {.id = "aspect",
                 .title = "Aspect ratio",
                 .help = "Width of the crop divided by its height, sampled uniformly on a logarithmic scale.",
                 .minimum = 0.25,
                 .maximum = 4,
                 .step = 0.05,
                 .logarithmic = true}));
}

} // namespace simclr
