// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "tests/core/store/store_fixture.h"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace simclr;
using namespace simclr::test;

/// Processes that are killed while they write.
class TestStoreCrash : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void killedRunBecomesInterruptedAndKeepsItsCurve();
    void interruptedRunCanBeReopened();
    void killWhileCreatingLeavesAUsableFile();

  private:
    static std::int64_t killWhileWriting(const std::filesystem::path &file);
};

/// Lets a child write step after step and kills it at an arbitrary moment. Returns the last step that it
/// reported as stored.
std::int64_t TestStoreCrash::killWhileWriting(const std::filesystem::path &file) {
    int channel[2] = {};
    if (::pipe(channel) != 0)
        return -1;
    const pid_t child = ::fork();
    if (child == 0) {
        RunStore store(file);
        const RunId id = store.runs().create(sampleRun());
        for (std::int64_t step = 1;; ++step) {
            store.metrics().add(id, lossPoints(step, step));
            if (::write(channel[1], &step, sizeof step) != sizeof step)
                ::_exit(1);
        }
    }
    ::close(channel[1]);
    constexpr std::int64_t stepsToSee = 50;
    std::int64_t last = 0;
    while (last < stepsToSee && ::read(channel[0], &last, sizeof last) == sizeof last) {
    }
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    while (::read(channel[0], &last, sizeof last) == sizeof last) {
    }
    ::close(channel[0]);
    return last;
}

void TestStoreCrash::killedRunBecomesInterruptedAndKeepsItsCurve() {
    const QTemporaryDir directory;
    const std::filesystem::path file = folderOf(directory) / "runs.sqlite";
    const std::int64_t stored = killWhileWriting(file);
    QVERIFY(stored >= 50);
    RunStore store(file);
    QVERIFY(store.runs().all().at(0).status == RunStatus::Running);
    QCOMPARE(store.recovery().markInterrupted(), 1);
    const RunRecord run = store.runs().all().at(0);
    QVERIFY(run.status == RunStatus::Interrupted);
    const std::vector<MetricPoint> curve = store.metrics().curve(run.id, "loss");
    QVERIFY(static_cast<std::int64_t>(curve.size()) >= stored);
    QCOMPARE(curve.back().step, static_cast<std::int64_t>(curve.size()));
    QCOMPARE(run.lastStep, curve.back().step);
    QCOMPARE(run.finished, std::optional(curve.back().time));
    QCOMPARE(store.recovery().markInterrupted(), 0);
}

void TestStoreCrash::interruptedRunCanBeReopened() {
    const QTemporaryDir directory;
    const std::filesystem::path file = folderOf(directory) / "runs.sqlite";
    QVERIFY(killWhileWriting(file) >= 50);
    RunStore store(file);
    store.recovery().markInterrupted();
    const RunId id = store.runs().all().at(0).id;
    store.runs().reopen(id, 20);
    QCOMPARE(store.metrics().curve(id, "loss").size(), std::size_t{20});
    QCOMPARE(RunStore(file).recovery().markInterrupted(), 0);
}

void TestStoreCrash::killWhileCreatingLeavesAUsableFile() {
    const QTemporaryDir directory;
    for (int delay = 0; delay < 12; ++delay) {
        const std::filesystem::path file = folderOf(directory) / ("runs" + std::to_string(delay) + ".sqlite");
        const pid_t child = ::fork();
        if (child == 0) {
            RunStore store(file);
            ::pause();
            ::_exit(0);
        }
        ::usleep(static_cast<useconds_t>(delay) * 700);
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        RunStore store(file);
        const RunId id = store.runs().create(sampleRun());
        QCOMPARE(store.runs().one(id).name, sampleRun().name);
    }
}

SIMCLR_TEST(TestStoreCrash, QCoreApplication)
#include "tst_store_crash.moc"
