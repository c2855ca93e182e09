// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/fill.h"
#include "core/augment/ops/operations.h"
#include "core/augment/ops/redrawing.h"
#include "core/image/projection.h"

#include <cmath>

namespace simclr {

namespace {

/// Neutral are the angle 0, shifts 0, the scale 1 and shears 0.
struct Affine final : Redrawing {
    Range angle{0, 0};
    double shiftX = 0.1;
    double shiftY = 0.1;
    Range scale{0.8, 1.2};
    Range shearX{-10, 10};
    Range shearY{0, 0};
    std::string fill = "black";

    void applyTo(const Image &source, Image &target, RandomStream &draws, int /*viewSize*/) const override {
        const AffineMove move = drawMove(source, draws);
        warped(source, affineProjection(move, source.width(), source.height()), Interpolation::Bilinear,
               fillColor(fill), target);
    }

    /// Shifts by whole pixels, as torchvision does.
    AffineMove drawMove(const Image &image, RandomStream &draws) const {
        AffineMove move;
        move.angle = draws.uniform(angle.low, angle.high);
        move.shiftX = std::round(image.width() * draws.uniform(-shiftX, shiftX));
        move.shiftY = std::round(image.height() * draws.uniform(-shiftY, shiftY));
        move.scale = draws.uniform(scale.low, scale.high);
        move.shearX = draws.uniform(shearX.low, shearX.high);
        move.shearY = draws.uniform(shearY.low, shearY.high);
        draws.note("angle", move.angle, "°");
        draws.note("shift x", move.shiftX, " px");
        draws.note("shift y", move.shiftY, " px");
        draws.note("scale", move.scale);
        draws.note("shear x", move.shearX, "°");
        draws.note("shear y", move.shearY, "°");
        return move;
    }
};

Parameter degrees(std::string id, std::string title, std::string help, double largest) {
    return {.id = std::move(id),
            .title = std::move(title),
            .help = std::move(help),
            .minimum = -largest,
            .maximum = largest,
            .step = 1,
            .unit = "°"};
}

Parameter share(std::string id, std::string title, std::string help) {
    return {.id = std::move(id), .title = std::move(title), .help = std::move(help), .step = 0.01};
}

Description<Affine> parameters() {
    return Description<Affine>()
        .real(&Affine::shiftX,
              share("translate_x", "Shift across",
                    "t: the image is shifted by −t to t of its width, in whole pixels, sampled uniformly."))
        .real(&Affine::shiftY,
              share("translate_y", "Shift down",
                    "t: the image is shifted by −t to t of its height, in whole pixels, sampled uniformly."))
        .interval(&Affine::scale, {.id = "scale",
                                   .title = "Scale",
                                   .help = "Factor by which the image is enlarged, sampled uniformly.",
                                   .minimum = 0.1,
                                   .maximum = 4,
                                   .step = 0.05})
        .interval(&Affine::shearX,
                  degrees("shear_x", "Shear across",
                          "Angle by which vertical lines are tilted, sampled uniformly.", 60))
        .interval(&Affine::shearY,
                  degrees("shear_y", "Shear down",
                          "Angle by which horizontal lines are tilted, sampled uniformly.", 60))
        .interval(
            &Affine::angle,
            degrees("angle", "Angle", "Clockwise angle of an additional rotation, sampled uniformly.", 180))
        .choice(&Affine::fill, fillParameter("Fill for pixels outside the image."));
}

} // namespace

OperationType affineType() {
    return operationType<Affine>(
        {"affine", "Affine",
         "Shears, rotates, scales and shifts the image about its centre by random amounts; the size is kept.",
         "torchvision, RandomAffine (bilinear)"},
        OperationCategory::Geometry, 1, parameters());
}

} // namespace simclr
