// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/duplicate_images.h"

#include <algorithm>
#include <array>
#include <iterator>

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

/// What an image can be for in a run on the images that are left: the labelled images that the source does
/// not reserve for testing are split again, and any of them may then be held out or trained on.
enum class Role { SplitAgain, LearnedFrom, Tested, Unused };

Role roleOf(const Dataset &dataset, std::uint32_t sample) {
    const bool hasLabel = dataset.label(sample) != Dataset::unlabelled;
    if (dataset.isTestSample(sample))
        return hasLabel || !dataset.isLabelled() ? Role::Tested : Role::Unused;
    return hasLabel ? Role::SplitAgain : Role::LearnedFrom;
}

/// The image of a group that is kept: larger ranks first, then the first image.
std::uint32_t keptOf(const Group &group, const Dataset &dataset, std::span<const ImageSplit> splitOfEach) {
    const auto rank = [&](std::uint32_t sample) {
        if (roleOf(dataset, sample) == Role::Unused)
            return -1;
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

/// The images of a group that are kept, so that none of them can be trained on and another one be held out:
/// of `SplitAgain` at most one, and of the roles at most one.
struct Kept {
    const Group &group;
    const Dataset &dataset;
    std::span<const ImageSplit> splitOfEach;

    bool has(Role role) const {
        return std::ranges::any_of(group, [&](auto sample) { return roleOf(dataset, sample) == role; });
    }
    Group all(Role role) const {
        Group some;
        std::ranges::copy_if(group, std::back_inserter(some),
                             [&](auto sample) { return roleOf(dataset, sample) == role; });
        return some;
    }
    bool hasTrained() const {
        return std::ranges::any_of(all(Role::SplitAgain),
                                   [&](auto sample) { return isForTraining(splitOfEach[sample]); });
    }
    /// Of those that are split again: one that is held out, or one that is trained on, if there is one.
    Group oneSplitAgain(bool prefersHeldOut) const {
        const Group some = all(Role::SplitAgain);
        return {*std::ranges::max_element(some, {}, [&](auto sample) {
            return prefersHeldOut ? isHeldOut(splitOfEach[sample]) : isForTraining(splitOfEach[sample]);
        })};
    }
    Group heldOut() const {
        if (has(Role::Tested))
            return all(Role::Tested);
        return has(Role::SplitAgain) ? oneSplitAgain(true) : all(Role::LearnedFrom);
    }
    Group trainedOn() const {
        if (has(Role::SplitAgain) && (hasTrained() || !has(Role::LearnedFrom)))
            return oneSplitAgain(false);
        return has(Role::LearnedFrom) ? all(Role::LearnedFrom) : all(Role::Tested);
    }
};

/// Unused test images are never left out, since they are in no split.
Group copies(const Group &group, const Dataset &dataset, std::span<const ImageSplit> splitOfEach,
             LeaveOut which) {
    const Kept choice{group, dataset, splitOfEach};
    const Group kept = which == LeaveOut::TrainingCopies ? choice.heldOut() : choice.trainedOn();
    Group rest = group;
    std::erase_if(rest, [&](auto sample) {
        return roleOf(dataset, sample) == Role::Unused || std::ranges::find(kept, sample) != kept.end();
    });
    return rest;
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
                                                        : copies(group, dataset, splitOfEach, which);
        samples.insert(samples.end(), part.begin(), part.end());
    }
    std::ranges::sort(samples);
    return samples;
}

} // namespace simclr
