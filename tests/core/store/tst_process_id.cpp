// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/process_id.h"
#include "tests/support/test_support.h"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace simclr;

class TestProcessId : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void thisProcessIsAlive();
    void anotherProcessOfTheSameNumberIsNot();
    void anotherStartOfTheMachineIsNot();
    void endedProcessIsNotEvenBeforeItIsReaped();
};

void TestProcessId::thisProcessIsAlive() {
    QCOMPARE(currentProcess().number, std::int64_t{::getpid()});
    QVERIFY(currentProcess().startTicks > 0);
    QVERIFY(!currentProcess().boot.empty());
    QVERIFY(currentProcess() == currentProcess());
    QVERIFY(isAlive(currentProcess()));
}

void TestProcessId::anotherProcessOfTheSameNumberIsNot() {
    ProcessId earlier = currentProcess();
    earlier.startTicks -= 1;
    QVERIFY(!isAlive(earlier));
}

void TestProcessId::anotherStartOfTheMachineIsNot() {
    ProcessId before = currentProcess();
    before.boot = "00000000-0000-0000-0000-000000000000";
    QVERIFY(!isAlive(before));
}

void TestProcessId::endedProcessIsNotEvenBeforeItIsReaped() {
    int channel[2] = {};
    QCOMPARE(::pipe(channel), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const ProcessId self = currentProcess();
        const ssize_t sent = ::write(channel[1], &self.startTicks, sizeof self.startTicks);
        ::pause();
        ::_exit(sent == sizeof self.startTicks ? 0 : 1);
    }
    ProcessId process = currentProcess();
    process.number = child;
    QCOMPARE(::read(channel[0], &process.startTicks, sizeof process.startTicks),
             static_cast<ssize_t>(sizeof process.startTicks));
    QVERIFY(isAlive(process));
    ::kill(child, SIGKILL);
    QTRY_VERIFY(!isAlive(process)); // a zombie now
    ::waitpid(child, nullptr, 0);
    QVERIFY(!isAlive(process));
    ::close(channel[0]);
    ::close(channel[1]);
}

SIMCLR_TEST(TestProcessId, QCoreApplication)
#include "tst_process_id.moc"
