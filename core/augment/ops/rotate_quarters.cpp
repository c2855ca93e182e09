// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"
#include "core/augment/ops/redrawing.h"
#include "core/image/turn.h"

namespace simclr {

namespace {

/// Has no neutral value: probability 0 disables it.
struct RotateQuarters final : Redrawing {
    void applyTo(const Image &source, Image &target, RandomStream &draws, int /*viewSize*/) const override {
        const int quarters = 1 + static_cast<int>(draws.below(3));
        draws.note("angle", 90 * quarters, "°");
        turned(source, quarters, target);
    }
};

} // namespace

OperationType rotateQuartersType() {
    return operationType<RotateQuarters>(
        {"rotate_quarters", "Rotate by quarters",
         "Rotates the image counterclockwise by 90°, 180° or 270°, equally likely; every pixel is kept.",
         "SimCLR, Fig. 4 (f); Gidaris et al., ICLR 2018"},
        OperationCategory::Geometry, 1, {});
}

} // namespace simclr
