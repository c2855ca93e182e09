// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/two_view_loader.h"
#include "tests/support/test_images.h"

#include <algorithm>
#include <numeric>

namespace simclr::test {

/// Side of the views, pixels.
constexpr int side = 32;

inline ViewRenderer recipe() {
    return {pipelineByName("simclr-cifar10"), side};
}

inline std::vector<ViewBatch> drain(TwoViewLoader &loader) {
    std::vector<ViewBatch> batches;
    while (const ViewBatch *batch = loader.next())
        batches.push_back(*batch);
    return batches;
}

inline bool equal(const std::vector<ViewBatch> &a, const std::vector<ViewBatch> &b) {
    return std::ranges::equal(a, b, [](const ViewBatch &x, const ViewBatch &y) {
        return x.index == y.index && x.samples == y.samples && x.pixels == y.pixels;
    });
}

inline std::vector<std::uint32_t> firstSamples(std::uint32_t count) {
    std::vector<std::uint32_t> samples(count);
    std::iota(samples.begin(), samples.end(), 0u);
    return samples;
}

inline void addThreadCounts() {
    QTest::addColumn<int>("threads");
    for (const int threads : {1, 2, 4})
        QTest::addRow("%d", threads) << threads;
}

} // namespace simclr::test
