// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"
#include "core/image/cv_bridge.h"

#include <opencv2/imgproc.hpp>

namespace simclr {

namespace {

struct GaussianBlur final : Operation {
    Range sigma{0.1, 2.0};
    double kernel = 0.1;

    void apply(Image &image, RandomStream &draws, int /*viewSize*/) const override {
        const double width = draws.uniform(sigma.low, sigma.high);
        // The authors' kernel (data_util.py): height // 10, made odd as 2 · (that // 2) + 1.
        const int radius = static_cast<int>(image.height() * kernel) / 2;
        if (radius < 1 || width <= 0)
            return;
        cv::Mat pixels = matrixOf(image);
        const cv::Size size(2 * radius + 1, 2 * radius + 1);
        cv::GaussianBlur(pixels, pixels, size, width, width, cv::BORDER_REFLECT_101);
    }
};

} // namespace

OperationType gaussianBlurType() {
    return operationType<GaussianBlur>(
        {"gaussian_blur", "Gaussian blur", "Smooths the picture with a Gaussian of random width.",
         "SimCLR, App. A: probability 0.5, σ from 0.1 to 2; not used on CIFAR-10 (B.9)"},
        OperationCategory::Filter, 0.5,
        Description<GaussianBlur>()
            .interval(&GaussianBlur::sigma, {.id = "sigma",
                                             .title = "Width σ",
                                             .help = "Standard deviation of the Gaussian, drawn uniformly.",
                                             .minimum = 0,
                                             .maximum = 10,
                                             .step = 0.1,
                                             .unit = "px"})
            .real(&GaussianBlur::kernel,
                  {.id = "kernel",
                   .title = "Kernel",
                   .help = "Side of the kernel as a share of the picture's height; where it "
                           "comes to less than 2 pixels nothing is blurred.",
                   .minimum = 0.01,
                   .maximum = 0.5,
                   .step = 0.01}));
}

} // namespace simclr
