// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/nearest_names.h"

#include "core/util/lower_case.h"

#include <algorithm>
#include <array>
#include <utility>

namespace simclr {

namespace {

/// Longer names are not compared letter by letter.
constexpr std::size_t longestName = 64;
constexpr std::size_t mostNames = 3;

/// Damerau and Levenshtein's distance in bytes, where no letter is changed twice ("optimal string
/// alignment").
std::size_t distance(std::string_view one, std::string_view other) {
    std::array<std::array<std::size_t, longestName + 1>, longestName + 1> table{};
    for (std::size_t i = 0; i <= one.size(); ++i)
        for (std::size_t j = 0; j <= other.size(); ++j) {
            std::size_t &cell = table[i][j];
            if (i == 0 || j == 0) {
                cell = i + j;
                continue;
            }
            const std::size_t replaced = table[i - 1][j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
            cell = std::min({replaced, table[i - 1][j] + 1, table[i][j - 1] + 1});
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                cell = std::min(cell, table[i - 2][j - 2] + 1);
        }
    return table[one.size()][other.size()];
}

/// Nothing for names that are not near.
std::size_t rank(const std::string &wrong, const std::string &name, std::size_t notNear) {
    if (wrong.empty() || wrong.size() > longestName || name.size() > longestName)
        return notNear;
    const std::size_t changes = distance(wrong, name);
    if (changes <= std::max<std::size_t>(1, wrong.size() / 3))
        return changes;
    constexpr std::size_t enough = 3; // letters that say what was meant
    const bool isBegin =
        std::min(wrong.size(), name.size()) >= enough && (name.starts_with(wrong) || wrong.starts_with(name));
    return isBegin ? longestName : notNear;
}

} // namespace

std::vector<std::string> nearestNames(std::string_view wrong, std::span<const std::string> names) {
    constexpr std::size_t notNear = longestName + 1;
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const std::string &name : names)
        if (const std::size_t place = rank(lowerCase(wrong), lowerCase(name), notNear); place < notNear)
            ranked.emplace_back(place, name);
    std::ranges::sort(ranked);
    std::vector<std::string> nearest;
    for (const auto &[place, name] : ranked)
        if (nearest.size() < mostNames && (nearest.empty() || nearest.back() != name))
            nearest.push_back(name);
    return nearest;
}

std::string didYouMean(std::string_view wrong, std::span<const std::string> names) {
    const std::vector<std::string> nearest = nearestNames(wrong, names);
    std::string list;
    for (std::size_t i = 0; i < nearest.size(); ++i)
        list += (i == 0 ? "" : i + 1 == nearest.size() ? " or " : ", ") + nearest[i];
    return list.empty() ? list : "; did you mean " + list + "?";
}

} // namespace simclr
