// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"
#include "core/image/noise.h"

namespace simclr {

namespace {

/// Neutral is σ = 0.
struct GaussianNoise final : Operation {
    Range sigma{0.02, 0.1};

    void apply(Image &image, RandomStream &draws, int /*viewSize*/) const override {
        const double sampled = draws.uniform(sigma.low, sigma.high);
        draws.note("σ", sampled);
        const std::uint64_t high = draws.bits();
        const std::uint64_t seed = high << 32 | draws.bits();
        addGaussianNoise(image, sampled * 255, seed);
    }
};

} // namespace

OperationType gaussianNoiseType() {
    return operationType<GaussianNoise>(
        {"gaussian_noise", "Gaussian noise",
         "Adds independent Gaussian noise to every level of every channel.",
         "SimCLR, Fig. 4 (h), which gives no σ"},
        OperationCategory::Filter, 1,
        Description<GaussianNoise>().interval(
            &GaussianNoise::sigma,
            {.id = "sigma",
             .title = "Strength σ",
             .help = "Standard deviation of the noise as a fraction of the level range, sampled uniformly.",
             .minimum = 0,
             .maximum = 0.5,
             .step = 0.01}));
}

} // namespace simclr
