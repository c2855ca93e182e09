// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/image_statistics.h"

#include "core/image/resample.h"
#include "core/random/random.h"
#include "core/util/error.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace simclr {

namespace {

constexpr std::size_t imagesAtOnce = 1024;
constexpr std::uint64_t samplingSeed = 1;

/// Sums of levels over pixels of some images: exact, so that their order has no effect.
struct ChannelTotals {
    std::array<std::uint64_t, 3> sum{};
    std::array<std::uint64_t, 3> squared{};
    std::uint64_t pixels = 0;

    void add(const Image &image) {
        for (std::size_t i = 0; i < image.byteCount(); ++i) {
            const std::uint64_t level = image.data()[i];
            sum[i % 3] += level;
            squared[i % 3] += level * level;
        }
        pixels += image.byteCount() / 3;
    }
    void add(const ChannelTotals &other) {
        for (std::size_t i = 0; i < 3; ++i) {
            sum[i] += other.sum[i];
            squared[i] += other.squared[i];
        }
        pixels += other.pixels;
    }
};

/// All samples, or some of them in ascending order.
std::vector<std::uint32_t> samplesToRead(const Dataset &dataset, std::uint32_t most) {
    std::vector<std::uint32_t> samples(dataset.size());
    std::iota(samples.begin(), samples.end(), 0U);
    if (most == 0 || most >= samples.size())
        return samples;
    RandomStream stream({samplingSeed, Purpose::Subset, 0, 0, 0});
    stream.shuffle(samples);
    samples.resize(most);
    std::ranges::sort(samples);
    return samples;
}

struct Read {
    ImageSize size;
    ChannelTotals totals;
};

Read readOne(const Dataset &dataset, std::uint32_t sample, bool isForChannels, int side) {
    Read read;
    try {
        const Image image = dataset.image(sample);
        read.size = {image.width(), image.height()};
        if (isForChannels)
            read.totals.add(centerSquare(image, side));
    } catch (const Error &) {
        read = {}; // size 0 × 0
    }
    return read;
}

void setChannels(ImageStatistics &statistics, const ChannelTotals &totals) {
    if (totals.pixels == 0)
        return;
    constexpr double white = 255;
    for (std::size_t i = 0; i < 3; ++i) {
        const auto pixels = static_cast<double>(totals.pixels);
        const double mean = static_cast<double>(totals.sum[i]) / pixels;
        const double variance = static_cast<double>(totals.squared[i]) / pixels - mean * mean;
        statistics.mean[i] = mean / white;
        statistics.deviation[i] = std::sqrt(std::max(0.0, variance)) / white;
    }
}

void take(ImageStatistics &statistics, std::uint32_t sample, const Read &read, ChannelTotals &totals) {
    if (read.size.width == 0) {
        statistics.unreadable.push_back(sample);
        return;
    }
    statistics.sizes[sample] = read.size;
    ++statistics.measured;
    statistics.channelImages += read.totals.pixels > 0 ? 1 : 0;
    totals.add(read.totals);
}

} // namespace

std::optional<ImageStatistics> measureImages(const Dataset &dataset, std::span<const std::uint32_t> training,
                                             const StatisticsOptions &options, const std::stop_token &stop) {
    const std::vector<std::uint32_t> samples = samplesToRead(dataset, options.most);
    ImageStatistics statistics;
    statistics.sizes.resize(dataset.size());
    statistics.isSampled = samples.size() < dataset.size();
    ChannelTotals totals;
    for (std::size_t first = 0; first < samples.size(); first += imagesAtOnce) {
        std::vector<Read> part(std::min(imagesAtOnce, samples.size() - first));
        parallelFor(part.size(), options.threads, [&](std::size_t i) {
            const std::uint32_t sample = samples[first + i];
            const bool isForChannels = training.empty() || std::ranges::binary_search(training, sample);
            if (!stop.stop_requested())
                part[i] = readOne(dataset, sample, isForChannels, options.side);
        });
        if (stop.stop_requested())
            return std::nullopt;
        for (std::size_t i = 0; i < part.size(); ++i)
            take(statistics, samples[first + i], part[i], totals);
        options.progress(first + part.size(), samples.size());
    }
    if (statistics.measured == 0)
        throw IoError("none of the images can be read");
    setChannels(statistics, totals);
    return statistics;
}

} // namespace simclr
