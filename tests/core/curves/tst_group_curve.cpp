// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/curves/group_curve.h"
#include "core/statistics/student_t.h"
#include "tests/support/test_support.h"

#include <cmath>

using namespace simclr;

namespace {

const double gap = std::nan("");

bool isClose(double value, double expected) {
    return std::abs(value - expected) <= 1e-9 * std::max(1.0, std::abs(expected));
}

} // namespace

class TestGroupCurve : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    /// The tables of Student's t distribution.
    void pointsOfStudent() {
        const std::pair<int, double> known[] = {
            {1, 12.7062047361747}, {2, 4.30265272974946},  {3, 3.18244630528371}, {4, 2.77644510519779},
            {9, 2.26215716279820}, {30, 2.04227245630124}, {99, 1.98421695158642}};
        for (const auto &[degrees, point] : known)
            QVERIFY2(std::abs(studentQuantile(0.975, degrees) - point) < 1e-10,
                     qPrintable(QString::number(degrees)));
    }

    /// 2, 4 and 9: mean 5, s = √13.
    void bands_data() {
        QTest::addColumn<BandKind>("band");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        const double s = std::sqrt(13.0);
        const double interval = 4.30265272974946 * s / std::sqrt(3.0);
        QTest::newRow("s") << BandKind::Deviation << 5 - s << 5 + s;
        QTest::newRow("standard error")
            << BandKind::StandardError << 5 - s / std::sqrt(3.0) << 5 + s / std::sqrt(3.0);
        QTest::newRow("95 %") << BandKind::Interval95 << 5 - interval << 5 + interval;
        QTest::newRow("range") << BandKind::Range << 2.0 << 9.0;
    }
    void bands() {
        QFETCH(BandKind, band);
        QFETCH(double, low);
        QFETCH(double, high);
        const std::vector<double> xs{1, 2};
        const std::vector<double> a{2, 1};
        const std::vector<double> b{4, 1};
        const std::vector<double> c{9, 1};
        const CurveView runs[] = {{xs, a}, {xs, b}, {xs, c}};
        const GroupCurve group = groupCurve(runs, band);
        QCOMPARE(group.xs, xs);
        QVERIFY(isClose(group.mean[0], 5) && isClose(group.low[0], low) && isClose(group.high[0], high));
        QVERIFY(isClose(group.low[1], 1) && isClose(group.high[1], 1));
        QCOMPARE(group.counts, std::vector<int>({3, 3}));
    }

    /// Interpolated between points, never beyond the ends.
    void alignsOnX() {
        const std::vector<double> evenXs{0, 2, 4};
        const std::vector<double> even{0, 2, 4};
        const std::vector<double> oddXs{1, 3, 5};
        const std::vector<double> odd{11, 13, 15};
        const CurveView runs[] = {{evenXs, even}, {oddXs, odd}};
        const GroupCurve group = groupCurve(runs, BandKind::Range);
        QCOMPARE(group.xs, std::vector<double>({0, 1, 2, 3, 4, 5}));
        QCOMPARE(group.mean, std::vector<double>({0, 6, 7, 8, 9, 15}));
        QCOMPARE(group.counts, std::vector<int>({1, 2, 2, 2, 2, 1}));
        QVERIFY(std::isnan(group.low[0]) && std::isnan(group.high[5])); // one run has no band
        QCOMPARE(group.low[2], 2.0);
        QCOMPARE(group.high[2], 12.0);
        QCOMPARE(fallsOfCount(group), std::vector<std::size_t>({0, 5}));
    }

    void gapsAreNotBridged() {
        const std::vector<double> xs{0, 1, 2, 3};
        const std::vector<double> broken{5, gap, 5, 5};
        const std::vector<double> fineXs{0, 0.5, 1, 1.5, 2, 3};
        const std::vector<double> fine{1, 1, 1, 1, 1, 1};
        const CurveView runs[] = {{xs, broken}, {fineXs, fine}};
        const GroupCurve group = groupCurve(runs, BandKind::Deviation);
        QCOMPARE(group.counts, std::vector<int>({2, 1, 1, 1, 2, 2}));
        QCOMPARE(group.mean, std::vector<double>({3, 1, 1, 1, 3, 3}));
        QCOMPARE(fallsOfCount(group), std::vector<std::size_t>({1}));
        const CurveView alone[] = {{xs, broken}};
        QVERIFY(std::isnan(groupCurve(alone, BandKind::None).mean[1]));
        QCOMPARE(groupCurve(alone, BandKind::None).counts[1], 0);
    }

    void noRuns() { QVERIFY(groupCurve({}, BandKind::Range).xs.empty()); }
};

SIMCLR_TEST(TestGroupCurve)
#include "tst_group_curve.moc"
