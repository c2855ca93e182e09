// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/fill.h"
#include "core/augment/ops/operations.h"
#include "core/augment/ops/redrawing.h"
#include "core/image/projection.h"

namespace simclr {

namespace {

/// Neutral is the angle 0.
struct Rotation final : Redrawing {
    Range angle{-30, 30};
    std::string fill = "black";

    void applyTo(const Image &source, Image &target, RandomStream &draws, int /*viewSize*/) const override {
        const double sampled = draws.uniform(angle.low, angle.high);
        draws.note("angle", sampled, "°");
        const Projection projection = affineProjection({.angle = -sampled}, source.width(), source.height());
        warped(source, projection, Interpolation::Bilinear, fillColor(fill), target);
    }
};

} // namespace

OperationType rotationType() {
    return operationType<Rotation>(
        {"rotation", "Rotation",
         "Rotates the image about its centre by a random angle; the size is kept, corners are cut off.",
         "torchvision, RandomRotation (bilinear)"},
        OperationCategory::Geometry, 1,
        Description<Rotation>()
            .interval(&Rotation::angle, {.id = "angle",
                                         .title = "Angle",
                                         .help = "Counterclockwise angle, sampled uniformly.",
                                         .minimum = -180,
                                         .maximum = 180,
                                         .step = 1,
                                         .unit = "°"})
            .choice(&Rotation::fill, fillParameter("Fill for pixels outside the image.")));
}

} // namespace simclr
