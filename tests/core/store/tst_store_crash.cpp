// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "tests/core/store/curve_fixture.h"
#include "tests/core/store/store_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>
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
    void killWhileSealingLosesAndDoublesNothing();

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
    QCOMPARE(store.recovery().markInterrupted().size(), std::size_t{1});
    const RunRecord run = store.runs().all().at(0);
    QVERIFY(run.status == RunStatus::Interrupted);
    const std::vector<MetricPoint> curve = store.metrics().curve(run.id, "loss");
    QVERIFY(static_cast<std::int64_t>(curve.size()) >= stored);
    QCOMPARE(curve.back().step, static_cast<std::int64_t>(curve.size()));
    QCOMPARE(run.lastStep, curve.back().step);
    QCOMPARE(run.finished, std::optional(curve.back().time));
    QCOMPARE(store.recovery().markInterrupted().size(), std::size_t{0});
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
    QCOMPARE(RunStore(file).recovery().markInterrupted().size(), std::size_t{0});
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

namespace {

constexpr std::int64_t stepsPerCommit = 70;

/// Two metrics, all steps. Sometimes all points are sealed.
void writeEndlessly(const std::filesystem::path &file, int channel) {
    RunStore store(file);
    const RunId id = store.runs().create(sampleRun());
    for (std::int64_t done = 0;; done += stepsPerCommit) {
        std::vector<KeyedMetric> points = lossPoints(done + 1, done + stepsPerCommit);
        for (std::int64_t step = done + 1; step <= done + stepsPerCommit; ++step)
            points.push_back({"top1", {step, static_cast<double>(step) / 10, 0.5, 1.7e9}});
        store.metrics().add(id, points);
        if (done % (16 * stepsPerCommit) == 0)
            store.metrics().seal(id);
        const std::int64_t stored = done + stepsPerCommit;
        if (::write(channel, &stored, sizeof stored) != sizeof stored)
            ::_exit(1);
    }
}

/// Kills a writer some microseconds after it has stored `least` steps. Returns the last step that it
/// reported.
std::int64_t killedAfter(const std::filesystem::path &file, std::int64_t least, useconds_t delay) {
    int channel[2] = {};
    if (::pipe(channel) != 0)
        return -1;
    const pid_t child = ::fork();
    if (child == 0)
        writeEndlessly(file, channel[1]);
    ::close(channel[1]);
    std::int64_t last = 0;
    while (last < least && ::read(channel[0], &last, sizeof last) == sizeof last) {
    }
    ::usleep(delay);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    while (::read(channel[0], &last, sizeof last) == sizeof last) {
    }
    ::close(channel[0]);
    return last;
}

/// Steps 1, 2, 3, … without a gap or a double.
bool isComplete(const std::vector<MetricPoint> &curve) {
    for (std::size_t i = 0; i < curve.size(); ++i)
        if (curve[i].step != static_cast<std::int64_t>(i) + 1)
            return false;
    return true;
}

} // namespace

/// The writer stores 70 steps at a time and seals at 1,120: it is killed at many moments around that.
void TestStoreCrash::killWhileSealingLosesAndDoublesNothing() {
    const QTemporaryDir directory;
    for (int kill = 0; kill < 20; ++kill) {
        const std::filesystem::path file = folderOf(directory) / ("runs" + std::to_string(kill) + ".sqlite");
        const std::int64_t stored =
            killedAfter(file, 1050 + 70 * (kill % 3), static_cast<useconds_t>(kill) * 331);
        const RunStore store(file);
        QCOMPARE(SQLite::Database(file).execAndGet("PRAGMA integrity_check").getString(), std::string("ok"));
        for (const std::string key : {"loss", "top1"}) {
            const std::vector<MetricPoint> curve = store.metrics().curve(1, key);
            QVERIFY(static_cast<std::int64_t>(curve.size()) >= stored);
            QVERIFY(static_cast<std::int64_t>(curve.size()) % stepsPerCommit == 0);
            QVERIFY(isComplete(curve));
            QVERIFY(isSummaryOf(store, 1, key, curve));
        }
    }
}

SIMCLR_TEST(TestStoreCrash, QCoreApplication)
#include "tst_store_crash.moc"
