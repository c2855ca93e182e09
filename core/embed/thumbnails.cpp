// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/thumbnails.h"

#include "core/image/resample.h"
#include "core/util/error.h"
#include "core/util/parallel.h"

#include <algorithm>

namespace simclr {

namespace {

constexpr int side = 16;
constexpr std::size_t pixels = std::size_t{side} * side;
constexpr std::size_t imagesAtOnce = 256;

/// (768): red, green and blue of each pixel, minus their mean in the image.
std::vector<float> featuresOf(const Image &thumbnail) {
    std::vector<float> values(thumbnail.data(), thumbnail.data() + thumbnail.byteCount());
    for (std::size_t channel = 0; channel < 3; ++channel) {
        float sum = 0;
        for (std::size_t i = channel; i < values.size(); i += 3)
            sum += values[i];
        for (std::size_t i = channel; i < values.size(); i += 3)
            values[i] -= sum / static_cast<float>(pixels);
    }
    return values;
}

/// The features of an image, or why there are none.
struct Outcome {
    std::vector<float> features;
    std::string reason;
};

Outcome read(const Dataset &dataset, std::uint32_t sample) {
    try {
        return {featuresOf(centerSquare(dataset.image(sample), side)), {}};
    } catch (const Error &error) {
        return {{}, error.what()};
    }
}

void append(Thumbnails &thumbnails, const Dataset &dataset, std::uint32_t sample, const Outcome &outcome) {
    if (outcome.features.empty()) {
        thumbnails.broken.push_back({dataset.sampleName(sample), outcome.reason});
        return;
    }
    FeatureTable &table = thumbnails.table;
    table.values.insert(table.values.end(), outcome.features.begin(), outcome.features.end());
    table.samples.push_back(sample);
    table.labels.push_back(dataset.label(sample));
    table.splits.push_back(ImageSplit::None);
}

} // namespace

std::optional<Thumbnails> thumbnailFeatures(const Dataset &dataset, int threads, const std::stop_token &stop,
                                            const std::function<void(std::size_t)> &progress) {
    Thumbnails thumbnails;
    thumbnails.table.columns = 3 * pixels;
    for (std::size_t first = 0; first < dataset.size(); first += imagesAtOnce) {
        if (stop.stop_requested())
            return std::nullopt;
        std::vector<Outcome> outcomes(std::min(imagesAtOnce, dataset.size() - first));
        parallelFor(outcomes.size(), threads, [&](std::size_t i) {
            outcomes[i] = read(dataset, static_cast<std::uint32_t>(first + i));
        });
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            append(thumbnails, dataset, static_cast<std::uint32_t>(first + i), outcomes[i]);
        progress(first + outcomes.size());
    }
    if (thumbnails.table.rows() == 0)
        throw IoError("none of the images can be read");
    return thumbnails;
}

} // namespace simclr
