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
#include <unordered_set>

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
    std::vector<std::string> inTraining;
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

/// Classes whose images are all for testing.
void findUntrained(const Dataset &dataset, const std::map<int, Samples> &classes, Missing &missing) {
    const DatasetReport &report = dataset.report();
    for (std::size_t label = 0; label < report.classNames.size(); ++label)
        if (report.classCounts[label] > 0 && !classes.contains(static_cast<int>(label)))
            missing.inTraining.push_back(report.classNames[label]);
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
    if (const auto &classes = missing.inTraining; !classes.empty())
        splits.notes.push_back(datasetMessage("untrained_classes", classes.size(), names(classes)));
}

/// Those of `samples` whose content is in `contents`.
std::vector<ImageContent> imagesWith(const std::unordered_set<std::uint64_t> &contents,
                                     const Dataset &dataset, const Samples &samples) {
    std::vector<ImageContent> images;
    for (const std::uint32_t sample : samples)
        if (const std::uint64_t content = dataset.contentOf(sample); contents.contains(content))
            images.push_back({content, dataset.sampleName(sample)});
    return images;
}

/// Images of `heldOut` that also occur among `used`, as files of equal content.
void tellShared(const Dataset &dataset, const Samples &used, SharedUse use, const Samples &heldOut,
                HeldOut split, Splits &splits) {
    std::unordered_set<std::uint64_t> contents;
    for (const std::uint32_t sample : heldOut)
        if (const std::uint64_t content = dataset.contentOf(sample); content != 0)
            contents.insert(content);
    if (contents.empty())
        return;
    const auto shared = imagesWith(contents, dataset, used);
    if (shared.empty())
        return;
    if (const auto note = sharedImagesNote(shared, imagesWith(contents, dataset, heldOut), split, use))
        splits.notes.push_back(*note);
}

/// The samples of a dataset by what they are for, before the labelled ones are split.
struct Uses {
    Samples labelled;
    Samples unlabelled; ///< to learn from
    Samples test;
    std::size_t unused = 0;  ///< reserved for testing, without a label
    bool isSeparate = false; ///< what is learned from is not what is evaluated on
};

/// Nothing is reserved without a label, unless nothing has one.
Uses usesOf(const Dataset &dataset, const SplitOptions &options) {
    Uses uses;
    const std::uint32_t firstLabelled = dataset.labelledPart().firstSample;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample) {
        const bool hasLabel = dataset.label(sample) != Dataset::unlabelled;
        const bool isLearned = firstLabelled == 0 || sample < firstLabelled || options.learnsFromLabelled;
        if (dataset.isTestSample(sample) && (hasLabel || !dataset.isLabelled()))
            uses.test.push_back(sample);
        else if (dataset.isTestSample(sample))
            ++uses.unused;
        else if (hasLabel)
            uses.labelled.push_back(sample);
        else if (isLearned)
            uses.unlabelled.push_back(sample);
    }
    uses.isSeparate = dataset.isLabelled() && (firstLabelled > 0 || !uses.unlabelled.empty());
    return uses;
}

/// As many of each as correspond to their numbers.
Samples someOfBoth(const Dataset &dataset, const Samples &unlabelled, const Samples &labelled,
                   const SplitOptions &options) {
    const std::size_t all = unlabelled.size() + labelled.size();
    const std::size_t most = options.trainLimit == 0 ? all : std::min<std::size_t>(options.trainLimit, all);
    const auto ofLabelled = static_cast<std::size_t>(
        std::llround(static_cast<double>(most) * static_cast<double>(labelled.size()) /
                     static_cast<double>(std::max<std::size_t>(all, 1))));
    Samples some;
    const auto add = [&](const Samples &samples, std::size_t count) {
        if (count == 0)
            return;
        const Samples subset =
            balancedSubset(dataset, samples, static_cast<std::uint32_t>(count), options.seed);
        some.insert(some.end(), subset.begin(), subset.end());
    };
    add(unlabelled, most - ofLabelled);
    add(labelled, ofLabelled);
    return some;
}

void splitLabelled(const Dataset &dataset, const Samples &labelled, const SplitOptions &options,
                   Splits &splits, Missing &missing) {
    auto classes = shuffledByClass(dataset, labelled, options.seed, Purpose::Split);
    findUntrained(dataset, classes, missing);
    for (auto &[label, members] : classes)
        splitClass(dataset, label, std::move(members), options, splits, missing);
}

/// What is learned from, from which the limit takes.
void chooseLearned(const Dataset &dataset, const Uses &uses, const SplitOptions &options, Splits &splits) {
    if (uses.isSeparate) {
        splits.learn = someOfBoth(dataset, uses.unlabelled,
                                  options.learnsFromLabelled ? splits.train : Samples(), options);
        return;
    }
    if (options.trainLimit > 0)
        splits.train = balancedSubset(dataset, splits.train, options.trainLimit, options.seed);
    splits.learn = splits.train;
}

/// Images that are in two splits of the source itself are in its report.
void tellAllShared(const Dataset &dataset, const Uses &uses, Splits &splits) {
    const bool isTestFromHere = !dataset.report().hasTestSplit;
    tellShared(dataset, splits.train, SharedUse::Training, splits.validation, HeldOut::Validation, splits);
    if (isTestFromHere)
        tellShared(dataset, splits.train, SharedUse::Training, splits.test, HeldOut::Test, splits);
    if (!uses.isSeparate)
        return;
    Samples others;
    std::ranges::set_difference(splits.learn, splits.train, std::back_inserter(others));
    tellShared(dataset, others, SharedUse::Learning, splits.validation, HeldOut::Validation, splits);
    if (isTestFromHere || dataset.labelledPart().firstSample > 0)
        tellShared(dataset, others, SharedUse::Learning, splits.test, HeldOut::Test, splits);
}

} // namespace

Splits makeSplits(const Dataset &dataset, const SplitOptions &options) {
    Splits splits;
    Missing missing;
    Uses uses = usesOf(dataset, options);
    splits.test = std::move(uses.test);
    if (dataset.isLabelled())
        splitLabelled(dataset, uses.labelled, options, splits, missing);
    else
        splits.train = uses.unlabelled;
    chooseLearned(dataset, uses, options, splits);
    for (Samples *split : {&splits.learn, &splits.train, &splits.validation, &splits.test})
        std::ranges::sort(*split);
    tellMissing(missing, splits);
    if (uses.unused > 0)
        splits.notes.push_back(datasetMessage("unused_test_images", uses.unused));
    tellAllShared(dataset, uses, splits);
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
