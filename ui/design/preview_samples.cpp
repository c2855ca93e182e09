// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview_samples.h"

#include "core/util/random.h"

#include <map>
#include <span>

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

} // namespace

Samples previewSamples(const Dataset &dataset, std::size_t count) {
    std::map<int, Samples> classes = byClass(dataset);
    for (auto &[label, members] : classes) {
        RandomStream draws({0, Purpose::Preview, 0, std::uint32_t(label + 1), 0});
        draws.shuffle(std::span(members));
    }
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
