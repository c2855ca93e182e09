// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"
#include "core/image/kernels/pixel_kernels.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace simclr {

namespace {

/// The index used for `at` outside of 0…size − 1: reflected at the centre of the outermost pixels.
int mirrored(int at, int size) {
    if (size == 1)
        return 0;
    while (at < 0 || at >= size)
        at = at < 0 ? -at : 2 * (size - 1) - at;
    return at;
}

/// The central weight of a Gaussian of at most 2 · radius + 1 taps and those on one side of it, without
/// negligible ones. All taps sum to weightOne.
std::vector<std::int16_t> halfGaussian(double sigma, int radius) {
    constexpr int least = 2; // an eighth of a thousandth
    std::vector<double> exact;
    double total = -1;
    for (int i = 0; i <= radius; ++i) {
        exact.push_back(std::exp(-i * i / (2 * sigma * sigma)));
        total += 2 * exact.back();
    }
    std::vector<std::int16_t> half{weightOne};
    for (std::size_t i = 1; i < exact.size(); ++i) {
        const auto weight = static_cast<std::int16_t>(std::lround(exact[i] / total * weightOne));
        if (weight < least)
            break;
        half.push_back(weight);
        half[0] = static_cast<std::int16_t>(half[0] - 2 * weight);
    }
    return half;
}

/// Blurs an image row by row: along its columns first, then along the row, reflected at the ends.
class BlurredRow {
  public:
    BlurredRow(const Image &image, const std::vector<std::int16_t> &half)
        : m_image(image), m_half(half), m_radius(static_cast<int>(half.size()) - 1) {
        m_words.resize(static_cast<std::size_t>(image.bytesPerRow() + 2 * m_radius * Image::channels));
        m_rows.resize(static_cast<std::size_t>(2 * m_radius + 1));
        for (std::size_t k = 0; k < m_rows.size(); ++k)
            m_shifted.push_back(m_words.data() + k * Image::channels);
    }

    void draw(int y, std::uint8_t *target) {
        for (int k = -m_radius; k <= m_radius; ++k)
            m_rows[static_cast<std::size_t>(k + m_radius)] = m_image.row(mirrored(y + k, m_image.height()));
        std::int16_t *first = m_words.data() + m_radius * Image::channels;
        pixelKernels().smoothBytes(m_rows.data(), m_half.data(), m_radius, m_image.bytesPerRow(), first);
        for (int x = 1; x <= m_radius; ++x) {
            copyPixel(first, mirrored(-x, m_image.width()), -x);
            copyPixel(first, mirrored(m_image.width() - 1 + x, m_image.width()), m_image.width() - 1 + x);
        }
        pixelKernels().smoothWords(m_shifted.data(), m_half.data(), m_radius, m_image.bytesPerRow(), target);
    }

  private:
    static void copyPixel(std::int16_t *row, int from, int to) {
        std::copy_n(row + from * Image::channels, Image::channels, row + to * Image::channels);
    }

    const Image &m_image;
    const std::vector<std::int16_t> &m_half;
    int m_radius;
    std::vector<std::int16_t> m_words;
    std::vector<const std::uint8_t *> m_rows;
    std::vector<const std::int16_t *> m_shifted;
};

struct GaussianBlur final : Operation {
    Range sigma{0.1, 2.0};
    double kernel = 0.1;

    void apply(Image &image, RandomStream &draws, int /*viewSize*/) const override {
        const double width = draws.uniform(sigma.low, sigma.high);
        draws.note("σ", width, " px");
        // The authors' kernel (data_util.py): height // 10, made odd as 2 · (that // 2) + 1.
        const int radius = static_cast<int>(image.height() * kernel) / 2;
        if (radius < 1 || width <= 0)
            return;
        const std::vector<std::int16_t> half = halfGaussian(width, radius);
        if (half.size() == 1)
            return;
        thread_local Image target;
        target.resize(image.width(), image.height());
        BlurredRow row(image, half);
        for (int y = 0; y < image.height(); ++y)
            row.draw(y, target.row(y));
        std::swap(image, target);
    }
};

} // namespace

OperationType gaussianBlurType() {
    return operationType<GaussianBlur>(
        {"gaussian_blur", "Gaussian blur", "Smooths the image with a Gaussian of random width.",
         "SimCLR, App. A: probability 0.5, σ from 0.1 to 2; not used on CIFAR-10 (B.9)"},
        OperationCategory::Filter, 0.5,
        Description<GaussianBlur>()
            .interval(&GaussianBlur::sigma, {.id = "sigma",
                                             .title = "Width σ",
                                             .help = "Standard deviation of the Gaussian, sampled uniformly.",
                                             .minimum = 0,
                                             .maximum = 10,
                                             .step = 0.1,
                                             .unit = "px"})
            .real(
                &GaussianBlur::kernel,
                {.id = "kernel",
                 .title = "Kernel",
                 .help = "Kernel size as a fraction of the image's height; below 2 pixels there is no blur.",
                 .minimum = 0.01,
                 .maximum = 0.5,
                 .step = 0.01}));
}

} // namespace simclr
