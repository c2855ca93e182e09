// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"
#include "core/image/kernels/pixel_kernels.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace simclr {

namespace {

/// The place that stands for `at` outside of 0…size − 1: mirrored at the middle of the outermost pixels.
int mirrored(int at, int size) {
    if (size == 1)
        return 0;
    while (at < 0 || at >= size)
        at = at < 0 ? -at : 2 * (size - 1) - at;
    return at;
}

/// A Gaussian of at most 2 · radius + 1 taps, less those at its ends that weigh nothing. They add up to
/// weightOne.
std::vector<std::int16_t> gaussian(double sigma, int radius) {
    std::vector<double> exact;
    double total = 0;
    for (int i = 0; i <= radius; ++i) {
        exact.push_back(std::exp(-i * i / (2 * sigma * sigma)));
        total += i == 0 ? exact.back() : 2 * exact.back();
    }
    int rest = weightOne;
    std::vector<std::int16_t> half;
    for (int i = 1; i <= radius; ++i) {
        const auto weight =
            static_cast<std::int16_t>(std::lround(exact[static_cast<std::size_t>(i)] / total * weightOne));
        if (weight == 0)
            break;
        half.push_back(weight);
        rest -= 2 * weight;
    }
    std::vector<std::int16_t> weights(half.rbegin(), half.rend());
    weights.push_back(static_cast<std::int16_t>(rest));
    weights.insert(weights.end(), half.begin(), half.end());
    return weights;
}

/// Row `y` of `image` mixed with its neighbours, and mirrored at both ends by `radius` pixels.
void blurDown(const Image &image, int y, const std::vector<std::int16_t> &weights,
              std::vector<std::int16_t> &words) {
    constexpr int channels = Image::channels;
    const int taps = static_cast<int>(weights.size());
    const int radius = taps / 2;
    thread_local std::vector<const std::uint8_t *> rows;
    rows.clear();
    for (int k = -radius; k <= radius; ++k)
        rows.push_back(image.row(mirrored(y + k, image.height())));
    words.resize(static_cast<std::size_t>(image.bytesPerRow() + 2 * radius * channels));
    std::int16_t *first = words.data() + radius * channels;
    pixelKernels().mixBytes(rows.data(), weights.data(), taps, image.bytesPerRow(), first);
    for (int x = 1; x <= radius; ++x) {
        std::copy_n(first + mirrored(-x, image.width()) * channels, channels, first - x * channels);
        std::copy_n(first + mirrored(image.width() - 1 + x, image.width()) * channels, channels,
                    first + (image.width() - 1 + x) * channels);
    }
}

void blur(const Image &image, const std::vector<std::int16_t> &weights, Image &target) {
    thread_local std::vector<std::int16_t> words;
    thread_local std::vector<const std::int16_t *> shifted;
    target.resize(image.width(), image.height());
    for (int y = 0; y < image.height(); ++y) {
        blurDown(image, y, weights, words);
        shifted.clear();
        for (std::size_t k = 0; k < weights.size(); ++k)
            shifted.push_back(words.data() + k * Image::channels);
        pixelKernels().mixWords(shifted.data(), weights.data(), static_cast<int>(weights.size()),
                                image.bytesPerRow(), target.row(y));
    }
}

struct GaussianBlur final : Operation {
    Range sigma{0.1, 2.0};
    double kernel = 0.1;

    void apply(Image &image, RandomStream &draws, int /*viewSize*/) const override {
        const double width = draws.uniform(sigma.low, sigma.high);
        // The authors' kernel (data_util.py): height // 10, made odd as 2 · (that // 2) + 1.
        const int radius = static_cast<int>(image.height() * kernel) / 2;
        if (radius < 1 || width <= 0)
            return;
        const std::vector<std::int16_t> weights = gaussian(width, radius);
        if (weights.size() == 1)
            return;
        thread_local Image target;
        blur(image, weights, target);
        std::swap(image, target);
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
