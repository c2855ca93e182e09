// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/steady_time.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace simclr;

class TestSteadyTime : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void beginsAtTheWallTime() {
        const double before = wallTime();
        const SteadyTime time(0);
        const double now = time.now();
        QVERIFY(now >= before);
        QVERIFY(now <= wallTime() + 1);
    }

    /// Data written before the clock was set back have times in its future.
    void neverBeginsBeforeWhatIsThere() {
        const double tomorrow = wallTime() + 86'400;
        const SteadyTime time(tomorrow);
        QVERIFY(time.now() >= tomorrow);
        QVERIFY(time.now() < tomorrow + 3'600);
    }

    void grows() {
        const SteadyTime time(0);
        const double first = time.now();
        QTest::qSleep(2);
        QVERIFY(time.now() > first);
    }
};

SIMCLR_TEST(TestSteadyTime, QCoreApplication)
#include "tst_steady_time.moc"
