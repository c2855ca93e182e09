// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/statistics/incomplete_beta.h"
#include "core/statistics/normal_distribution.h"
#include "core/statistics/student_t.h"
#include "tests/support/test_support.h"

#include <limits>

using namespace simclr;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

bool isClose(double value, double expected, double tolerance = 1e-10) {
    const bool close = std::abs(value - expected) <= tolerance * std::abs(expected);
    if (!close)
        qWarning("%.17g instead of %.17g", value, expected);
    return close;
}

} // namespace

/// Distributions against published tables and SciPy 1.17.1.
class TestDistributions : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    /// scipy.stats.t.cdf(t, degrees) and 2 * scipy.stats.t.sf(abs(t), degrees)
    void studentsTIsThatOfScipy_data() {
        QTest::addColumn<double>("t");
        QTest::addColumn<double>("degrees");
        QTest::addColumn<double>("cdf");
        QTest::addColumn<double>("twoSided");
        QTest::newRow("Cauchy") << 0.5 << 1.0 << 0.6475836176504333 << 0.7048327646991335;
        QTest::newRow("2") << 2.0 << 2.0 << 0.908248290463863 << 0.18350341907227397;
        QTest::newRow("negative") << -1.5 << 3.0 << 0.11529193262241147 << 0.23058386524482294;
        QTest::newRow("fraction") << 4.3 << 2.7 << 0.9857236754726337 << 0.028552649054732576;
        QTest::newRow("far out") << -30.0 << 2.0 << 0.0005546313409798295 << 0.001109262681959659;
        QTest::newRow("29.3") << 2.5 << 29.3 << 0.9908695771454189 << 0.018260845709162248;
        QTest::newRow("10,000") << 1.96 << 1e4 << 0.9749882398840835 << 0.05002352023183303;
        QTest::newRow("123,456.7") << 3.0 << 123456.7 << 0.9986498327190981 << 0.0027003345618037745;
        QTest::newRow("near 0") << 0.001 << 5.0 << 0.5003796066139012 << 0.9992407867721976;
        QTest::newRow("nearly normal")
            << 1.959963984540054 << 5e7 << 0.9749999972270488 << 0.05000000554590236;
    }
    void studentsTIsThatOfScipy() {
        QFETCH(double, t);
        QFETCH(double, degrees);
        QFETCH(double, cdf);
        QFETCH(double, twoSided);
        QVERIFY(isClose(studentCdf(t, degrees), cdf));
        QVERIFY(isClose(studentTwoSided(t, degrees), twoSided));
        QVERIFY(isClose(studentCdf(-t, degrees), 1 - cdf, 1e-9));
    }

    /// scipy.stats.t.ppf(p, degrees); those of 1, 2 and 4 degrees are also in every printed table.
    void quantilesOfTAreThoseOfScipy_data() {
        QTest::addColumn<double>("p");
        QTest::addColumn<double>("degrees");
        QTest::addColumn<double>("t");
        QTest::newRow("1") << 0.975 << 1.0 << 12.706204736174694;
        QTest::newRow("2") << 0.975 << 2.0 << 4.302652729749462;
        QTest::newRow("2.4") << 0.975 << 2.4 << 3.683504289675019;
        QTest::newRow("4") << 0.975 << 4.0 << 2.7764451051977934;
        QTest::newRow("80 %") << 0.8 << 4.0 << 0.9409645772351816;
        QTest::newRow("99.5 %") << 0.995 << 3.0 << 5.840909309733355;
        QTest::newRow("17.5") << 0.9 << 17.5 << 1.331840830072951;
        QTest::newRow("one in a million") << 1e-6 << 2.0 << -707.1057205259339;
        QTest::newRow("heavy tail") << 1e-10 << 1.0 << -3183098861.8379064;
        QTest::newRow("100,000") << 0.975 << 1e5 << 1.9599877075346095;
        QTest::newRow("nearly normal") << 0.999 << 5e7 << 3.090232469170402;
        QTest::newRow("near 0") << 0.5001 << 3.0 << 0.00027206990911051864;
    }
    void quantilesOfTAreThoseOfScipy() {
        QFETCH(double, p);
        QFETCH(double, degrees);
        QFETCH(double, t);
        QVERIFY(isClose(studentQuantile(p, degrees), t));
    }

    /// Table 26.10 of Abramowitz and Stegun: 95 % and 99 % two-sided.
    void quantilesOfTAreInTheTables() {
        const std::array<std::array<double, 3>, 6> table{{{3, 3.182, 5.841},
                                                          {5, 2.571, 4.032},
                                                          {8, 2.306, 3.355},
                                                          {10, 2.228, 3.169},
                                                          {30, 2.042, 2.750},
                                                          {120, 1.980, 2.617}}};
        for (const auto &[degrees, at95, at99] : table) {
            QVERIFY(std::abs(studentQuantile(0.975, degrees) - at95) <= 0.0005);
            QVERIFY(std::abs(studentQuantile(0.995, degrees) - at99) <= 0.0005);
        }
    }

    void quantilesInvertTheDistribution() {
        for (const double degrees : {0.3, 1.0, 2.0, 7.7, 40.0, 3e4, 9.9e5, 1.1e6, infinity})
            for (const double p : {1e-12, 1e-5, 0.01, 0.3, 0.45, 0.499999})
                QVERIFY(isClose(studentCdf(studentQuantile(p, degrees), degrees), p, 1e-9));
    }

    /// scipy.stats.norm
    void normalIsThatOfScipy() {
        const std::array<std::pair<double, double>, 9> quantiles{{{1e-300, -37.0470962993612},
                                                                  {1e-10, -6.361340902404056},
                                                                  {0.001, -3.090232306167813},
                                                                  {0.025, -1.9599639845400545},
                                                                  {0.3, -0.5244005127080409},
                                                                  {0.4999, -0.0002506628300880075},
                                                                  {0.6, 0.2533471031357997},
                                                                  {0.8, 0.8416212335729143},
                                                                  {0.999999, 4.753424308817087}}};
        for (const auto &[p, z] : quantiles)
            QVERIFY(isClose(normalQuantile(p), z));
        const std::array<std::pair<double, double>, 5> probabilities{{{-10, 7.61985302416047e-24},
                                                                      {-2, 0.022750131948179195},
                                                                      {-0.1, 0.460172162722971},
                                                                      {1.5, 0.9331927987311419},
                                                                      {5, 0.9999997133484281}}};
        for (const auto &[z, p] : probabilities)
            QVERIFY(isClose(normalCdf(z), p));
        QCOMPARE(normalCdf(0), 0.5);
        QVERIFY(isClose(studentQuantile(0.8, infinity), 0.8416212335729143));
    }

    void endsAndNonsense() {
        for (const double degrees : {1.0, 5.0, infinity}) {
            QCOMPARE(studentQuantile(0, degrees), -infinity);
            QCOMPARE(studentQuantile(1, degrees), infinity);
            QCOMPARE(studentQuantile(0.5, degrees), 0.0);
            QCOMPARE(studentTwoSided(infinity, degrees), 0.0);
            QCOMPARE(studentCdf(0, degrees), 0.5);
        }
        QCOMPARE(normalQuantile(0), -infinity);
        QCOMPARE(normalQuantile(1), infinity);
        for (const double wrong : {-0.1, 1.1, std::nan("")}) {
            QVERIFY(std::isnan(studentQuantile(wrong, 3)));
            QVERIFY(std::isnan(normalQuantile(wrong)));
        }
        for (const double wrong : {0.0, -1.0, std::nan("")})
            QVERIFY(std::isnan(studentCdf(1, wrong)) && std::isnan(studentQuantile(0.9, wrong)));
        QVERIFY(std::isnan(studentTwoSided(std::nan(""), 3)));
    }

    /// I_x(1, b) = 1 − (1 − x)ᵇ, I_x(a, 1) = xᵃ, and B(a, b) by factorials.
    void incompleteBetaHasItsClosedForms() {
        for (const double x : {0.01, 0.3, 0.5, 0.8, 0.99})
            for (const double b : {0.5, 2.0, 30.0}) {
                QVERIFY(isClose(regularisedBeta(1, b, x, 1 - x), 1 - std::pow(1 - x, b), 1e-12));
                QVERIFY(isClose(regularisedBeta(b, 1, x, 1 - x), std::pow(x, b), 1e-12));
            }
        QVERIFY(isClose(std::exp(logBeta(3, 4)), 1.0 / 60, 1e-13));
        QVERIFY(isClose(std::exp(logBeta(24, 3)), 2.0 / (24 * 25 * 26), 1e-13));
        QCOMPARE(regularisedBeta(2, 3, 0, 1), 0.0);
        QCOMPARE(regularisedBeta(2, 3, 1, 0), 1.0);
    }
};

SIMCLR_TEST(TestDistributions)
#include "tst_distributions.moc"
