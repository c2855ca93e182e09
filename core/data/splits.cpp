// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/splits.h"

#include "core/util/error.h"
#include "core/util/random.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace simclr {

namespace {

using Samples = std::vector<std::uint32_t>;

/// The samples of each class in a random order that depends on seed and class alone.
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

std::string className(const Dataset &dataset, int label) {
    return "the class \"" + dataset.report().classNames[static_cast<std::size_t>(label)] + "\" in \"" +
           dataset.report().title + "\"";
}

/// How many of `available` go to a split of this fraction: at least one where it is wanted at all.
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

void splitClass(const Dataset &dataset, int label, Samples members, const SplitOptions &options,
                Splits &splits) {
    const std::size_t all = members.size();
    const std::size_t test = dataset.report().hasTestSplit ? 0 : share(all, options.testFraction);
    const std::size_t validation = share(all - std::min(test, all), options.validationFraction);
    if (test + validation >= all)
        throw InvalidInput(className(dataset, label) + " has too few images: " + std::to_string(all) +
                           " cannot be split into training, validation and test images");
    moveFront(members, test, splits.test);
    moveFront(members, validation, splits.validation);
    moveFront(members, members.size(), splits.train);
}

} // namespace

Splits makeSplits(const Dataset &dataset, const SplitOptions &options) {
    Splits splits;
    Samples rest;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample)
        (dataset.isTestSample(sample) ? splits.test : rest).push_back(sample);
    if (dataset.isLabelled())
        for (auto &[label, members] : shuffledByClass(dataset, rest, options.seed, Purpose::Split))
            splitClass(dataset, label, std::move(members), options, splits);
    else
        splits.train = std::move(rest);
    if (options.trainLimit > 0)
        splits.train = balancedSubset(dataset, splits.train, options.trainLimit, options.seed);
    for (Samples *split : {&splits.train, &splits.validation, &splits.test})
        std::ranges::sort(*split);
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
