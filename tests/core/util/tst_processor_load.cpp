// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/clock.h"
#include "core/util/processor_load.h"
#include "tests/support/test_support.h"

#include <ctime>

using namespace simclr;

class TestProcessorLoad : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void sharesOfIntervals() {
        ProcessorLoad load;
        const std::clock_t begin = std::clock();
        while (std::clock() - begin < CLOCKS_PER_SEC / 20) { // 50 ms of work
        }
        const double now = secondsNow();
        const double busy = load.share(now);
        QVERIFY(busy > 0 && busy <= 1);
        QCOMPARE(load.share(now + 0.5), busy); // not asked again within a second
        const double idle = load.share(now + 10'000);
        QVERIFY(idle >= 0 && idle < busy);
    }
};

SIMCLR_TEST(TestProcessorLoad)
#include "tst_processor_load.moc"
