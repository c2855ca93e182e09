// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/jpeg_artifacts.h"

#include "core/augment/ops/operations.h"

#include <algorithm>
#include <cmath>

namespace simclr {

namespace {

/// Has no neutral value: even quality 100 rounds colours and halves their resolution. Without it stands the
/// probability 0.
struct Jpeg final : Operation {
    Range quality{30, 95};

    void apply(Image &image, RandomStream &draws, int /*viewSize*/) const override {
        const double drawn = std::floor(draws.uniform(quality.low, quality.high + 1));
        const int whole = static_cast<int>(std::min(drawn, quality.high));
        draws.note("quality", whole);
        passThroughJpeg(image, whole);
    }
};

} // namespace

OperationType jpegType() {
    return operationType<Jpeg>(
        {"jpeg", "JPEG artefacts", "Saves the picture as a JPEG of random quality and reads it again.",
         "PIL, Image.save(quality); torchvision 0.20, v2.JPEG"},
        OperationCategory::Filter, 0.5,
        Description<Jpeg>().interval(&Jpeg::quality,
                                     {.id = "quality",
                                      .title = "Quality",
                                      .help = "Whole number drawn uniformly; the lower, the more blocks and "
                                              "fringes, and even 100 is not without loss.",
                                      .minimum = 1,
                                      .maximum = 100,
                                      .step = 1}));
}

} // namespace simclr
