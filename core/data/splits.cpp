// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/splits.h"

#include "core/data/dataset_messages.h"
#include "core/data/shared_images.h"
#include "core/random/random.h"
#include "core/util/message_lists.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <string>

namespace simclr {

namespace {

using Samples = std::vector<std::uint32_t>;

/// The samples of each class in a random order that depends only on seed and class.
std::map<int, Samples> shuffledByClass(const Dataset &dataset, const Samples &samples, std::uint64_t seed,
                                       Purpose purpose) {
    std::map<int, Samples> classes;
    for (const std::uint32_t sample : samples)
        classes[dataset.label(sample)].push_back(sample);
    for (auto &[label, members] : classes) {
        RandomStream draws({seed, purpose, 0, static_cast<std::uint32_t>(label + 1), 0});
        draws.shuffle(members);
    }
    return classes;
}

/// Number of `available` in a split of this fraction: at least one unless the fraction is 0.
std::size_t share(std::size_t available, double fraction) {
    if (fraction <= 0)
        return 0;
    return std::max<std::size_t>(
        1, static_cast<std::size_t>(std::lround(static_cast<double>(available) * fraction)));
}

void moveFront(Samples &from, std::size_t count, Samples &to) {
    to.insert(to.end(), from.begin(), from.begin() + static_cast<std::ptrdiff_t>(count));
    from.erase(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(count));
}

/// Number of images of a class in validation and in test.
struct ClassShares {
    std::size_t validation;
    std::size_t test;
};

/// At least one image is for training.
ClassShares sharesOf(std::size_t all, bool hasTestSplit, const SplitOptions &options) {
    ClassShares shares{};
    shares.test = hasTestSplit ? 0 : share(all, options.testFraction);
    shares.validation = share(all - std::min(shares.test, all), options.validationFraction);
    while (shares.test + shares.validation >= all && shares.test + shares.validation > 0)
        --(shares.validation > 0 ? shares.validation : shares.test);
    return shares;
}

/// Names of classes with too few images.
struct Missing {
    std::vector<std::string> inValidation;
    std::vector<std::string> inTest;
};

void splitClass(const Dataset &dataset, int label, Samples members, const SplitOptions &options,
                Splits &splits, Missing &missing) {
    const bool hasTestSplit = dataset.report().hasTestSplit;
    const ClassShares shares = sharesOf(members.size(), hasTestSplit, options);
    const std::string &name = dataset.report().classNames[static_cast<std::size_t>(label)];
    if (shares.validation == 0 && options.validationFraction > 0)
        missing.inValidation.push_back(name);
    if (shares.test == 0 && !hasTestSplit && options.testFraction > 0)
        missing.inTest.push_back(name);
    moveFront(members, shares.test, splits.test);
    moveFront(members, shares.validation, splits.validation);
    moveFront(members, members.size(), splits.train);
}

void tellMissing(const Missing &missing, Splits &splits) {
    const auto names = [](const std::vector<std::string> &classes) {
        std::vector<MessageArgument> quoted;
        std::ranges::transform(classes, std::back_inserter(quoted), quotedName);
        return enumerated(quoted);
    };
    if (const auto &classes = missing.inValidation; !classes.empty())
        splits.notes.push_back(datasetMessage("too_few_for_validation", classes.size(), names(classes)));
    if (const auto &classes = missing.inTest; !classes.empty())
        splits.notes.push_back(datasetMessage("too_few_for_test", classes.size(), names(classes)));
}

/// Images that are in training and also in another split, as files of equal content. Duplicates across parts
/// of the source itself are in its report.
void tellShared(const Dataset &dataset, const Samples &samples, HeldOut split, Splits &splits) {
    const auto contents = [&dataset](const Samples &of) {
        std::vector<ImageContent> images;
        for (const std::uint32_t sample : of)
            images.push_back({dataset.contentOf(sample), dataset.sampleName(sample)});
        return images;
    };
    if (samples.empty())
        return;
    if (const auto note = sharedImagesNote(contents(splits.train), contents(samples), split))
        splits.notes.push_back(*note);
}

} // namespace

Splits makeSplits(const Dataset &dataset, const SplitOptions &options) {
    Splits splits;
    Samples rest;
    Missing missing;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample)
        (dataset.isTestSample(sample) ? splits.test : rest).push_back(sample);
    if (dataset.isLabelled())
        for (auto &[label, members] : shuffledByClass(dataset, rest, options.seed, Purpose::Split))
            splitClass(dataset, label, std::move(members), options, splits, missing);
    else
        splits.train = std::move(rest);
    if (options.trainLimit > 0)
        splits.train = balancedSubset(dataset, splits.train, options.trainLimit, options.seed);
    for (Samples *split : {&splits.train, &splits.validation, &splits.test})
        std::ranges::sort(*split);
    tellMissing(missing, splits);
    tellShared(dataset, splits.validation, HeldOut::Validation, splits);
    if (!dataset.report().hasTestSplit)
        tellShared(dataset, splits.test, HeldOut::Test, splits);
    return splits;
}

std::vector<std::uint32_t> balancedSubset(const Dataset &dataset, const Samples &samples, std::uint32_t count,
                                          std::uint64_t seed) {
    Samples subset = samples;
    if (count > 0 && count < samples.size()) {
        subset.clear();
        auto classes = shuffledByClass(dataset, samples, seed, Purpose::Subset);
        // One of each class in turn, until there are enough.
        for (std::size_t round = 0; subset.size() < count; ++round)
            for (const auto &[label, members] : classes)
                if (round < members.size() && subset.size() < count)
                    subset.push_back(members[round]);
    }
    std::ranges::sort(subset);
    return subset;
}

} // namespace simclr
