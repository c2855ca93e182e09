// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"
#include "core/image/cv_bridge.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace simclr {

namespace {

using Table = std::array<std::uint8_t, 256>;

/// ITU-R BT.601 weights of red, green and blue in the grey level.
constexpr std::array<float, 3> greyWeights{0.299f, 0.587f, 0.114f};

void lookUp(cv::Mat &pixels, Table &table) {
    cv::LUT(pixels, cv::Mat(1, 256, CV_8UC1, table.data()), pixels);
}

/// pivot + factor · (level − pivot), rounded and clipped to 0…255, for every level.
Table stretched(double pivot, double factor) {
    const auto scale = static_cast<float>(factor);
    const auto offset = static_cast<float>(pivot - factor * pivot + 0.5);
    Table table;
    for (int level = 0; level < 256; ++level)
        table[static_cast<std::size_t>(level)] =
            static_cast<std::uint8_t>(std::min(255.0f, std::max(0.0f, offset + scale * static_cast<float>(level))));
    return table;
}

void changeBrightness(cv::Mat &pixels, double factor) {
    Table table = stretched(0, factor);
    lookUp(pixels, table);
}

/// The pivot is the mean grey level rounded to a whole one, as in PIL's ImageEnhance.Contrast.
void changeContrast(cv::Mat &pixels, double factor) {
    const cv::Scalar mean = cv::mean(pixels);
    const double grey = greyWeights[0] * mean[0] + greyWeights[1] * mean[1] + greyWeights[2] * mean[2];
    Table table = stretched(std::floor(grey + 0.5), factor);
    lookUp(pixels, table);
}

/// Blends every pixel with its own grey level; one 3 × 3 matrix does both.
void changeSaturation(cv::Mat &pixels, double factor) {
    cv::Matx33f blend;
    for (int to = 0; to < 3; ++to)
        for (int from = 0; from < 3; ++from)
            blend(to, from) = static_cast<float>((1 - factor) * greyWeights[static_cast<std::size_t>(from)] +
                                                 (to == from ? factor : 0));
    cv::transform(pixels, pixels, blend);
}

/// Turns the colour circle by `turn` of a full circle, in 8-bit HSV as PIL does.
void changeHue(cv::Mat &pixels, double turn) {
    const auto shift = static_cast<std::uint8_t>(static_cast<int>(std::lround(turn * 256)) & 255);
    if (shift == 0)
        return;
    thread_local cv::Mat hsv;
    cv::cvtColor(pixels, hsv, cv::COLOR_RGB2HSV_FULL);
    for (int y = 0; y < hsv.rows; ++y) {
        std::uint8_t *row = hsv.ptr<std::uint8_t>(y);
        for (int x = 0; x < hsv.cols; ++x)
            row[3 * x] = static_cast<std::uint8_t>(row[3 * x] + shift);
    }
    cv::cvtColor(hsv, pixels, cv::COLOR_HSV2RGB_FULL);
}

struct ColorJitter final : Operation {
    double brightness = 0.8;
    double contrast = 0.8;
    double saturation = 0.8;
    double hue = 0.2;

    void apply(Image &image, RandomStream &draws, int /*viewSize*/) const override {
        std::array<int, 4> order{0, 1, 2, 3};
        draws.shuffle(order);
        const std::array<double, 4> amounts{drawFactor(brightness, draws), drawFactor(contrast, draws),
                                            drawFactor(saturation, draws), draws.uniform(-hue, hue)};
        constexpr std::array changes{&changeBrightness, &changeContrast, &changeSaturation, &changeHue};
        constexpr std::array neutral{1.0, 1.0, 1.0, 0.0};
        cv::Mat pixels = matrixOf(image);
        for (const int which : order) {
            const auto i = static_cast<std::size_t>(which);
            if (amounts[i] != neutral[i])
                changes[i](pixels, amounts[i]);
        }
    }

    static double drawFactor(double strength, RandomStream &draws) {
        return draws.uniform(std::max(0.0, 1 - strength), 1 + strength);
    }
};

Parameter strength(std::string id, std::string title, std::string help, double maximum) {
    return {.id = std::move(id),
            .title = std::move(title),
            .help = std::move(help),
            .minimum = 0,
            .maximum = maximum,
            .step = 0.01};
}

} // namespace

OperationType colorJitterType() {
    return operationType<ColorJitter>(
        {"color_jitter", "Colour jitter",
         "Changes brightness, contrast, saturation and hue by random amounts in random order, clipping after "
         "each.",
         "SimCLR, App. A: strengths 0.8 s, 0.8 s, 0.8 s and 0.2 s"},
        OperationCategory::Color, 0.8,
        Description<ColorJitter>()
            .real(&ColorJitter::brightness,
                  strength("brightness", "Brightness",
                           "b: levels are multiplied by a factor drawn from 1 − b to 1 + b.", 2))
            .real(&ColorJitter::contrast,
                  strength(
                      "contrast", "Contrast",
                      "c: distances from the mean grey are multiplied by a factor drawn from 1 − c to 1 + c.",
                      2))
            .real(&ColorJitter::saturation, strength("saturation", "Saturation",
                                                     "s: distances from each pixel's grey are multiplied by "
                                                     "a factor drawn from 1 − s to 1 + s.",
                                                     2))
            .real(&ColorJitter::hue,
                  strength("hue", "Hue", "h: the colour circle is turned by −h to h of a full turn.", 0.5)));
}

} // namespace simclr
