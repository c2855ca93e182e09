// SPDX-License-Identifier: GPL-3.0-or-later
// How often the verdict is wrong where nothing differs, and right where something does.
#include "core/random/random.h"
#include "core/results/seed_verdict.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

namespace {

constexpr std::size_t trials = 4000;

/// Normal accuracies around 60 % + `gain`, of as many seeds from `seed` on; runs have numbers of their own.
SeedGroup sampled(RandomStream &random, std::int64_t &run, std::int64_t seed, std::size_t seeds, double gain,
                  double sd) {
    SeedGroup group;
    for (std::size_t i = 0; i < seeds; ++i, ++run)
        group.push_back(
            {run, seed + static_cast<std::int64_t>(i), 0.6 + gain + sd * random.normal(), "images"});
    return group;
}

/// Trials in which a comparison of two groups finds a difference.
std::size_t found(std::size_t seeds, bool isPaired, double gain, double sd, double otherSd) {
    std::size_t count = 0;
    for (std::uint32_t trial = 0; trial < trials; ++trial) {
        RandomStream random({.seed = 3, .purpose = Purpose::Subset, .sample = trial});
        std::int64_t run = 1;
        const SeedGroup baseline = sampled(random, run, 1, seeds, 0, otherSd);
        const SeedGroup group = sampled(random, run, isPaired ? 1 : 100, seeds, gain, sd);
        const Verdict verdict = compareGroups(group, baseline, 0.02).verdict;
        count += verdict == Verdict::Higher || verdict == Verdict::Lower ? 1 : 0;
    }
    return count;
}

/// Trials in which at least one of five equal groups seems to differ from an equal baseline.
std::size_t foundAmongFive(bool isCorrected) {
    std::size_t count = 0;
    for (std::uint32_t trial = 0; trial < trials; ++trial) {
        RandomStream random({.seed = 4, .purpose = Purpose::Subset, .sample = trial});
        std::int64_t run = 1;
        const SeedGroup baseline = sampled(random, run, 1, 8, 0, 0.02);
        std::vector<SeedGroup> groups;
        for (int i = 0; i < 5; ++i)
            groups.push_back(sampled(random, run, 100, 8, 0, 0.02));
        const auto isFound = [&](const SeedVerdict &verdict) {
            return (isCorrected ? verdict.adjustedP : verdict.estimate->p) < 0.05;
        };
        count += std::ranges::any_of(compareWithBaseline(groups, baseline, 0.02), isFound) ? 1 : 0;
    }
    return count;
}

double rate(std::size_t count) {
    return static_cast<double>(count) / static_cast<double>(trials);
}

} // namespace

class TestVerdictRates : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    /// The paired t test is exact for normal differences.
    void pairedIsWrongInFivePercent() {
        QVERIFY(isFrequency(found(3, true, 0, 0.02, 0.02), trials, 0.05));
        QVERIFY(isFrequency(found(6, true, 0, 0.03, 0.01), trials, 0.05));
    }

    /// Welch's is not exact: it errs less often than allowed with few equal seeds.
    void welchIsWrongInAtMostFivePercent() {
        const std::size_t few = found(3, false, 0, 0.02, 0.02);
        QVERIFY2(rate(few) > 0.02 && rate(few) < 0.05, qPrintable(QString::number(rate(few))));
        QVERIFY(isFrequency(found(10, false, 0, 0.02, 0.02), trials, 0.05));
        QVERIFY(isFrequency(found(10, false, 0, 0.04, 0.01), trials, 0.05));
    }

    /// The comparisons share their baseline, so that Holm's correction is a little stricter than needed.
    void fiveComparisonsTogetherAreWrongInFivePercent() {
        const double corrected = rate(foundAmongFive(true));
        QVERIFY2(corrected > 0.03 && corrected < 0.055, qPrintable(QString::number(corrected)));
        QVERIFY(rate(foundAmongFive(false)) > 0.12); // which is why
    }

    /// 17 seeds per group have 80 % power for a difference of one standard deviation (Cohen 1988).
    void suggestedSeedsHaveTheirPower() {
        QVERIFY(isFrequency(found(17, false, 0.02, 0.02, 0.02), trials, 0.807));
        QVERIFY(
            isFrequency(found(10, true, 0.02, 0.02 / std::sqrt(2.0), 0.02 / std::sqrt(2.0)), trials, 0.803));
    }
};

SIMCLR_TEST(TestVerdictRates)
#include "tst_verdict_rates.moc"
