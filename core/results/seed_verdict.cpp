// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/seed_verdict.h"

#include "core/statistics/holm.h"
#include "core/statistics/sample_size.h"
#include "core/statistics/sample_summary.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace simclr {

namespace {

constexpr std::size_t fewestSeeds = 3;
constexpr double level = 0.05;

/// One value per seed, in the order of the seeds.
struct Seeds {
    std::vector<std::int64_t> seeds;
    std::vector<double> values;
};

/// Each run once, without values that are not finite.
SeedGroup usableOf(const SeedGroup &group) {
    SeedGroup usable;
    std::set<std::int64_t> runs;
    for (const SeedValue &value : group)
        if (std::isfinite(value.value) && runs.insert(value.run).second)
            usable.push_back(value);
    return usable;
}

Seeds meanOfReplicates(const SeedGroup &group) {
    std::map<std::int64_t, std::vector<double>> bySeed;
    for (const SeedValue &value : group)
        bySeed[value.seed].push_back(value.value);
    Seeds seeds;
    for (const auto &[seed, values] : bySeed) {
        seeds.seeds.push_back(seed);
        seeds.values.push_back(summarise(values).mean);
    }
    return seeds;
}

bool shareRuns(const SeedGroup &group, const SeedGroup &baseline) {
    return std::ranges::any_of(group, [&](const SeedValue &value) {
        return std::ranges::find(baseline, value.run, &SeedValue::run) != baseline.end();
    });
}

bool areOnSameImages(const SeedGroup &group, const SeedGroup &baseline) {
    std::set<std::string> images;
    for (const SeedGroup *each : {&group, &baseline})
        for (const SeedValue &value : *each)
            images.insert(value.images);
    return images.size() == 1;
}

/// What forbids a test before it is made.
std::optional<Undecided> obstacle(const SeedGroup &group, const SeedGroup &baseline,
                                  const SeedVerdict &verdict) {
    if (shareRuns(group, baseline))
        return Undecided::SharedRuns;
    if (std::min(verdict.seeds, verdict.baselineSeeds) < fewestSeeds)
        return Undecided::TooFewSeeds;
    return areOnSameImages(group, baseline) ? std::nullopt : std::optional(Undecided::OtherImages);
}

double sdOfDifferences(const Seeds &group, const Seeds &baseline) {
    std::vector<double> differences;
    for (std::size_t i = 0; i < group.values.size(); ++i)
        differences.push_back(group.values[i] - baseline.values[i]);
    return summarise(differences).sd;
}

std::optional<std::int64_t> seedsNeeded(const SeedVerdict &verdict, const Seeds &group,
                                        const Seeds &baseline) {
    const auto needed =
        verdict.test == SeedTest::Paired
            ? pairsNeeded(verdict.toShow, sdOfDifferences(group, baseline))
            : valuesPerGroup(verdict.toShow, summarise(group.values).sd, summarise(baseline.values).sd);
    return needed ? std::optional(std::max(*needed, static_cast<std::int64_t>(fewestSeeds))) : std::nullopt;
}

void test(const Seeds &group, const Seeds &baseline, SeedVerdict &verdict) {
    verdict.test = group.seeds == baseline.seeds ? SeedTest::Paired : SeedTest::Welch;
    verdict.estimate = verdict.test == SeedTest::Paired ? pairedTest(group.values, baseline.values)
                                                        : welchTest(group.values, baseline.values);
    if (verdict.estimate)
        verdict.seedsToShow = seedsNeeded(verdict, group, baseline);
    else
        verdict.reason = Undecided::NoSpread;
}

/// Without the verdict itself, which depends on the other comparisons.
SeedVerdict measured(const SeedGroup &all, const SeedGroup &allOfBaseline, double toShow) {
    const SeedGroup group = usableOf(all);
    const SeedGroup baseline = usableOf(allOfBaseline);
    const Seeds seeds = meanOfReplicates(group);
    const Seeds others = meanOfReplicates(baseline);
    SeedVerdict verdict;
    verdict.seeds = seeds.seeds.size();
    verdict.baselineSeeds = others.seeds.size();
    verdict.difference = summarise(seeds.values).mean - summarise(others.values).mean;
    verdict.toShow = toShow;
    verdict.reason = obstacle(group, baseline, verdict);
    if (!verdict.reason)
        test(seeds, others, verdict);
    return verdict;
}

Verdict decided(const SeedVerdict &verdict) {
    if (!verdict.estimate)
        return Verdict::NotDecidable;
    if (verdict.adjustedP >= level)
        return Verdict::NoEvidence;
    return verdict.difference > 0 ? Verdict::Higher : Verdict::Lower;
}

} // namespace

std::string nameOf(Verdict verdict) {
    switch (verdict) {
    case Verdict::NotDecidable:
        return "not_decidable";
    case Verdict::NoEvidence:
        return "no_evidence";
    case Verdict::Higher:
        return "higher";
    case Verdict::Lower:
        break;
    }
    return "lower";
}

std::string nameOf(Undecided reason) {
    switch (reason) {
    case Undecided::TooFewSeeds:
        return "too_few_seeds";
    case Undecided::SharedRuns:
        return "shared_runs";
    case Undecided::OtherImages:
        return "other_images";
    case Undecided::NoSpread:
        break;
    }
    return "no_spread";
}

std::string nameOf(SeedTest test) {
    return test == SeedTest::Paired ? "paired" : "welch";
}

std::vector<SeedVerdict> compareWithBaseline(const std::vector<SeedGroup> &groups, const SeedGroup &baseline,
                                             double toShow) {
    std::vector<SeedVerdict> verdicts;
    std::vector<double> p;
    for (const SeedGroup &group : groups) {
        verdicts.push_back(measured(group, baseline, toShow));
        p.push_back(verdicts.back().estimate ? verdicts.back().estimate->p : std::nan(""));
    }
    const std::vector<double> adjusted = holmAdjusted(p);
    const auto tests = std::ranges::count_if(p, [](double each) { return !std::isnan(each); });
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        verdicts[i].adjustedP = adjusted[i];
        verdicts[i].comparisons = static_cast<std::size_t>(tests);
        verdicts[i].verdict = decided(verdicts[i]);
    }
    return verdicts;
}

SeedVerdict compareGroups(const SeedGroup &group, const SeedGroup &baseline, double toShow) {
    return compareWithBaseline({group}, baseline, toShow).front();
}

} // namespace simclr
