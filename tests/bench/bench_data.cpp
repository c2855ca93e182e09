// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a large folder: first images, ready, again from its index, memory. Reading images out of archives
// against loose files, with two views each.
//
//     bench_data open FOLDER INDEX_FOLDER      measures one opening; call it twice
//     bench_data read DATASET...               images/s of each, two views, in turns
#include "core/augment/pipeline.h"
#include "core/augment/view_renderer.h"
#include "core/data/dataset.h"
#include "core/util/allocator.h"
#include "core/util/error.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <sys/resource.h>

using namespace simclr;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Of /proc/self/status, in MB: "VmRSS", "VmHWM".
double memoryOf(const std::string &field) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(field + ":"))
            return std::stod(line.substr(field.size() + 1)) / 1024;
    return 0;
}

int measureOpening(const std::string &folder, const std::string &indexFolder) {
    const double before = memoryOf("VmRSS");
    const auto begin = Clock::now();
    double firstImages = 0;
    OpenOptions options;
    options.memoryBudget = 0;
    options.indexFolder = indexFolder;
    options.openingPreview = [&](const DatasetPtr &images) {
        if (firstImages > 0)
            return;
        images->image(0);
        firstImages = secondsSince(begin);
    };
    const DatasetPtr dataset = openDataset(folder, options);
    const double ready = secondsSince(begin);
    if (firstImages == 0) // from an index there is no preview
        firstImages = ready;
    releaseFreeMemory();
    std::printf(
        "%u images: first image after %.2f s, ready after %.2f s; memory %.0f MB more, at most %.0f MB\n",
        dataset->size(), firstImages, ready, memoryOf("VmRSS") - before, memoryOf("VmHWM"));
    return 0;
}

double imagesPerSecond(const Dataset &dataset, const ViewRenderer &renderer, std::uint32_t count) {
    const auto begin = Clock::now();
    parallelFor(count, 0, [&](std::size_t i) {
        const auto sample = static_cast<std::uint32_t>(i * 7919 % dataset.size());
        const Image image = dataset.image(sample);
        Image view;
        for (std::uint16_t number = 0; number < 2; ++number)
            renderer.render(image, {1, 0, sample, number}, view);
    });
    return count / secondsSince(begin);
}

/// In turns, so that other load affects all alike; the median of the rounds.
int measureReading(int count, char **sources) {
    constexpr int rounds = 7;
    constexpr std::uint32_t images = 2000;
    OpenOptions options;
    options.memoryBudget = 0;
    const ViewRenderer renderer(pipelineByName("simclr-imagenet"), 224);
    std::vector<DatasetPtr> datasets;
    for (int i = 0; i < count; ++i)
        datasets.push_back(openDataset(sources[i], options));
    std::map<int, std::vector<double>> rates;
    for (int round = 0; round < rounds; ++round)
        for (int i = 0; i < count; ++i)
            rates[i].push_back(imagesPerSecond(*datasets[static_cast<std::size_t>(i)], renderer, images));
    for (int i = 0; i < count; ++i) {
        std::ranges::sort(rates[i]);
        std::printf("%s: %.0f images/s, %.3f of the first\n", sources[i], rates[i][rounds / 2],
                    rates[i][rounds / 2] / rates[0][rounds / 2]);
    }
    return 0;
}

} // namespace

int main(int argc, char **argv) {
    const std::string what = argc > 1 ? argv[1] : "";
    try {
        if (what == "open" && argc == 4)
            return measureOpening(argv[2], argv[3]);
        if (what == "read" && argc > 2)
            return measureReading(argc - 2, argv + 2);
    } catch (const Error &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    std::fputs("usage: bench_data open FOLDER INDEX_FOLDER | bench_data read DATASET...\n", stderr);
    return 2;
}
