// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/rank_correlation.h"
#include "tests/support/test_support.h"

#include <limits>

using namespace simclr;

namespace {

RankCorrelation of(const std::vector<double> &first, const std::vector<double> &second) {
    return rankCorrelation(first, second);
}

} // namespace

/// Kendall's τ-b.
class TestRankCorrelation : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void ordersAreCompared() {
        QCOMPARE(*of({1, 2, 3, 4}, {10, 20, 30, 99}).tau, 1.0);
        QCOMPARE(*of({1, 2, 3, 4}, {4, 3, 2, 1}).tau, -1.0);
        // scipy.stats.kendalltau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]) = −0.4714045
        QVERIFY(std::abs(*of({12, 2, 1, 12, 2}, {1, 4, 7, 1, 0}).tau + 0.47140452) < 1e-7);
        // One of six pairs in the other order: (5 − 1) / 6.
        QVERIFY(std::abs(*of({1, 2, 3, 4}, {1, 2, 4, 3}).tau - 2.0 / 3) < 1e-12);
    }

    void tooLittleIsNotDecided() {
        QVERIFY(!of({1, 2}, {1, 2}).tau);
        QVERIFY(!of({1, 1, 1}, {1, 2, 3}).tau);
        QVERIFY(!of({}, {}).tau);
    }

    void unknownValuesAreLeftOut() {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const RankCorrelation correlation = of({1, nan, 2, 3}, {5, 1, 6, 7});
        QCOMPARE(correlation.count, std::size_t{3});
        QCOMPARE(*correlation.tau, 1.0);
        QCOMPARE(of({1, 2, nan}, {1, 2, 3}).count, std::size_t{2});
    }
};

SIMCLR_TEST(TestRankCorrelation)
#include "tst_rank_correlation.moc"
