// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/sobel_edges.h"

#include "core/augment/ops/operations.h"
#include "core/image/kernels/pixel_kernels.h"

namespace simclr {

namespace {

/// Neutral is the strength 0.
struct Sobel final : Operation {
    double strength = 1;
    std::string of = "grey";

    void apply(Image &image, RandomStream & /*draws*/, int /*viewSize*/) const override {
        thread_local Image source;
        source = image;
        if (of == "grey")
            pixelKernels().dropColor(source.data(), source.byteCount() / Image::channels);
        blendWithSobel(image, source, strength);
    }
};

} // namespace

OperationType sobelType() {
    return operationType<Sobel>(
        {"sobel", "Sobel filter", "Gradient magnitude of the levels: √(gx² + gy²) of Sobel's two filters.",
         "SimCLR, Fig. 4 (j); magnitude with the usual weights 1 2 1, clipped at 255"},
        OperationCategory::Filter, 1,
        Description<Sobel>()
            .real(&Sobel::strength, {.id = "strength",
                                     .title = "Strength",
                                     .help = "Weight of the filtered image in the result; 0 changes nothing.",
                                     .step = 0.05})
            .choice(&Sobel::of, {.id = "of",
                                 .title = "Of",
                                 .help = "Whether the grey image or each channel is filtered.",
                                 .choices = {{"grey", "The grey image"}, {"channels", "Each channel"}}}));
}

} // namespace simclr
