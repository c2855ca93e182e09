// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/verdict_text.h"
#include "tests/support/test_support.h"

using namespace simclr;

namespace {

/// Decided by p, of three seeds each.
SeedVerdict verdictOf(Verdict verdict, double difference, double low, double high) {
    SeedVerdict all;
    all.verdict = verdict;
    all.seeds = 3;
    all.baselineSeeds = 3;
    all.difference = difference;
    all.estimate = MeanDifference{difference, 0.02, 3.4, low, high, 0.5};
    all.toShow = 0.02;
    all.seedsToShow = 33;
    return all;
}

SeedVerdict undecided(Undecided reason) {
    SeedVerdict all;
    all.reason = reason;
    all.seeds = 2;
    all.baselineSeeds = 5;
    return all;
}

std::string sentence(const SeedVerdict &verdict) {
    return toText(sentenceOn(verdict, "SimCLR (CIFAR-10)", comparedAccuracy(Protocol::Linear)));
}

const SeedVerdict example = verdictOf(Verdict::NoEvidence, 0.0087, -0.0768, 0.0942);

} // namespace

class TestVerdictText : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void isOneSentence() {
        QCOMPARE(sentence(example),
                 std::string("SimCLR (CIFAR-10) +0.9 points linear, 95 % CI −7.7 to +9.4 (Welch, 3 seeds "
                             "each): no evidence; about 33 seeds would show 2 points."));
    }

    void evidenceIsNamed() {
        SeedVerdict higher = verdictOf(Verdict::Higher, 0.05, 0.012, 0.0881);
        QCOMPARE(sentence(higher), std::string("SimCLR (CIFAR-10) +5 points linear, 95 % CI +1.2 to +8.8 "
                                               "(Welch, 3 seeds each): higher."));
        higher.baselineSeeds = 5;
        QVERIFY(test::contains(sentence(higher), "(Welch, 3 and 5 seeds)"));
        QVERIFY(sentence(verdictOf(Verdict::Lower, -0.05, -0.09, -0.01)).ends_with("): lower."));
        QVERIFY(test::contains(sentence(verdictOf(Verdict::Lower, -0.05, -0.09, -0.01)), "−5 points"));
    }

    void pairingAndCorrectionAreNamed() {
        SeedVerdict verdict = example;
        verdict.test = SeedTest::Paired;
        verdict.comparisons = 4;
        verdict.seedsToShow.reset();
        QVERIFY(sentence(verdict).ends_with(
            "(paired by seed, 3 seeds, corrected for 4 comparisons): no evidence."));
    }

    void whatIsNotDecidableSaysWhy() {
        QCOMPARE(
            sentence(undecided(Undecided::TooFewSeeds)),
            std::string("SimCLR (CIFAR-10): not decidable; both groups need at least 3 seeds, and have 2 "
                        "and 5."));
        QVERIFY(test::contains(sentence(undecided(Undecided::SharedRuns)), "a run is in both groups"));
        QVERIFY(test::contains(sentence(undecided(Undecided::OtherImages)), "different images"));
        QVERIFY(test::contains(sentence(undecided(Undecided::NoSpread)), "do not vary between seeds"));
    }

    /// A metric has its own unit, and as many digits as matter.
    void metricsAreNotInPoints() {
        SeedVerdict loss = verdictOf(Verdict::NoEvidence, -0.012345, -0.5, 0);
        loss.toShow = 0.1;
        const ComparedValue value{comparedAccuracy(Protocol::Knn).title, false};
        QCOMPARE(toText(sentenceOn(loss, "A", value)),
                 std::string("A −0.0123 kNN, 95 % CI −0.5 to 0 (Welch, 3 seeds each): no evidence; about 33 "
                             "seeds would show 0.1."));
    }
};

SIMCLR_TEST(TestVerdictText)
#include "tst_verdict_text.moc"
