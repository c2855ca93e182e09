// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace simclr::ui {

/// Which images of a dataset are previewed, and in which order.
struct SampleOrder {
    std::optional<int> label = {}; ///< only this class, or Dataset::unlabelled
    std::uint32_t shuffle = 0;     ///< 0: the default order; any other number: an order of its own

    bool operator==(const SampleOrder &) const = default;
};

/// All samples that `order` selects, each once: the classes in turn, pseudo-randomly within each class, but
/// always the same for the same dataset and order; test images last.
std::vector<std::uint32_t> orderedSamples(const Dataset &dataset, const SampleOrder &order);

/// The first `count` (or all, if there are fewer) in the default order.
std::vector<std::uint32_t> previewSamples(const Dataset &dataset, std::size_t count);

} // namespace simclr::ui
