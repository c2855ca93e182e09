// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/duplicate_images.h"

#include <algorithm>
#include <array>

namespace simclr {

namespace {

using Group = std::vector<std::uint32_t>;

constexpr std::size_t indexOf(ImageSplit split) {
    return static_cast<std::size_t>(split);
}

/// Images of a group by split.
std::array<std::size_t, DuplicateCounts::splits> sizesOf(const Group &group,
                                                         std::span<const ImageSplit> splitOfEach) {
    std::array<std::size_t, DuplicateCounts::splits> sizes{};
    for (const std::uint32_t sample : group)
        ++sizes[indexOf(splitOfEach[sample])];
    return sizes;
}

/// Training images of evaluations and what is learned from.
bool isForTraining(ImageSplit split) {
    return split != ImageSplit::Validation && split != ImageSplit::Test && split != ImageSplit::None;
}

bool isHeldOut(ImageSplit split) {
    return split == ImageSplit::Validation || split == ImageSplit::Test;
}

std::size_t trainedOn(const std::array<std::size_t, DuplicateCounts::splits> &sizes) {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i)
        sum += isForTraining(ImageSplit(i)) ? sizes[i] : 0;
    return sum;
}

/// The image of a group that is kept: larger ranks first, then the first image.
std::uint32_t keptOf(const Group &group, const Dataset &dataset, std::span<const ImageSplit> splitOfEach) {
    const auto rank = [&](std::uint32_t sample) {
        if (splitOfEach[sample] == ImageSplit::Test)
            return 3;
        if (splitOfEach[sample] == ImageSplit::Validation)
            return 2;
        return dataset.label(sample) == Dataset::unlabelled ? 0 : 1;
    };
    return *std::ranges::max_element(group, {}, rank);
}

Group allButOne(const Group &group, const Dataset &dataset, std::span<const ImageSplit> splitOfEach) {
    Group rest = group;
    std::erase(rest, keptOf(group, dataset, splitOfEach));
    return rest;
}

Group copies(const Group &group, std::span<const ImageSplit> splitOfEach, LeaveOut which) {
    Group training;
    Group heldOut;
    for (const std::uint32_t sample : group) {
        if (isForTraining(splitOfEach[sample]))
            training.push_back(sample);
        else if (isHeldOut(splitOfEach[sample]))
            heldOut.push_back(sample);
    }
    if (training.empty() || heldOut.empty())
        return {};
    return which == LeaveOut::TrainingCopies ? training : heldOut;
}

} // namespace

std::size_t DuplicateCounts::of(ImageSplit one, ImageSplit other) const {
    const auto [low, high] = std::minmax({indexOf(one), indexOf(other)});
    return pairs[low][high];
}

std::size_t DuplicateCounts::leaks() const {
    std::size_t sum = 0;
    for (std::size_t low = 0; low < splits; ++low)
        for (std::size_t high = low + 1; high < splits; ++high)
            if (isHeldOut(ImageSplit(low)) != isHeldOut(ImageSplit(high)) ||
                (isHeldOut(ImageSplit(low)) && isHeldOut(ImageSplit(high))))
                sum += high == indexOf(ImageSplit::None) ? 0 : pairs[low][high];
    return sum;
}

DuplicateCounts countDuplicates(const DuplicateImages &found, std::span<const ImageSplit> splitOfEach) {
    DuplicateCounts counts;
    for (const DuplicatePair &pair : found.pairs) {
        const auto [low, high] =
            std::minmax({indexOf(splitOfEach[pair.first]), indexOf(splitOfEach[pair.second])});
        ++counts.pairs[low][high];
        counts.exact += pair.isExact ? 1 : 0;
    }
    for (const Group &group : found.groups) {
        const auto sizes = sizesOf(group, splitOfEach);
        const std::size_t train = trainedOn(sizes);
        const std::size_t validation = sizes[indexOf(ImageSplit::Validation)];
        const std::size_t test = sizes[indexOf(ImageSplit::Test)];
        counts.surplus += group.size() - 1;
        counts.testInTrain += train > 0 ? test : 0;
        counts.validationInTrain += train > 0 ? validation : 0;
        counts.testInValidation += validation > 0 ? test : 0;
    }
    return counts;
}

bool isLeak(std::span<const std::uint32_t> group, std::span<const ImageSplit> splitOfEach) {
    const auto hasOne = [&](bool (*is)(ImageSplit)) {
        return std::ranges::any_of(group, [&](std::uint32_t sample) { return is(splitOfEach[sample]); });
    };
    return hasOne(isForTraining) && hasOne(isHeldOut);
}

std::vector<std::uint32_t> samplesToLeaveOut(const DuplicateImages &found, const Dataset &dataset,
                                             std::span<const ImageSplit> splitOfEach, LeaveOut which) {
    std::vector<std::uint32_t> samples;
    for (const Group &group : found.groups) {
        const Group part = which == LeaveOut::AllButOne ? allButOne(group, dataset, splitOfEach)
                                                        : copies(group, splitOfEach, which);
        samples.insert(samples.end(), part.begin(), part.end());
    }
    std::ranges::sort(samples);
    return samples;
}

} // namespace simclr
