// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace simclr::ui {

/// Which images of a dataset a preview goes through, and in which order.
struct SampleOrder {
    std::optional<int> label = {}; ///< those of this class alone, or Dataset::unlabelled
    std::uint32_t shuffle = 0;     ///< 0: the usual order; each other number: an order of its own

    bool operator==(const SampleOrder &) const = default;
};

/// All samples that `order` names, each once: one class after the other in turn, in each class by chance, but
/// always the same for the same dataset and order; those that the source keeps for testing behind the others.
std::vector<std::uint32_t> orderedSamples(const Dataset &dataset, const SampleOrder &order);

/// The first `count` (or all, where there are fewer) in the usual order.
std::vector<std::uint32_t> previewSamples(const Dataset &dataset, std::size_t count);

} // namespace simclr::ui
