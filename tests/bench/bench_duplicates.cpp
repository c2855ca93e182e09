// SPDX-License-Identifier: GPL-3.0-or-later
// Searches near-duplicates: bench_duplicates SOURCE [CONTACT_SHEET.png]. The contact sheet shows the least
// similar pairs that are found.
#include "tests/bench/bench_timing.h"
#include "core/image/codec.h"
#include "core/inspect/duplicate_images.h"
#include "core/inspect/picture_similarity.h"

#include <cstdio>
#include <cstring>

namespace {

using namespace simclr;

std::vector<ImageSplit> splitsOf(const Dataset &dataset) {
    std::vector<ImageSplit> splits;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample)
        splits.push_back(dataset.isTestSample(sample) ? ImageSplit::Test : ImageSplit::Train);
    return splits;
}

void printCounts(const DuplicateImages &found, const DuplicateCounts &counts) {
    std::printf("%zu pairs in %zu groups, %zu equal; within train %zu, train-test %zu, within test %zu\n",
                found.pairs.size(), found.groups.size(), counts.exact,
                counts.of(ImageSplit::Train, ImageSplit::Train),
                counts.of(ImageSplit::Train, ImageSplit::Test),
                counts.of(ImageSplit::Test, ImageSplit::Test));
    std::printf("%zu test images are also trained on; all but one of each group: %zu\n", counts.testInTrain,
                counts.surplus);
    for (int low = 60; low < 100; low += 5) {
        const auto within = [low](const DuplicatePair &pair) {
            return pair.similarity >= low / 100.0 && pair.similarity < (low + 5) / 100.0;
        };
        std::printf("  similarity %.2f to %.2f: %td\n", low / 100.0, (low + 5) / 100.0,
                    std::count_if(found.pairs.begin(), found.pairs.end(), within));
    }
}

void writeSheet(const Dataset &dataset, std::vector<DuplicatePair> pairs, const char *file) {
    constexpr int side = 64;
    constexpr int columns = 10;
    constexpr int rows = 14;
    std::sort(pairs.begin(), pairs.end(), [](const DuplicatePair &one, const DuplicatePair &other) {
        return one.similarity < other.similarity;
    });
    Image sheet(columns * (2 * side + 8), rows * (side + 4));
    for (std::size_t i = 0; i < std::min<std::size_t>(pairs.size(), columns * rows); ++i) {
        const auto place = static_cast<int>(i);
        int left = place % columns * (2 * side + 8);
        for (const std::uint32_t sample : {pairs[i].first, pairs[i].second}) {
            const Image image = squeezed(dataset.image(sample), side);
            for (int y = 0; y < side; ++y)
                std::memcpy(sheet.row(place / columns * (side + 4) + y) + 3 * left, image.row(y), 3 * side);
            left += side;
        }
    }
    writePng(sheet, file);
}

} // namespace

int main(int argc, char **argv) {
    if (argc < 2)
        return std::printf("bench_duplicates SOURCE [CONTACT_SHEET.png]\n"), 2;
    OpenOptions options;
    options.memoryBudget = std::uintmax_t{2} << 30;
    Clock::time_point start = Clock::now();
    const DatasetPtr dataset = openDataset(argv[1], options);
    std::printf("%u images opened in %.1f s\n", dataset->size(), millisecondsSince(start) / 1000);
    start = Clock::now();
    const auto found = findDuplicateImages(*dataset, {});
    std::printf("searched in %.1f s\n", millisecondsSince(start) / 1000);
    printCounts(*found, countDuplicates(*found, splitsOf(*dataset)));
    if (argc > 2)
        writeSheet(*dataset, found->pairs, argv[2]);
    return 0;
}
