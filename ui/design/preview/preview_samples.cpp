// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview/preview_samples.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

namespace simclr::ui {

namespace {

using Samples = std::vector<std::uint32_t>;

std::map<int, Samples> byClass(const Dataset &dataset, const SampleOrder &order, bool isForTesting) {
    std::map<int, Samples> classes;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample) {
        const int label = dataset.label(sample);
        if (dataset.isTestSample(sample) == isForTesting && order.label.value_or(label) == label)
            classes[label].push_back(sample);
    }
    return classes;
}

/// A hash of the name, the same on every platform (FNV-1a).
std::uint64_t numberOf(const std::string &name) {
    std::uint64_t number = 14695981039346656037U;
    for (const char letter : name)
        number = (number ^ std::uint8_t(letter)) * 1099511628211U;
    return number;
}

/// Another number for each `shuffle`; the same one for 0. The finalizer of SplitMix64.
std::uint64_t shuffled(std::uint64_t number, std::uint32_t shuffle) {
    if (shuffle == 0)
        return number;
    number ^= shuffle * 0x9e3779b97f4a7c15U;
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9U;
    number = (number ^ (number >> 27)) * 0x94d049bb133111ebU;
    return number ^ (number >> 31);
}

/// In an order independent of the names, in which one broken image does not move the others.
void sortByChance(const Dataset &dataset, std::uint32_t shuffle, Samples &samples) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> numbered;
    numbered.reserve(samples.size());
    for (const std::uint32_t sample : samples)
        numbered.emplace_back(shuffled(numberOf(dataset.sampleName(sample)), shuffle), sample);
    std::ranges::sort(numbered);
    std::ranges::copy(numbered | std::views::values, samples.begin());
}

/// The first of each class, then the second of each, and so on.
void appendInTurn(const std::map<int, Samples> &classes, Samples &all) {
    std::vector<const Samples *> left;
    for (const auto &[label, members] : classes)
        left.push_back(&members);
    for (std::size_t round = 0; !left.empty(); ++round) {
        std::erase_if(left, [round](const Samples *members) { return round >= members->size(); });
        for (const Samples *members : left)
            all.push_back((*members)[round]);
    }
}

} // namespace

Samples orderedSamples(const Dataset &dataset, const SampleOrder &order) {
    Samples all;
    for (const bool isForTesting : {false, true}) {
        std::map<int, Samples> classes = byClass(dataset, order, isForTesting);
        for (auto &[label, members] : classes)
            sortByChance(dataset, order.shuffle, members);
        appendInTurn(classes, all);
    }
    return all;
}

Samples previewSamples(const Dataset &dataset, std::size_t count) {
    Samples samples = orderedSamples(dataset, {});
    samples.resize(std::min(samples.size(), count));
    return samples;
}

} // namespace simclr::ui
