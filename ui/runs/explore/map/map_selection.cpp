// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/map_selection.h"

#include <algorithm>
#include <iterator>

namespace simclr::ui {

namespace {

std::vector<std::uint32_t> combined(const std::vector<std::uint32_t> &now,
                                    const std::vector<std::uint32_t> &others, SelectionChange change) {
    if (change == SelectionChange::Replace)
        return others;
    std::vector<std::uint32_t> result;
    if (change == SelectionChange::Add)
        std::ranges::set_union(now, others, std::back_inserter(result));
    else
        std::ranges::set_difference(now, others, std::back_inserter(result));
    return result;
}

} // namespace

bool MapSelection::contains(std::uint32_t sample) const {
    return std::ranges::binary_search(m_samples, sample);
}

std::vector<std::uint8_t> MapSelection::flagsOf(std::span<const std::uint32_t> samples) const {
    std::vector<std::uint8_t> flags;
    if (m_samples.empty())
        return flags;
    bool isAny = false;
    flags.reserve(samples.size());
    for (const std::uint32_t sample : samples) {
        flags.push_back(contains(sample) ? 1 : 0);
        isAny = isAny || flags.back() != 0;
    }
    return isAny ? flags : std::vector<std::uint8_t>();
}

void MapSelection::change(std::vector<std::uint32_t> samples, SelectionChange change) {
    std::ranges::sort(samples);
    samples.erase(std::ranges::unique(samples).begin(), samples.end());
    std::vector<std::uint32_t> now = combined(m_samples, samples, change);
    if (now == m_samples)
        return;
    m_samples = std::move(now);
    Q_EMIT changed();
}

} // namespace simclr::ui
