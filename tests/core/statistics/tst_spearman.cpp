// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/statistics/spearman.h"
#include "tests/support/test_support.h"

using namespace simclr;

namespace {

using Sample = std::vector<double>;

bool isCorrelation(const std::optional<SpearmanCorrelation> &correlation, double rho, double p,
                   std::size_t count) {
    return correlation && std::abs(correlation->rho - rho) < 1e-12 && std::abs(correlation->p - p) < 1e-10 &&
           correlation->count == count;
}

} // namespace

/// Spearman's rank correlation against scipy.stats.spearmanr (SciPy 1.17.1), and for few pairs against a
/// count of all orders.
class TestSpearman : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void manyPairsAreThoseOfScipy() {
        const Sample iq{106, 86, 100, 101, 99, 103, 97, 113, 112, 110};
        const Sample hours{7, 0, 27, 50, 28, 29, 20, 12, 6, 17};
        QVERIFY(isCorrelation(spearman(iq, hours), -0.17575757575757575, 0.6271883447764846, 10));
        const Sample tied{1, 2, 2, 3, 4, 4, 4, 5, 6, 7, 8, 9};
        const Sample others{2, 1, 4, 4, 3, 6, 7, 5, 5, 9, 9, 8};
        QVERIFY(isCorrelation(spearman(tied, others), 0.8422038768580838, 0.0005874348463965937, 12));
        QVERIFY(!spearman(tied, others)->isExact);
    }

    /// Student's t would say p = 0 of three pairs in one order.
    void fewPairsAreCounted() {
        QVERIFY(isCorrelation(spearman(Sample{1, 2, 3}, Sample{4, 5, 6}), 1, 2.0 / 6, 3));
        QVERIFY(isCorrelation(spearman(Sample{1, 2, 2, 3, 5}, Sample{1, 3, 2, 2, 4}), 0.7631578947368421,
                              24.0 / 120, 5));
        QVERIFY(isCorrelation(spearman(Sample{1, 2, 3, 4, 5, 6}, Sample{2, 1, 4, 3, 6, 5}),
                              0.8285714285714287, 42.0 / 720, 6));
        QVERIFY(spearman(Sample{1, 2, 3}, Sample{4, 5, 6})->isExact);
    }

    void perfectOrderOfManyIsCertain() {
        Sample rising(20);
        Sample falling(20);
        for (std::size_t i = 0; i < rising.size(); ++i) {
            rising[i] = std::exp(static_cast<double>(i));
            falling[i] = -static_cast<double>(i);
        }
        QVERIFY(isCorrelation(spearman(rising, falling), -1, 0, 20));
    }

    void whatIsNotFiniteIsLeftOut() {
        const double none = std::nan("");
        QVERIFY(isCorrelation(spearman(Sample{1, none, 2, 3, 9}, Sample{4, 7, 5, 6, none}), 1, 2.0 / 6, 3));
    }

    void tooFewOrConstantHaveNone() {
        QVERIFY(!spearman(Sample{}, Sample{}));
        QVERIFY(!spearman(Sample{1, 2}, Sample{1, 2}));
        QVERIFY(!spearman(Sample{1, 1, 1, 1}, Sample{1, 2, 3, 4}));
        QVERIFY(!spearman(Sample{1, 2, 3, 4}, Sample{7, 7, 7, 7}));
    }

    void tiesShareTheirMeanRank() {
        QVERIFY(averageRanks(Sample{30, 10, 20, 20, 20}) == (Sample{5, 1, 3, 3, 3}));
        QVERIFY(averageRanks(Sample{2, 2}) == (Sample{1.5, 1.5}));
    }
};

SIMCLR_TEST(TestSpearman)
#include "tst_spearman.moc"
