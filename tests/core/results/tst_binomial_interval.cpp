// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/binomial_interval.h"
#include "tests/support/test_support.h"

using namespace simclr;

namespace {

bool isClose(double value, double expected) {
    return std::abs(value - expected) < 5e-5;
}

} // namespace

/// The confidence interval of an accuracy.
class TestBinomialInterval : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    /// Newcombe 1998, Table I, method 3.
    void isWilsons_data() {
        QTest::addColumn<int>("right");
        QTest::addColumn<int>("images");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::newRow("81 of 263") << 81 << 263 << 0.2553 << 0.3662;
        QTest::newRow("15 of 148") << 15 << 148 << 0.0624 << 0.1605;
        QTest::newRow("none of 20") << 0 << 20 << 0.0 << 0.1611;
        QTest::newRow("1 of 29") << 1 << 29 << 0.0061 << 0.1718;
        QTest::newRow("all of 20") << 20 << 20 << 0.8389 << 1.0;
    }
    void isWilsons() {
        QFETCH(int, right);
        QFETCH(int, images);
        QFETCH(double, low);
        QFETCH(double, high);
        const auto interval = binomialInterval(double(right) / images, images);
        QVERIFY(interval.has_value());
        QVERIFY2(isClose(interval->low, low), qPrintable(QString::number(interval->low)));
        QVERIFY2(isClose(interval->high, high), qPrintable(QString::number(interval->high)));
    }

    void endsAreExact() {
        QCOMPARE(binomialInterval(0, 7)->low, 0.0);
        QCOMPARE(binomialInterval(1, 7)->high, 1.0);
    }

    void holdsItsShare() {
        for (const int images : {1, 2, 10, 1000, 1'000'000})
            for (int right = 0; right <= images; right += std::max(1, images / 10)) {
                const double share = double(right) / images;
                const auto interval = binomialInterval(share, images);
                QVERIFY(interval->low >= 0 && interval->low <= share);
                QVERIFY(interval->high <= 1 && interval->high >= share);
            }
    }

    void whatIsNoShareHasNone() {
        QVERIFY(!binomialInterval(0.5, 0));
        QVERIFY(!binomialInterval(0.5, -3));
        QVERIFY(!binomialInterval(std::nan(""), 10));
        QVERIFY(!binomialInterval(1.5, 10));
        QVERIFY(!binomialInterval(-0.5, 10));
    }
};

SIMCLR_TEST(TestBinomialInterval)
#include "tst_binomial_interval.moc"
