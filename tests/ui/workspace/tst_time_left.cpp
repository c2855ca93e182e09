// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "ui/workspace/time_left.h"

#include <QtTest>

using namespace simclr::ui;
using namespace std::chrono_literals;

class TestTimeLeft : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void isUnknownAtFirst() {
        TimeLeft left({100, 10, 0});
        const TimeLeft::Clock::time_point start{};
        QVERIFY(left.seconds(start) < 0);
        left.stepFinished(1, start);
        QVERIFY(left.seconds(start) < 0); // one step gives no duration yet
    }

    void countsStepsAtTheRecentSpeed() {
        TimeLeft left({1000, 1000, 0});
        TimeLeft::Clock::time_point now{};
        for (int step = 1; step <= 101; ++step)
            left.stepFinished(step, now += 1s);
        QCOMPARE(left.seconds(now), 899.0);
        for (int step = 102; step <= 301; ++step)
            left.stepFinished(step, now += 2s); // slower now: only recent steps count
        QCOMPARE(left.seconds(now), 699.0 * 2);
        QCOMPARE(left.seconds(now + 5s), 699.0 * 2 - 5); // it decreases between steps
    }

    void countsEvaluationsToCome() {
        // 4 epochs of 10 steps, evaluated after each, and once more at the end.
        TimeLeft left({40, 10, 1});
        TimeLeft::Clock::time_point now{};
        for (int step = 1; step <= 10; ++step)
            left.stepFinished(step, now += 1s);
        left.evaluationStarted(now);
        left.evaluationStarted(now += 3s); // a second protocol belongs to the same pause
        left.stepFinished(11, now += 5s);  // 7 s of evaluation and 1 s of step
        QCOMPARE(left.seconds(now), 29.0 + 4 * 7);
    }

    void pausesAreNoSteps() {
        TimeLeft left({100, 10, 0});
        TimeLeft::Clock::time_point now{};
        for (int step = 1; step <= 13; ++step)
            left.stepFinished(step, now += 1s);
        QCOMPARE(left.secondsInEpoch(now), 7.0);
        left.paused(now);
        QCOMPARE(left.seconds(now + 500s), 87.0); // time stands still
        QCOMPARE(left.secondsInEpoch(now + 500s), 7.0);
        left.continued(now += 1000s);
        left.stepFinished(14, now += 1s);
        QCOMPARE(left.seconds(now), 86.0);
        QCOMPARE(left.secondsInEpoch(now), 6.0);
    }

    /// As in the evaluation at the end, of which no earlier one tells how long it takes.
    void isUnknownOnceWhatWasExpectedHasPassed() {
        TimeLeft left({3, 3, 0});
        TimeLeft::Clock::time_point now{};
        for (int step = 1; step <= 3; ++step)
            left.stepFinished(step, now += 1s);
        QVERIFY(left.seconds(now + 100s) < 0);
    }
};

SIMCLR_TEST(TestTimeLeft)
#include "tst_time_left.moc"
