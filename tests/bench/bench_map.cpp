// SPDX-License-Identifier: GPL-3.0-or-later
// Time until the first picture of a map, until it has settled, and of the neighbours of one image, on
// synthetic features in clusters. Arguments: images (50000), dimensions (512), threads (0: all cores),
// "check" to compare the neighbours on the map with those of the features.
#include "core/embed/nearest_rows.h"
#include "core/embed/representation_map.h"
#include "core/random/random.h"
#include "tests/bench/bench_timing.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <numeric>
#include <string>

using namespace simclr;

namespace {

constexpr std::size_t classes = 10;

/// Features as of an encoder: a center per class, and within it a curved sheet of 16 dimensions with noise.
FeatureTable clusteredFeatures(std::size_t images, std::size_t dimensions) {
    constexpr std::size_t sheet = 16;
    FeatureTable table;
    table.columns = dimensions;
    table.values.resize(images * dimensions);
    std::vector<float> basis((classes + sheet) * dimensions);
    RandomStream common({1, Purpose::Shapes, 0, 0, 0});
    std::ranges::generate(basis, [&] { return static_cast<float>(common.normal()); });
    for (std::size_t i = 0; i < images; ++i) {
        RandomStream random({1, Purpose::Shapes, 1, static_cast<std::uint32_t>(i), 0});
        const std::size_t label = i * classes / images;
        std::vector<float> weights(classes + sheet, 0);
        weights[label] = 1;
        for (std::size_t j = 0; j < sheet; ++j)
            weights[classes + j] = static_cast<float>(0.4 * random.normal() / std::sqrt(1.0 + double(j)));
        for (std::size_t d = 0; d < dimensions; ++d) {
            double value = 0.1 * random.normal();
            for (std::size_t j = 0; j < weights.size(); ++j)
                value += weights[j] * basis[j * dimensions + d];
            table.values[i * dimensions + d] = static_cast<float>(std::max(0.0, value)); // as after a ReLU
        }
        table.samples.push_back(static_cast<std::uint32_t>(i));
        table.splits.push_back(ImageSplit::Train);
        table.labels.push_back(static_cast<std::int32_t>(label));
    }
    return table;
}

/// How many of the 15 nearest of the features are among the 15 nearest on the map: mean of the Jaccard index.
double keptNeighbours(const FeatureTable &table, const MapPoints &points) {
    FeatureTable map = table;
    map.columns = 2;
    map.values.clear();
    for (const MapPoint &point : points)
        map.values.insert(map.values.end(), {point.x, point.y});
    const auto before = nearestRows(table, {15, FeatureDistance::Cosine, 0, 0});
    const auto after = nearestRows(map, {15, FeatureDistance::Euclidean, 0, 0});
    const std::vector<float> overlap = neighbourOverlap(*before, *after);
    return std::accumulate(overlap.begin(), overlap.end(), 0.0) / static_cast<double>(overlap.size());
}

void writeFor(const char *file, const std::vector<float> &values) {
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char *>(values.data()),
               static_cast<std::streamsize>(values.size() * sizeof(float)));
}

} // namespace

int main(int argc, char **argv) {
    const auto argument = [&](int i, std::size_t usual) {
        return argc > i ? static_cast<std::size_t>(std::atoll(argv[i])) : usual;
    };
    const FeatureTable table = clusteredFeatures(argument(1, 50'000), argument(2, 512));
    MapOptions options;
    options.threads = static_cast<int>(argument(3, 0));
    const auto begin = Clock::now();
    std::vector<double> pictures;
    const auto points = makeMap(table, options, {},
                                [&](const MapProgress &) { pictures.push_back(millisecondsSince(begin)); });
    const double settled = millisecondsSince(begin);
    std::vector<double> queries;
    for (std::size_t i = 0; i < 20; ++i) {
        const auto start = Clock::now();
        nearestToRow(table, i * table.rows() / 20, 15, FeatureDistance::Cosine, options.threads);
        queries.push_back(millisecondsSince(start));
    }
    std::printf("| map of %zu × %zu | |\n|---|---|\n", table.rows(), table.columns);
    std::printf("| first picture | %.2f s |\n", pictures.front() / 1000);
    std::printf("| UMAP moves | %.2f s |\n", pictures.at(1) / 1000);
    std::printf("| settled, %zu pictures | %.1f s |\n", pictures.size(), settled / 1000);
    std::printf("| neighbours of one image, median | %.1f ms |\n", percentile(queries, 0.5));
    if (argc > 4)
        std::printf("| overlap of neighbours on the map with those of the features | %.3f |\n",
                    keptNeighbours(table, *points));
    if (argc > 5) {
        std::vector<float> flat;
        for (const MapPoint &point : *points)
            flat.insert(flat.end(), {point.x, point.y});
        writeFor((std::string(argv[5]) + ".map").c_str(), flat);
        writeFor((std::string(argv[5]) + ".features").c_str(), table.values);
    }
    return 0;
}
