// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview_samples.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

namespace simclr::ui {

namespace {

using Samples = std::vector<std::uint32_t>;

std::map<int, Samples> byClass(const Dataset &dataset) {
    std::map<int, Samples> classes;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample)
        if (!dataset.isTestSample(sample))
            classes[dataset.label(sample)].push_back(sample);
    for (std::uint32_t sample = 0; classes.empty() && sample < dataset.size(); ++sample)
        classes[dataset.label(sample)].push_back(sample);
    return classes;
}

/// The same number for the same name everywhere (FNV-1a).
std::uint64_t numberOf(const std::string &name) {
    std::uint64_t number = 14695981039346656037U;
    for (const char letter : name)
        number = (number ^ std::uint8_t(letter)) * 1099511628211U;
    return number;
}

/// In an order that has nothing to do with that of the names, and in which the others stay where they are
/// when one of them turns out to be broken.
void sortByChance(const Dataset &dataset, Samples &samples) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> numbered;
    for (const std::uint32_t sample : samples)
        numbered.emplace_back(numberOf(dataset.sampleName(sample)), sample);
    std::ranges::sort(numbered);
    std::ranges::copy(numbered | std::views::values, samples.begin());
}

} // namespace

Samples previewSamples(const Dataset &dataset, std::size_t count) {
    std::map<int, Samples> classes = byClass(dataset);
    for (auto &[label, members] : classes)
        sortByChance(dataset, members);
    Samples chosen;
    bool found = true;
    for (std::size_t round = 0; found && chosen.size() < count; ++round) {
        found = false;
        for (const auto &[label, members] : classes)
            if (round < members.size() && chosen.size() < count) {
                chosen.push_back(members[round]);
                found = true;
            }
    }
    return chosen;
}

} // namespace simclr::ui
