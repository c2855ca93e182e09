// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/fill.h"
#include "core/augment/ops/operations.h"

#include <algorithm>
#include <cmath>

namespace simclr {

namespace {

/// Neutral is the side 0.
struct Cutout final : Operation {
    Range side{0.25, 0.5};
    std::string fill = "grey";

    void apply(Image &image, RandomStream &draws, int /*viewSize*/) const override {
        const double share = draws.uniform(side.low, side.high);
        // Not RandomStream::below(): its count of random numbers may depend on the size.
        const int x = static_cast<int>(draws.uniform() * image.width());
        const int y = static_cast<int>(draws.uniform() * image.height());
        const int length = static_cast<int>(std::lround(share * std::min(image.width(), image.height())));
        draws.note("side", length, " px");
        if (draws.isLogged())
            draws.note("centre", std::to_string(x) + ", " + std::to_string(y));
        cover(image, x - length / 2, y - length / 2, length);
    }

    void cover(Image &image, int left, int top, int length) const {
        const Color color = fillColor(fill);
        const int right = std::min(left + length, image.width());
        const int bottom = std::min(top + length, image.height());
        for (int y = std::max(top, 0); y < bottom; ++y)
            for (int x = std::max(left, 0); x < right; ++x)
                std::copy_n(color.data(), Image::channels, image.row(y) + x * Image::channels);
    }
};

} // namespace

OperationType cutoutType() {
    return operationType<Cutout>(
        {"cutout", "Cutout",
         "Fills a square with a random centre in the image; it may extend beyond the edge.",
         "SimCLR, Fig. 4 (g); DeVries and Taylor 2017: 16 of 32 pixels on CIFAR-10, 8 on CIFAR-100"},
        OperationCategory::Geometry, 1,
        Description<Cutout>()
            .interval(
                &Cutout::side,
                {.id = "side",
                 .title = "Side",
                 .help = "Side of the square as a fraction of the image's shorter side, sampled uniformly.",
                 .minimum = 0,
                 .maximum = 1,
                 .step = 0.01})
            .choice(&Cutout::fill, fillParameter("Fill of the square.")));
}

} // namespace simclr
