// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/seed_verdict.h"
#include "tests/support/test_support.h"

#include <limits>

using namespace simclr;

namespace {

/// Runs `first`, `first` + 1, … of the seeds `seed`, `seed` + 1, …
SeedGroup group(std::int64_t first, std::int64_t seed, const std::vector<double> &values) {
    SeedGroup all;
    for (const double value : values) {
        const auto place = static_cast<std::int64_t>(all.size());
        all.push_back({first + place, seed + place, value, "images"});
    }
    return all;
}

const std::vector<double> three{0.612, 0.634, 0.598};
const std::vector<double> others{0.581, 0.655, 0.590};
const std::vector<double> high{0.70, 0.71, 0.705, 0.695};

SeedVerdict verdictOn(const SeedGroup &one, const SeedGroup &other) {
    return compareGroups(one, other, 0.02);
}

bool isUndecided(const SeedVerdict &verdict, Undecided reason) {
    return verdict.verdict == Verdict::NotDecidable && verdict.reason == reason && !verdict.estimate &&
           !verdict.seedsToShow && std::isnan(verdict.adjustedP);
}

bool isClose(double value, double expected) {
    return std::abs(value - expected) < 1e-10;
}

} // namespace

class TestSeedVerdict : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    /// Two pipelines × three seeds: scipy.stats.ttest_ind(three, others, equal_var=False).
    void otherSeedsAreComparedByWelch() {
        const SeedVerdict verdict = verdictOn(group(4, 4, three), group(1, 1, others));
        QCOMPARE(verdict.verdict, Verdict::NoEvidence);
        QCOMPARE(verdict.test, SeedTest::Welch);
        QVERIFY(!verdict.reason);
        QVERIFY(isClose(verdict.difference, 0.006));
        QVERIFY(isClose(verdict.estimate->low, -0.07917323451632431));
        QVERIFY(isClose(verdict.estimate->high, 0.0911732345163241));
        QVERIFY(isClose(verdict.adjustedP, 0.8306313375306978));
        QCOMPARE(verdict.seedsToShow, std::optional<std::int64_t>(40));
    }

    /// scipy.stats.ttest_rel(three, others)
    void equalSeedsArePaired() {
        const SeedVerdict verdict = verdictOn(group(4, 1, three), group(1, 1, others));
        QCOMPARE(verdict.test, SeedTest::Paired);
        QVERIFY(isClose(verdict.adjustedP, 0.7285780960722087));
        QVERIFY(isClose(verdict.estimate->low, -0.05873073749053366));
        QVERIFY(isClose(verdict.difference, verdict.estimate->difference));
    }

    /// The order in which runs are listed pairs nothing.
    void pairsAreFoundBySeed() {
        SeedGroup turned = group(4, 1, three);
        std::ranges::reverse(turned);
        const SeedGroup baseline = group(1, 1, others);
        QCOMPARE(verdictOn(turned, baseline).estimate->p,
                 verdictOn(group(4, 1, three), baseline).estimate->p);
    }

    void someEqualSeedsAreNotPaired() {
        const SeedVerdict verdict = verdictOn(group(5, 1, high), group(1, 1, others));
        QCOMPARE(verdict.test, SeedTest::Welch);
        QCOMPARE(verdict.seeds, std::size_t{4});
        QCOMPARE(verdict.baselineSeeds, std::size_t{3});
        QCOMPARE(verdictOn(group(4, 2, three), group(1, 1, others)).test, SeedTest::Welch);
    }

    void clearDifferencesHaveTheirSign() {
        const SeedGroup low = group(1, 1, {0.5, 0.51, 0.49});
        QCOMPARE(verdictOn(group(4, 4, high), low).verdict, Verdict::Higher);
        QCOMPARE(verdictOn(low, group(4, 4, high)).verdict, Verdict::Lower);
        QVERIFY(verdictOn(low, group(4, 4, high)).difference < 0);
    }

    void twoSeedsDecideNothing() {
        const SeedVerdict verdict = verdictOn(group(4, 1, {0.9, 0.91}), group(1, 1, {0.1, 0.11, 0.12}));
        QVERIFY(isUndecided(verdict, Undecided::TooFewSeeds));
        QVERIFY(isClose(verdict.difference, 0.905 - 0.11));
        QVERIFY(isUndecided(verdictOn({}, group(1, 1, three)), Undecided::TooFewSeeds));
        QVERIFY(std::isnan(verdictOn({}, group(1, 1, three)).difference));
    }

    /// Nine runs of three seeds are three values, not nine: the test would take replicates for evidence.
    void replicatesOfASeedAreOneValue() {
        SeedGroup ninefold;
        for (int copy = 0; copy < 3; ++copy)
            for (const SeedValue &value : group(10 + 10 * copy, 4, three))
                ninefold.push_back({value.run, value.seed, value.value + 0.001 * (copy - 1), "images"});
        const SeedGroup baseline = group(1, 1, others);
        const SeedVerdict verdict = verdictOn(ninefold, baseline);
        QCOMPARE(verdict.seeds, std::size_t{3});
        QVERIFY(isClose(verdict.estimate->p, verdictOn(group(4, 4, three), baseline).estimate->p));
    }

    void runGivenTwiceCountsOnce() {
        SeedGroup twice = group(4, 4, three);
        twice.push_back(twice.front());
        twice.push_back({twice.front().run, 99, 0.1, "images"}); // whatever it says of its seed
        const SeedVerdict verdict = verdictOn(twice, group(1, 1, others));
        QCOMPARE(verdict.seeds, std::size_t{3});
        QVERIFY(isClose(verdict.difference, 0.006));
    }

    void sharedRunsAreNotCompared() {
        QVERIFY(isUndecided(verdictOn(group(3, 1, three), group(1, 1, others)), Undecided::SharedRuns));
        QVERIFY(isUndecided(verdictOn(group(1, 1, three), group(1, 1, three)), Undecided::SharedRuns));
    }

    void otherImagesAreNotCompared() {
        SeedGroup elsewhere = group(4, 1, three);
        elsewhere[1].images = "others";
        QVERIFY(isUndecided(verdictOn(elsewhere, group(1, 1, others)), Undecided::OtherImages));
    }

    void whatDoesNotVaryDecidesNothing() {
        const SeedGroup constant = group(1, 1, {0.5, 0.5, 0.5});
        QVERIFY(isUndecided(verdictOn(group(4, 1, {0.5, 0.5, 0.5}), constant), Undecided::NoSpread));
        QVERIFY(isUndecided(verdictOn(group(4, 4, {0.6, 0.6, 0.6}), constant), Undecided::NoSpread));
        QVERIFY(verdictOn(group(4, 4, three), constant).estimate.has_value());
    }

    void valuesThatAreNotFiniteAreLeftOut() {
        const double infinity = std::numeric_limits<double>::infinity();
        const SeedVerdict verdict =
            verdictOn(group(4, 4, {0.612, 0.634, 0.598, std::nan(""), infinity}), group(1, 1, others));
        QCOMPARE(verdict.seeds, std::size_t{3});
        QVERIFY(isClose(verdict.difference, 0.006));
    }

    void smallestNumberOfSeedsIsThree() {
        const SeedVerdict verdict = compareGroups(group(4, 4, high), group(1, 1, others), 50);
        QCOMPARE(verdict.seedsToShow, std::optional<std::int64_t>(3));
        QVERIFY(!compareGroups(group(4, 4, high), group(1, 1, others), 1e-9).seedsToShow);
    }

    /// p of 0.03 once is evidence; among five comparisons it is not.
    void comparisonsAreCorrectedTogether() {
        const SeedGroup baseline = group(1, 1, {0.50, 0.52, 0.51, 0.49, 0.48});
        const SeedGroup better = group(11, 11, {0.53, 0.54, 0.50, 0.52, 0.55});
        const SeedVerdict alone = compareGroups(better, baseline, 0.02);
        QCOMPARE(alone.verdict, Verdict::Higher);
        QVERIFY(alone.estimate->p > 0.01 && alone.estimate->p < 0.05);
        std::vector<SeedGroup> groups{better, group(90, 90, {0.5})};
        for (int i = 2; i < 6; ++i)
            groups.push_back(group(10 * i + 1, 10 * i + 1, {0.50, 0.52, 0.50, 0.49, 0.49}));
        const std::vector<SeedVerdict> together = compareWithBaseline(groups, baseline, 0.02);
        QCOMPARE(together[0].verdict, Verdict::NoEvidence);
        QCOMPARE(together[0].comparisons, std::size_t{5}); // the group of one seed is not tested
        QVERIFY(isClose(together[0].adjustedP, 5 * alone.estimate->p));
        QCOMPARE(together[0].estimate->low, alone.estimate->low); // the interval stays that of one comparison
        QVERIFY(isUndecided(together[1], Undecided::TooFewSeeds));
    }

    void namesAreStable() {
        QCOMPARE(nameOf(Verdict::NotDecidable), std::string("not_decidable"));
        QCOMPARE(nameOf(Verdict::Lower), std::string("lower"));
        QCOMPARE(nameOf(Undecided::NoSpread), std::string("no_spread"));
        QCOMPARE(nameOf(SeedTest::Welch), std::string("welch"));
        QVERIFY(compareWithBaseline({}, group(1, 1, three), 0.02).empty());
    }
};

SIMCLR_TEST(TestSeedVerdict)
#include "tst_seed_verdict.moc"
