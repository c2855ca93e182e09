// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/statistics/sample_size.h"
#include "tests/support/test_support.h"

using namespace simclr;

namespace {

bool isAbout(const std::optional<std::int64_t> &size, std::int64_t expected) {
    const bool isNear = size && std::abs(*size - expected) <= 1;
    if (!isNear)
        qWarning("%lld instead of %lld", size ? static_cast<long long>(*size) : -1,
                 static_cast<long long>(expected));
    return isNear;
}

} // namespace

class TestSampleSize : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    /// The smallest n whose exact power is 80 %, from scipy.stats.nct; those of 0.2, 0.5 and 0.8 are also in
    /// Cohen 1988, table 2.4.1.
    void isThatOfTheNoncentralT_data() {
        QTest::addColumn<double>("effect"); // difference / standard deviation
        QTest::addColumn<int>("perGroup");
        QTest::addColumn<int>("pairs");
        QTest::newRow("0.2") << 0.2 << 394 << 199;
        QTest::newRow("0.5") << 0.5 << 64 << 34;
        QTest::newRow("0.8") << 0.8 << 26 << 15;
        QTest::newRow("1") << 1.0 << 17 << 10;
        QTest::newRow("1.5") << 1.5 << 9 << 6;
        QTest::newRow("2") << 2.0 << 6 << 5;
        QTest::newRow("3") << 3.0 << 4 << 4;
        QTest::newRow("4") << 4.0 << 3 << 3;
    }
    void isThatOfTheNoncentralT() {
        QFETCH(double, effect);
        QFETCH(int, perGroup);
        QFETCH(int, pairs);
        QVERIFY(isAbout(valuesPerGroup(0.02, 0.02 / effect, 0.02 / effect), perGroup));
        QVERIFY(isAbout(pairsNeeded(-0.02, 0.02 / effect), pairs));
    }

    /// If only one group varies it is as if there were half the variance and half the degrees of freedom.
    void groupsMayVaryUnequally() {
        QVERIFY(*valuesPerGroup(1, 1.2, 0.5) < *valuesPerGroup(1, 1.2, 1.2));
        QVERIFY(*valuesPerGroup(1, 1.2, 0.5) > *valuesPerGroup(1, 0.5, 0.5));
        QCOMPARE(valuesPerGroup(1, 1.2, 0.0), pairsNeeded(1, 1.2));
    }

    void hopelessHasNone() {
        QVERIFY(!valuesPerGroup(0, 1, 1) && !pairsNeeded(0, 1));
        QVERIFY(!valuesPerGroup(1, 0, 0) && !pairsNeeded(1, 0));
        QVERIFY(!valuesPerGroup(1e-6, 1, 1) && !pairsNeeded(1e-6, 1));
        QVERIFY(!valuesPerGroup(std::nan(""), 1, 1) && !pairsNeeded(1, std::nan("")));
    }
};

SIMCLR_TEST(TestSampleSize)
#include "tst_sample_size.moc"
