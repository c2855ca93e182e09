// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnose/crop_histograms.h"

#include "core/augment/view_renderer.h"
#include "core/util/error.h"

#include <algorithm>
#include <array>

namespace simclr {

namespace {

float common(const LevelHistogram &a, const LevelHistogram &b) {
    float sum = 0;
    for (std::size_t box = 0; box < a.size(); ++box)
        sum += std::min(a[box], b[box]);
    return sum;
}

double meanCommon(const std::vector<LevelHistogram> &views) {
    double sum = 0;
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < views.size(); ++i)
        for (std::size_t j = 0; j < i; ++j, ++pairs)
            sum += common(views[i], views[j]);
    return pairs == 0 ? 1 : sum / static_cast<double>(pairs);
}

} // namespace

LevelHistogram levelHistogram(const Image &image, int boxes) {
    if (image.isEmpty())
        throw InvalidInput("an empty image has no histogram");
    std::array<std::uint32_t, 256> counts{};
    for (std::size_t i = 0; i < image.byteCount(); ++i)
        ++counts[image.data()[i]];
    LevelHistogram histogram(static_cast<std::size_t>(boxes), 0);
    for (std::size_t level = 0; level < counts.size(); ++level)
        histogram[level * histogram.size() / counts.size()] +=
            static_cast<float>(counts[level]) / static_cast<float>(image.byteCount());
    return histogram;
}

CropHistograms cropHistograms(const Image &image, const Pipeline &pipeline,
                              const CropHistogramOptions &options) {
    const ViewRenderer renderer(pipeline, options.viewSize);
    CropHistograms histograms{.original = levelHistogram(image, options.boxes)};
    Image view;
    for (int i = 0; i < options.views; ++i) {
        const auto epoch = options.epoch + static_cast<std::uint32_t>(i / 2);
        renderer.render(image, {options.seed, epoch, options.sample, static_cast<std::uint16_t>(i % 2)},
                        view);
        histograms.views.push_back(levelHistogram(view, options.boxes));
    }
    histograms.common = meanCommon(histograms.views);
    return histograms;
}

} // namespace simclr
