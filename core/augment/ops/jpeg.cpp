// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/jpeg_artifacts.h"

#include "core/augment/ops/operations.h"

#include <algorithm>
#include <cmath>

namespace simclr {

namespace {

/// Has no neutral value: even quality 100 rounds colours and halves their resolution. Probability 0 disables
/// it.
struct Jpeg final : Operation {
    Range quality{30, 95};

    void apply(Image &image, RandomStream &draws, int /*viewSize*/) const override {
        const double sampled = std::floor(draws.uniform(quality.low, quality.high + 1));
        const int whole = static_cast<int>(std::min(sampled, quality.high));
        draws.note("quality", whole);
        passThroughJpeg(image, whole);
    }
};

} // namespace

OperationType jpegType() {
    return operationType<Jpeg>(
        {"jpeg", "JPEG artefacts", "Compresses the image as a JPEG of random quality and decodes it again.",
         "PIL, Image.save(quality); torchvision 0.20, v2.JPEG"},
        OperationCategory::Filter, 0.5,
        Description<Jpeg>().interval(&Jpeg::quality,
                                     {.id = "quality",
                                      .title = "Quality",
                                      .help = "Integer, sampled uniformly; lower values give more blocking "
                                              "and ringing, and even 100 is lossy.",
                                      .minimum = 1,
                                      .maximum = 100,
                                      .step = 1}));
}

} // namespace simclr
