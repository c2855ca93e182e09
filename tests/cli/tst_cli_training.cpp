// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/random/random.h"
#include "core/store/run_store.h"
#include "tests/cli/cli_fixture.h"
#include "tests/support/database_lock.h"
#include "tests/support/measured.h"

#include <csignal>
#include <sched.h>

using namespace simclr;
using namespace simclr::test;

/// Real, small training by the real command.
class TestCliTraining : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void trainEvaluateAndShow();
    void resumeContinuesARunWithMoreEpochs();
    void ctrlCKeepsTheRunAndResumeFinishesIt();
    void lockedDatabaseIsReportedOnceAndTrainingContinues();
    void takesNoMoreThreadsThanProcessors();
    void killedRunIsInterruptedAndResumes();
    void killedAnywhereAndAgainEndsTheSame();

  private:
    static QStringList tinyTraining(const QString &database, int epochs);
};

namespace {

/// Without a fixed number a run uses fewer threads while other programs run, with a note, and sums in another
/// order.
const QStringList oneThread{"--set", "threads=1"};

} // namespace

QStringList TestCliTraining::tinyTraining(const QString &database, int epochs) {
    return {"train",  "--json",           "--db",  database,
            "--data", "shapes",           "--set", "width=0.0625",
            "--set",  "batch=32",         "--set", "train_images=64",
            "--set",  "evaluate_every=0", "--set", "epochs=" + QString::number(epochs)};
}

void TestCliTraining::trainEvaluateAndShow() {
    const QTemporaryDir directory;
    const QString database = text(folderOf(directory) / "runs.sqlite");
    const CommandResult result = runCommand(tinyTraining(database, 2));
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY2(contains(result.err, "epoch 2 of 2"), result.err.c_str());
    QVERIFY(!contains(result.err, "\x1b"));
    const Json run = result.json();
    QCOMPARE(run["status"].get<std::string>(), std::string("completed"));
    QCOMPARE(run["last_step"].get<int>(), 4);
    QCOMPARE(run["weights_sha256"].get<std::string>().size(), std::size_t{64});
    QVERIFY(run["images_per_second"].get<double>() > 0);
    QVERIFY(run["results"].size() >= 4);
    QVERIFY(runCommand({"show", "1", "--json", "--db", database}).json() == run);

    const CommandResult evaluation =
        runCommand({"eval", "1", "--split", "validation", "--json", "--db", database});
    QVERIFY2(evaluation.status == 0, evaluation.err.c_str());
    QCOMPARE(evaluation.json()["results"].size(), std::size_t{2});
    const Json evaluated = evaluation.json();
    for (const Json &item : evaluated.at("results")) {
        QCOMPARE(item["split"].get<std::string>(), std::string("validation"));
        QCOMPARE(item["epoch"].get<int>(), 2);
    }

    const CommandResult few = runCommand({"eval", "1", "--protocol", "linear-sgd,fine-tune", "--labels", "50",
                                          "--seed", "3", "--set", "epochs=1", "--json", "--db", database});
    QVERIFY2(few.status == 0, few.err.c_str());
    const Json results = few.json()["results"];
    QCOMPARE(results[0]["protocol"].get<std::string>(), std::string("linear_sgd"));
    QCOMPARE(results[1]["labels"].get<double>(), 0.5);
    QCOMPARE(results[1]["seed"].get<int>(), 3);
    QVERIFY(contains(runCommand({"show", "1", "--db", database}).out,
                     "fine-tuned (50 % labels, seed 3, epochs 1)"));
    QVERIFY(isRefusal(runCommand({"eval", "1", "--protocol", "magic", "--db", database}), "magic"));
    QVERIFY(isRefusal(runCommand({"eval", "1", "--transfer", "--db", database}), "--data"));
    QVERIFY(isRefusal(runCommand({"eval", "1", "--set", "epoch=1", "--db", database}), "epochs"));
    QVERIFY(isRefusal(runCommand({"eval", "1", "--protocol", "knn", "--set", "epochs=1", "--db", database}),
                      "fine-tune"));
}

void TestCliTraining::resumeContinuesARunWithMoreEpochs() {
    const QTemporaryDir directory;
    const QString database = text(folderOf(directory) / "runs.sqlite");
    QVERIFY(runCommand(tinyTraining(database, 2)).status == 0);
    QVERIFY(isRefusal(runCommand({"resume", "1", "--db", database}), "more epochs"));
    QVERIFY(isRefusal(runCommand({"resume", "1", "--name", "x", "--db", database}), "--set"));
    QVERIFY(isRefusal(runCommand({"resume", "1", "--set", "batch=16", "--db", database}), "batch"));
    QVERIFY(isRefusal(runCommand({"resume", "1", "--set", "epoch=4", "--db", database}), "epochs"));
    QVERIFY(isRefusal(runCommand({"resume", "1", "--set", "epochs=1", "--db", database}), "2 epochs"));
    const CommandResult result = runCommand({"resume", "1", "--set", "epochs=4", "--set", "evaluate_every=1",
                                             "--name", "longer", "--json", "--db", database});
    QVERIFY2(result.status == 0, result.err.c_str());
    const Json run = result.json();
    QCOMPARE(run["id"].get<int>(), 2);
    QCOMPARE(run["name"].get<std::string>(), std::string("longer"));
    QCOMPARE(run["last_step"].get<int>(), 8);
    const Json list = runCommand({"runs", "--json", "--db", database}).json();
    QCOMPARE(list[0]["origin"]["run"].get<int>(), 1);
    QVERIFY(list[1]["origin"].is_null());
    const std::string shown = runCommand({"show", "2", "--db", database}).out;
    QVERIFY2(contains(shown, "after step 4 (epoch 2)"), shown.c_str());
    QVERIFY2(contains(shown, "epochs 2 → 4"), shown.c_str());
}

void TestCliTraining::ctrlCKeepsTheRunAndResumeFinishesIt() {
    const QTemporaryDir directory;
    const QString database = text(folderOf(directory) / "runs.sqlite");
    QProcess process;
    process.setReadChannel(QProcess::StandardError);
    process.start(SIMCLR_COMMAND, tinyTraining(database, 60));
    QByteArray told;
    while (!told.contains("epoch 3 of 60") && process.waitForReadyRead(120'000))
        told += process.readAllStandardError();
    QVERIFY2(told.contains("epoch 3 of 60"), told.constData());
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    const CommandResult cancelled = resultOf(process);
    QCOMPARE(cancelled.status, 130);
    QCOMPARE(cancelled.json()["status"].get<std::string>(), std::string("cancelled"));

    const RunRecord run = RunStore(database.toStdString()).runs().one(1);
    QVERIFY(run.status == RunStatus::Cancelled);
    QVERIFY(run.lastStep >= 6 && run.lastStep < 120);
    QVERIFY(!run.artifacts.empty());
    QCOMPARE(RunStore(database.toStdString()).metrics().curve(1, "loss").size(),
             static_cast<std::size_t>(run.lastStep));

    const CommandResult resumed = runCommand({"resume", "1", "--json", "--db", database});
    QVERIFY2(resumed.status == 0, resumed.err.c_str());
    QCOMPARE(resumed.json()["status"].get<std::string>(), std::string("completed"));
    QCOMPARE(RunStore(database.toStdString()).metrics().curve(1, "loss").size(), std::size_t{120});
}

namespace {

/// Waits until `told`, to which stderr is appended, contains `part` for the `times`-th time.
bool isTold(QProcess &process, QByteArray &told, const QByteArray &part, qsizetype times = 1) {
    while (told.count(part) < times && process.waitForReadyRead(120'000))
        told += process.readAllStandardError();
    return told.count(part) >= times;
}

} // namespace

void TestCliTraining::lockedDatabaseIsReportedOnceAndTrainingContinues() {
    const QTemporaryDir directory;
    const QString database = text(folderOf(directory) / "runs.sqlite");
    QProcess process;
    process.setReadChannel(QProcess::StandardError);
    process.start(SIMCLR_COMMAND, tinyTraining(database, 100'000) + oneThread);
    QByteArray told;
    QVERIFY2(isTold(process, told, "epoch 3 of"), told.constData());
    {
        const DatabaseLock lock(database.toStdString());
        QVERIFY(lock.isHeld());
        QVERIFY2(isTold(process, told, "is locked by another program"), told.constData());
        const qsizetype epochs = told.count("epoch ");
        QVERIFY2(isTold(process, told, "epoch ", epochs + 20), told.constData());
    }
    QVERIFY2(isTold(process, told, "can be written again"), told.constData());
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    const CommandResult result = resultOf(process);
    QCOMPARE(result.status, 130);
    QCOMPARE(told.count("is locked by another program"), qsizetype{1});
    const RunStore store(database.toStdString());
    const RunRecord run = store.runs().one(1);
    QVERIFY(run.status == RunStatus::Cancelled);
    QCOMPARE(static_cast<std::int64_t>(store.metrics().curve(1, "loss").size()), run.lastStep);
    QCOMPARE(std::ranges::count_if(
                 run.notes, // other notes are about the representation
                 [](const NoteRecord &note) { return contains(note.message, "the run database"); }),
             std::ptrdiff_t{2});
}

void TestCliTraining::takesNoMoreThreadsThanProcessors() {
    const QTemporaryDir directory;
    QProcess process;
    process.setChildProcessModifier([] {
        cpu_set_t allowed;
        cpu_set_t one;
        ::sched_getaffinity(0, sizeof allowed, &allowed);
        CPU_ZERO(&one);
        for (int i = 0; i < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++i)
            if (CPU_ISSET(i, &allowed))
                CPU_SET(i, &one);
        ::sched_setaffinity(0, sizeof one, &one);
    });
    process.start(SIMCLR_COMMAND, tinyTraining(text(folderOf(directory) / "runs.sqlite"), 1));
    const CommandResult result = resultOf(process);
    QCOMPARE(result.status, 0);
    QVERIFY2(contains(result.err, ", 1 thread)"), result.err.c_str());
}

void TestCliTraining::killedRunIsInterruptedAndResumes() {
    const QTemporaryDir directory;
    const QString database = text(folderOf(directory) / "runs.sqlite");
    QProcess process;
    process.setReadChannel(QProcess::StandardError);
    process.start(SIMCLR_COMMAND,
                  tinyTraining(database, 60) + oneThread + QStringList{"--set", "checkpoint_every=1"});
    QByteArray told;
    while (!told.contains("epoch 4 of 60") && process.waitForReadyRead(120'000))
        told += process.readAllStandardError();
    QVERIFY2(told.contains("epoch 4 of 60"), told.constData());
    process.kill(); // SIGKILL
    process.waitForFinished();
    const Json listed = runCommand({"runs", "--json", "--db", database}).json();
    QCOMPARE(listed[0]["status"].get<std::string>(), std::string("interrupted"));

    const CommandResult resumed = runCommand({"resume", "1", "--json", "--db", database});
    QVERIFY2(resumed.status == 0, resumed.err.c_str());
    QCOMPARE(resumed.json()["status"].get<std::string>(), std::string("completed"));
    QCOMPARE(RunStore(database.toStdString()).metrics().curve(1, "loss").size(), std::size_t{120});

    const QString unbroken = text(folderOf(directory) / "unbroken.sqlite");
    const CommandResult whole = runCommand(tinyTraining(unbroken, 60) + oneThread);
    QCOMPARE(resumed.json()["weights_sha256"].get<std::string>(),
             whole.json()["weights_sha256"].get<std::string>());
}

/// Killed at any point, in an epoch, an evaluation or a checkpoint, the run ends the same after resuming.
void TestCliTraining::killedAnywhereAndAgainEndsTheSame() {
    const QTemporaryDir directory;
    const QString database = text(folderOf(directory) / "runs.sqlite");
    const QString unbroken = text(folderOf(directory) / "unbroken.sqlite");
    const auto training = [](const QString &file) {
        return tinyTraining(file, 40) +
               QStringList{"--set", "evaluate_every=5", "--set", "checkpoint_minutes=0.0001",
                           "--set", "threads=1"}; // for identical bits while other programs run
    };
    RandomStream draws({7, Purpose::Order, 0, 0, 0});
    int interrupted = 0;
    for (int kill = 0; kill < 4; ++kill) {
        QProcess process;
        process.setReadChannel(QProcess::StandardError);
        process.start(SIMCLR_COMMAND,
                      kill == 0 ? training(database) : QStringList{"resume", "1", "--db", database});
        const int epoch = 8 * kill + 1 + static_cast<int>(draws.below(7));
        const QByteArray sign = "epoch " + QByteArray::number(epoch) + " of 40";
        QByteArray told;
        while (!told.contains(sign) && process.waitForReadyRead(120'000))
            told += process.readAllStandardError();
        QTest::qSleep(static_cast<int>(draws.below(80))); // into the next epoch, or the evaluation before it
        process.kill();                                   // SIGKILL
        process.waitForFinished();
        interrupted += process.exitStatus() == QProcess::CrashExit ? 1 : 0;
    }
    QVERIFY2(
        interrupted >= 2,
        qPrintable(QString::number(interrupted))); // on a fast machine the run may end before the last kill
    const CommandResult resumed = runCommand({"resume", "1", "--json", "--db", database});
    const CommandResult whole = runCommand(training(unbroken));
    QCOMPARE(whole.status, 0);
    // On a fast machine the run may end before the last kill; then there is nothing to resume.
    QVERIFY2(resumed.status == 0 || contains(resumed.err, "is completed"), resumed.err.c_str());
    const RunStore store(database.toStdString());
    QCOMPARE(store.runs().one(1).weightsSha256, whole.json()["weights_sha256"].get<std::string>());
    const RunStore other(unbroken.toStdString());
    for (const std::string &key : other.metrics().keys(1)) {
        if (dependsOnMachine(key))
            continue;
        const auto expected = other.metrics().curve(1, key);
        const auto actual = store.metrics().curve(1, key);
        QCOMPARE(actual.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY2(actual[i].step == expected[i].step && actual[i].value == expected[i].value, key.c_str());
    }
}

SIMCLR_TEST(TestCliTraining, QCoreApplication)
#include "tst_cli_training.moc"
