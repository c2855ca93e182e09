// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/fill.h"
#include "core/augment/ops/operations.h"
#include "core/augment/ops/redrawing.h"
#include "core/image/projection.h"

#include <array>

namespace simclr {

namespace {

/// Neutral is the distortion 0.
struct Perspective final : Redrawing {
    double distortion = 0.5;
    std::string fill = "black";

    void applyTo(const Image &source, Image &target, RandomStream &draws, int /*viewSize*/) const override {
        const Corners corners = drawCorners(source.width(), source.height(), draws);
        warped(source, perspectiveProjection(corners, source.width(), source.height()),
               Interpolation::Bilinear, fillColor(fill), target);
    }

    /// Moves each corner inwards by up to this fraction of half the image, in whole pixels.
    Corners drawCorners(int width, int height, RandomStream &draws) const {
        constexpr std::array names{"top left", "top right", "bottom right", "bottom left"};
        Corners corners = cornersOf(width, height);
        for (std::size_t i = 0; i < corners.size(); ++i) {
            PixelPoint &corner = corners[i];
            corner.x = moved(corner.x, width, draws);
            corner.y = moved(corner.y, height, draws);
            if (draws.isLogged())
                draws.note(names[i], std::to_string(corner.x) + ", " + std::to_string(corner.y));
        }
        return corners;
    }

    /// Not RandomStream::below(): its count of random numbers may depend on the size.
    int moved(int place, int size, RandomStream &draws) const {
        const int reach = static_cast<int>(distortion * (size / 2));
        const int way = static_cast<int>(draws.uniform() * (reach + 1));
        return place == 0 ? way : place - way;
    }
};

} // namespace

OperationType perspectiveType() {
    return operationType<Perspective>(
        {"perspective", "Perspective",
         "Perspective distortion: each corner moves inwards by a random distance.",
         "torchvision, RandomPerspective (bilinear)"},
        OperationCategory::Geometry, 0.5,
        Description<Perspective>()
            .real(&Perspective::distortion,
                  {.id = "distortion",
                   .title = "Distortion",
                   .help = "d: corners move by up to d of half the image's width and height.",
                   .step = 0.05})
            .choice(&Perspective::fill, fillParameter("Fill for pixels outside the image.")));
}

} // namespace simclr
