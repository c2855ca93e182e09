// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/cli/cli_fixture.h"

#include <QTemporaryDir>
#include <SQLiteCpp/Database.h>
#include <csignal>

using namespace simclr;
using namespace simclr::test;

namespace {

QStringList tinySweep(const QString &database, const QStringList &more) {
    return QStringList{"sweep",
                       "--db",
                       database,
                       "--data",
                       "shapes",
                       "--set",
                       "width=0.0625",
                       "--set",
                       "batch=32",
                       "--set",
                       "train_images=64",
                       "--set",
                       "evaluate_every=0",
                       "--set",
                       "threads=1"} +
           more;
}

std::vector<std::string> statesIn(const QString &database) {
    std::vector<std::string> states;
    for (const JobRecord &job : RunStore(database.toStdString()).jobs().all())
        states.push_back(nameOf(job.state));
    return states;
}

} // namespace

/// A grid of real, small trainings by the real command.
class TestCliSweep : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = m_folder->filePath(QStringLiteral("runs.sqlite"));
    }

    void dryRunListsAndTrainsNothing() {
        const CommandResult result =
            runCommand(tinySweep(m_database, {"--set", "learning_rate=0.1,0.5", "--pipeline",
                                              "simclr-cifar10,crop-only", "--seeds", "1-3", "--dry-run"}));
        QVERIFY2(result.status == 0, result.err.c_str());
        QVERIFY(contains(result.out, "12 runs"));
        QVERIFY(contains(result.out, "learning_rate 0.5, seed 3"));
        QVERIFY(!QFile::exists(m_database));
        const Json list = runCommand(tinySweep(m_database, {"--seeds", "1,2", "--dry-run", "--json"})).json();
        QCOMPARE(list.size(), std::size_t{2});
        QCOMPARE(list[1]["options"]["seed"].get<int>(), 2);
    }

    void trainsAllAndContinuesAfterFailures() {
        // A batch of 4096 is larger than the images are.
        const CommandResult result =
            runCommand({"sweep", "--db", m_database, "--data", "shapes", "--set", "width=0.0625", "--set",
                        "batch=4096,32", "--set", "train_images=64", "--set", "evaluate_every=0", "--set",
                        "epochs=1", "--seeds", "1-2", "--json"});
        QCOMPARE(result.status, 1);
        const Json ends = result.json();
        QCOMPARE(ends.size(), std::size_t{4});
        QCOMPARE(ends[0]["end"].get<std::string>(), std::string("failed"));
        QCOMPARE(ends[1]["end"].get<std::string>(), std::string("completed"));
        QCOMPARE(ends[3]["run"].get<int>(), 2);
        QVERIFY(contains(ends[0]["failure"].get<std::string>(), "4096"));
        QCOMPARE(statesIn(m_database), (std::vector<std::string>{"failed", "done", "failed", "done"}));
        const CommandResult queue = runCommand({"queue", "--db", m_database});
        QVERIFY2(contains(queue.out, "failed") && contains(queue.out, "4096"), queue.out.c_str());
        QCOMPARE(runCommand({"queue", "--db", m_database, "--json"}).json().size(), std::size_t{2});
        QCOMPARE(runCommand({"queue", "--db", m_database, "--json", "--all"}).json().size(), std::size_t{4});
        QVERIFY(runCommand({"sweep", "--resume", "--db", m_database, "--json"}).json().empty());
        const CommandResult again =
            runCommand({"sweep", "--resume", "--failed", "--db", m_database, "--json"});
        QCOMPARE(again.status, 1);
        QCOMPARE(again.json().size(), std::size_t{2});
    }

    /// Ctrl-C in the first of three runs; the rest is done later.
    void interruptedSweepIsResumed() {
        QProcess process;
        process.setReadChannel(QProcess::StandardError); // for waitForReadyRead()
        process.start(SIMCLR_COMMAND, tinySweep(m_database, {"--set", "epochs=60", "--seeds", "1-3"}));
        QByteArray told;
        while (!told.contains("epoch 2 of") && process.waitForReadyRead(60'000))
            told += process.readAllStandardError();
        QVERIFY2(told.contains("[1/3]"), told.constData());
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        const CommandResult stopped = resultOf(process);
        QCOMPARE(stopped.status, 130);
        QVERIFY2(contains(stopped.err, "2 runs are left"), stopped.err.c_str());
        QCOMPARE(statesIn(m_database), (std::vector<std::string>{"interrupted", "waiting", "waiting"}));
        const CommandResult resumed = runCommand({"sweep", "--resume", "--db", m_database, "--json"});
        QVERIFY2(resumed.status == 0, resumed.err.c_str());
        QCOMPARE(resumed.json().size(), std::size_t{3});
        const RunStore store(m_database.toStdString());
        const std::vector<RunRecord> runs = store.runs().all();
        QCOMPARE(runs.size(), std::size_t{3}); // the first one was resumed, not started again
        for (const RunRecord &run : runs)
            QVERIFY(run.status == RunStatus::Completed);
        for (const JobRecord &job : store.jobs().all())
            QVERIFY(job.state == JobState::Done);
    }

    void killedSweepIsResumed() {
        QProcess process;
        process.setReadChannel(QProcess::StandardError); // for waitForReadyRead()
        process.start(SIMCLR_COMMAND, tinySweep(m_database, {"--set", "epochs=60", "--seeds", "1-2"}));
        QByteArray told;
        while (!told.contains("epoch 2 of") && process.waitForReadyRead(60'000))
            told += process.readAllStandardError();
        process.kill();
        QVERIFY(process.waitForFinished(60'000));
        const CommandResult resumed = runCommand({"sweep", "--resume", "--db", m_database});
        QVERIFY2(resumed.status == 0, resumed.err.c_str());
        const std::vector<RunRecord> runs = RunStore(m_database.toStdString()).runs().all();
        QCOMPARE(runs.size(), std::size_t{2});
        for (const RunRecord &run : runs)
            QVERIFY(run.status == RunStatus::Completed);
    }

    /// Its process was killed between the end of the run and that of the job.
    void completedRunIsNotRepeated() {
        QCOMPARE(runCommand(tinySweep(m_database, {"--set", "epochs=1", "--seeds", "1-2"})).status, 0);
        SQLite::Database database(m_database.toStdString(), SQLite::OPEN_READWRITE);
        database.exec("UPDATE jobs SET state = 'running', finished = NULL, process_start = 1 "
                      "WHERE rowid = (SELECT MAX(rowid) FROM jobs)");
        const CommandResult resumed = runCommand({"sweep", "--resume", "--db", m_database, "--json"});
        QVERIFY2(resumed.status == 0, resumed.err.c_str());
        QVERIFY(resumed.json().empty());
        QCOMPARE(RunStore(m_database.toStdString()).runs().all().size(), std::size_t{2});
        QCOMPARE(statesIn(m_database), (std::vector<std::string>{"done", "done"}));
    }

    void ruleStopsARun() {
        const CommandResult result = runCommand(
            tinySweep(m_database, {"--set", "epochs=9", "--rule", "plateau=stop", "--rule",
                                   "plateau_epochs=2", "--rule", "plateau_improvement=10", "--json"}));
        QVERIFY2(contains(result.err, "Rule \"Plateau\": the loss has not improved"), result.err.c_str());
        const RunRecord run = RunStore(m_database.toStdString()).runs().one(1);
        QVERIFY(run.status == RunStatus::Cancelled);
        QCOMPARE(run.lastStep, std::int64_t{3 * 2}); // epochs of 2 steps
        QVERIFY(isRefusal(runCommand(tinySweep(m_database, {"--rule", "plateau=maybe"})), "maybe"));
        QVERIFY(isRefusal(runCommand(tinySweep(m_database, {"--rule", "moon=stop"})), "moon"));
    }

    void wrongInputIsRefused() {
        QVERIFY(
            isRefusal(runCommand(tinySweep(m_database, {"--set", "learning_rate=fast"})), "learning_rate"));
        QVERIFY(isRefusal(runCommand(tinySweep(m_database, {"--set", "batch=64"})), "named twice"));
        QVERIFY(isRefusal(runCommand(tinySweep(m_database, {"--seeds", "1-2000"})), "1000"));
        QVERIFY(isRefusal(runCommand(tinySweep(m_database, {"--pipeline", "nothing-like-it"})),
                          "nothing-like-it"));
        QVERIFY(!QFile::exists(m_database));
    }

  private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_database;
};

SIMCLR_TEST(TestCliSweep)
#include "tst_cli_sweep.moc"
