// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/quality_ranking.h"
#include "tests/support/measured.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

namespace {

MeasuredQuality measuredAs(double rankMe, std::optional<double> alphaReq, std::optional<double> alignment) {
    return {{.images = 100, .rankMe = rankMe, .alphaReq = alphaReq, .uniformity = -rankMe}, alignment};
}

} // namespace

class TestQualityRanking : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    /// Of four encoders: what is better by each measure, and what is left out.
    void ranksByGoodness() {
        const std::vector<MeasuredQuality> encoders{measuredAs(10, 2.0, 0.4), measuredAs(20, 0.9, 0.3),
                                                    measuredAs(30, 1.05, 0.2),
                                                    measuredAs(40, std::nullopt, std::nullopt)};
        const std::vector<std::optional<double>> accuracies{0.3, 0.4, 0.5, 0.6};
        const RankCorrelation rankMe = rankingBy(QualityMeasure::RankMe, encoders, accuracies);
        QCOMPARE(rankMe.count, std::size_t(4));
        QCOMPARE(rankMe.tau.value(), 1.0);
        // Nearness to 1: 2.0 is worst, 1.05 is best.
        const RankCorrelation alpha = rankingBy(QualityMeasure::AlphaReq, encoders, accuracies);
        QCOMPARE(alpha.count, std::size_t(3));
        QCOMPARE(alpha.tau.value(), 1.0);
        // Lower is better.
        QCOMPARE(rankingBy(QualityMeasure::Alignment, encoders, accuracies).tau.value(), 1.0);
        QCOMPARE(rankingBy(QualityMeasure::Uniformity, encoders, accuracies).tau.value(), 1.0);
    }

    void runsWithoutAccuracyDoNotCount() {
        const std::vector<MeasuredQuality> encoders{measuredAs(10, {}, {}), measuredAs(20, {}, {}),
                                                    measuredAs(30, {}, {})};
        const std::vector<std::optional<double>> accuracies{0.5, std::nullopt, 0.3};
        const RankCorrelation ranking = rankingBy(QualityMeasure::RankMe, encoders, accuracies);
        QCOMPARE(ranking.count, std::size_t(2));
        QVERIFY(!ranking.tau.has_value());
    }

    /// What most runs have; of equally many, linear on test images.
    void accuracyThatMostRunsHave() {
        std::vector<RunRecord> runs(3);
        QVERIFY(commonAccuracy(runs).protocol == Protocol::Linear);
        QVERIFY(commonAccuracy(runs).split == Split::Test);
        runs[0].results = {measured("linear", "test", 10, 0.5), measured("knn", "validation", 10, 0.5)};
        runs[1].results = {measured("knn", "validation", 10, 0.4)};
        const AccuracyKind kind = commonAccuracy(runs);
        QVERIFY(kind.protocol == Protocol::Knn);
        QVERIFY(kind.split == Split::Validation);
    }
};

SIMCLR_TEST(TestQualityRanking)
#include "tst_quality_ranking.moc"
