// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/thread_governor.h"
#include "core/util/processor_use.h"
#include "tests/support/test_support.h"

#include <QTest>

using namespace simclr;
using namespace simclr::test;

namespace {

/// A machine on which other programs use a known number of processors.
class Machine {
  public:
    Machine(int most, int processors) : m_governor(most, processors) { m_governor.next(m_use); }

    /// Threads after so many seconds, with one step per `step` seconds.
    int after(double seconds, double others, double step = 0.1) {
        for (double passed = 0; passed < seconds - 1e-9; passed += step) {
            m_use.wall += step;
            m_use.others += others * step;
            m_changes += m_governor.next(m_use) ? 1 : 0;
        }
        return m_governor.threads();
    }
    int changes() const { return m_changes; }

  private:
    ThreadGovernor m_governor;
    ProcessorUse m_use{100, 50};
    int m_changes = 0;
};

} // namespace

class TestThreadGovernor : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void idleMachineChangesNothing() {
        Machine machine(2, 2);
        QCOMPARE(machine.after(600, 0.1), 2);
        QCOMPARE(machine.changes(), 0);
    }

    void busyNeighbourTakesAThread() {
        Machine machine(2, 2);
        QCOMPARE(machine.after(2, 0.7), 1);
        QCOMPARE(machine.after(600, 1), 1);
        QCOMPARE(machine.changes(), 1);
    }

    void twoSlowStepsAreEnough() {
        Machine machine(2, 2);
        QCOMPARE(machine.after(10, 1, 5), 1);
    }

    void aMomentIsNotEnough() {
        Machine machine(2, 2);
        QCOMPARE(machine.after(0.5, 1), 2);
        QCOMPARE(machine.after(5, 0), 2);
        QCOMPARE(machine.changes(), 0);
    }

    void freeProcessorsAreTakenAgain() {
        Machine machine(2, 2);
        QCOMPARE(machine.after(5, 1), 1);
        QCOMPARE(machine.after(2, 0), 1); // not at once
        QCOMPARE(machine.after(8, 0), 2);
    }

    void doesNotOscillate() {
        Machine machine(2, 2);
        for (int i = 0; i < 100; ++i) {
            machine.after(3, 0.45);
            machine.after(3, 0.3);
        }
        QCOMPARE(machine.changes(), 0);
        machine.after(3, 1);
        for (int i = 0; i < 100; ++i) {
            machine.after(3, 0.45);
            machine.after(3, 0.3);
        }
        QCOMPARE(machine.changes(), 1);
    }

    void atLeastOne() {
        Machine machine(4, 4);
        QCOMPARE(machine.after(5, 9), 1);
    }

    void manyProcessors() {
        Machine machine(16, 16);
        QCOMPARE(machine.after(5, 3), 13);
        QCOMPARE(machine.after(60, 1), 15);
    }

    /// A quota leaves fewer threads than there are processors.
    void neighboursOnOtherProcessorsDoNotCount() {
        Machine machine(4, 64);
        QCOMPARE(machine.after(60, 40), 4);
        QCOMPARE(machine.after(60, 62), 2);
    }

    void processorsAreRead() {
        const auto before = processorUse();
        QVERIFY(before);
        QTest::qSleep(20);
        const auto after = processorUse();
        QVERIFY(after->wall > before->wall);
    }

    void lowPriorityDoesNotCount() {
        const QTemporaryDir root;
        const auto othersFor = [&](const std::string &line) {
            writeBytes(folderOf(root) / "proc/stat",
                       "cpu  9 9 9 9 9 9 9 9 9 9\n" + line + "intr 1 2 3\nbtime 5\n");
            return processorUse(folderOf(root));
        };
        std::string all;
        std::string nice;
        for (int i = 0; i < 2000; ++i) { // any that this thread may run on
            all += "cpu" + std::to_string(i) + " 100000000 0 0 0 0 0 0 0 0 0\n";
            nice += "cpu" + std::to_string(i) + " 0 100000000 0 5 0 0 0 0 0 0\n";
        }
        QVERIFY(othersFor(all)->others > 0);
        QVERIFY(othersFor(nice)->others <= 0);
        QVERIFY(!othersFor(""));
        QVERIFY(!othersFor("cpufreq 1\ncpu 5\n"));
        QVERIFY(!processorUse(folderOf(root) / "nowhere"));
    }
};

SIMCLR_TEST(TestThreadGovernor, QCoreApplication)
#include "tst_thread_governor.moc"
