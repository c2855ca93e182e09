// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/statistics/holm.h"
#include "core/statistics/mean_difference.h"
#include "core/statistics/sample_summary.h"
#include "tests/support/test_support.h"

#include <limits>

using namespace simclr;

namespace {

using Sample = std::vector<double>;

const Sample three{0.612, 0.634, 0.598};
const Sample others{0.581, 0.655, 0.590};
const Sample fifteen{27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1,
                     21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4};
const Sample fifteenOthers{27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0,
                           24.8, 20.2, 21.9, 22.1, 22.9, 30.5, 24.3};
const Sample five{3.0, 4.1, 1, 2.2, 8.0};

bool isClose(double value, double expected) {
    const bool close = std::abs(value - expected) <= 1e-10 * std::max(1e-3, std::abs(expected));
    if (!close)
        qWarning("%.17g instead of %.17g", value, expected);
    return close;
}

bool isDifference(const std::optional<MeanDifference> &test, double degrees, double p, double low,
                  double high) {
    return test && isClose(test->degrees, degrees) && isClose(test->p, p) && isClose(test->low, low) &&
           isClose(test->high, high) && isClose(test->difference, (low + high) / 2);
}

} // namespace

/// Tests of two means against SciPy 1.17.1: ttest_ind(a, b, equal_var=False), ttest_rel(a, b) and their
/// confidence_interval(). The samples of 15 are the classical example of unequal variances.
class TestMeanDifference : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void welchIsThatOfScipy() {
        QVERIFY(isDifference(welchTest(three, others), 2.776335954357825, 0.8306313375306978,
                             -0.07917323451632431, 0.0911732345163241));
        QVERIFY(isDifference(welchTest(fifteen, fifteenOthers), 27.884749467103315, 0.008185629704967032,
                             -4.860676732772273, -0.7926566005610627));
        QVERIFY(isDifference(welchTest(fifteen, five), 7.1874089376400105, 4.443071625930804e-06,
                             13.86854493185723, 20.451455068142764));
    }

    void pairedIsThatOfScipy() {
        QVERIFY(isDifference(pairedTest(three, others), 2, 0.7285780960722087, -0.05873073749053366,
                             0.07073073749053367));
        QVERIFY(isDifference(pairedTest(fifteen, fifteenOthers), 14, 0.006270727736463021, -4.714225955498127,
                             -0.9391073778352077));
    }

    void orderOnlyTurnsTheSign() {
        const auto one = welchTest(fifteen, five);
        const auto other = welchTest(five, fifteen);
        QCOMPARE(one->difference, -other->difference);
        QCOMPARE(one->low, -other->high);
        QCOMPARE(one->p, other->p);
    }

    /// An interval of width 0 would claim certainty.
    void whatDoesNotVaryIsNotTested() {
        const Sample tenths{0.1, 0.1, 0.1};
        QVERIFY(!welchTest(tenths, tenths));
        QVERIFY(!welchTest(tenths, Sample{0.3, 0.3, 0.3}));
        QVERIFY(!pairedTest(Sample{0.52, 0.62, 0.72}, Sample{0.5, 0.6, 0.7})); // 0.02, but for rounding
        const auto one = welchTest(tenths, three);                             // its own spread is enough
        QVERIFY(one && isClose(one->degrees, 2));
    }

    void tooFewOrNotFiniteIsNotTested() {
        const double infinity = std::numeric_limits<double>::infinity();
        QVERIFY(!welchTest(Sample{1}, three) && !welchTest(three, Sample{}));
        QVERIFY(!pairedTest(Sample{1}, Sample{2}) && !pairedTest(three, fifteen));
        for (const double wrong : {std::nan(""), infinity}) {
            QVERIFY(!welchTest(three, Sample{1, wrong, 2}));
            QVERIFY(!pairedTest(Sample{1, wrong, 2}, three));
        }
    }

    void summaryLeavesOutWhatIsNotFinite() {
        const SampleSummary summary = summarise(Sample{2, std::nan(""), 4, 6});
        QCOMPARE(summary.count, std::size_t{3});
        QCOMPARE(summary.mean, 4.0);
        QCOMPARE(summary.sd, 2.0);
        QVERIFY(isClose(summary.standardError(), 2 / std::sqrt(3.0)));
        QCOMPARE(summarise(Sample{0.1, 0.1, 0.1}).sd, 0.0);
        QCOMPARE(summarise(Sample{0.1, 0.1, 0.1}).mean, 0.1);
        QVERIFY(std::isnan(summarise(Sample{}).mean));
        QVERIFY(summarise(Sample{5}).mean == 5 && std::isnan(summarise(Sample{5}).sd));
    }

    void summaryKeepsItsDigits() {
        const SampleSummary summary = summarise(Sample{1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16});
        QCOMPARE(summary.mean, 1e9 + 10);
        QVERIFY(isClose(summary.sd, std::sqrt(30.0)));
    }

    /// The example of Holm's method in many texts: 0.01, 0.04, 0.03, 0.005.
    void holmAdjustsInOrder() {
        const std::vector<double> adjusted = holmAdjusted(Sample{0.01, 0.04, 0.03, 0.005});
        const std::array<double, 4> expected{0.03, 0.06, 0.06, 0.02};
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY(isClose(adjusted[i], expected[i]));
        QVERIFY(isClose(holmAdjusted(Sample{0.04})[0], 0.04));
        QCOMPARE(holmAdjusted(Sample{0.9, 0.8})[0], 1.0);
        QVERIFY(holmAdjusted(Sample{}).empty());
    }

    void holmDoesNotCountWhatWasNotTested() {
        const std::vector<double> adjusted = holmAdjusted(Sample{std::nan(""), 0.02, std::nan(""), 0.03});
        QVERIFY(std::isnan(adjusted[0]) && std::isnan(adjusted[2]));
        QVERIFY(isClose(adjusted[1], 0.04) && isClose(adjusted[3], 0.04));
    }
};

SIMCLR_TEST(TestMeanDifference)
#include "tst_mean_difference.moc"
