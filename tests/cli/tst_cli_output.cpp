// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/control_characters.h"
#include "tests/cli/cli_fixture.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// Output of commands that cannot be written.
class TestCliOutput : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void fullDiskIsTold_data();
    void fullDiskIsTold();
    void failuresKeepTheirStatus();
    void readerThatGoesAwayEndsQuietly_data();
    void readerThatGoesAwayEndsQuietly();
    void closedOutputIsTold();
    void trainingOutlivesItsReader();
    void trainingWithoutStreamsHarmsNoFile();
    void waitForAReaderEndsWithASignal();
    void namesCannotMoveTheCursor_data();
    void namesCannotMoveTheCursor();

  private:
    QString database(const char *name = "runs.sqlite") const { return text(folderOf(m_directory) / name); }
    QStringList with(QStringList arguments) const {
        return arguments.replaceInStrings(QStringLiteral("DB"), database());
    }
    static CommandResult runInShell(const QString &script, const QStringList &arguments);
    QStringList training(const QString &file) const;

    QTemporaryDir m_directory;
};

namespace {

constexpr int points = 20'000; ///< more than the capacity of a pipe

const std::string hostile = "\x1b[2J\x07\xc2\x9b"
                            "31m\xe2\x80\xae"
                            "x\r\n=1+1,\"";

NewRun hostileRun() {
    NewRun run = sampleRun(hostile);
    run.config[hostile] = hostile;
    run.pipeline["name"] = hostile;
    run.pipeline["steps"].push_back({{"operation", hostile}, {"enabled", false}});
    run.dataset.title = run.dataset.source = run.device = run.precision = hostile;
    run.libraries[hostile] = hostile;
    return run;
}

void addHostileRun(RunStore &store) {
    const RunId run = store.runs().create(hostileRun());
    store.metrics().add(run, std::vector<KeyedMetric>{{hostile, {1, 0.1, -0.5, 1.7e9}}});
    Result result = measured("linear", "test", 10, 0.5, {{hostile, hostile}});
    result.key.scope.remark = result.key.scope.dataset = result.datasetTitle = hostile;
    store.results().add(run, result);
    store.events().add(run, hostile);
    store.runs().finish(run, RunStatus::Failed, hostile, hostile);
}

} // namespace

void TestCliOutput::initTestCase() {
    RunStore store(database().toStdString());
    for (int i = 0; i < 2; ++i) {
        const RunId run = store.runs().create(sampleRun());
        store.metrics().add(run, lossPoints(1, points));
        store.runs().finish(run, RunStatus::Completed, "", std::string(64, 'c'));
    }
    addHostileRun(store);
    writeBytes(folderOf(m_directory) / "odd.json", toText(hostileRun().pipeline));
}

CommandResult TestCliOutput::runInShell(const QString &script, const QStringList &arguments) {
    QProcess process;
    process.start("/bin/sh", QStringList{"-c", script, SIMCLR_COMMAND} + arguments);
    return resultOf(process);
}

QStringList TestCliOutput::training(const QString &file) const {
    return {"train",
            "--db",
            file,
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
            "epochs=2"};
}

void TestCliOutput::fullDiskIsTold_data() {
    QTest::addColumn<QStringList>("arguments");
    for (const QStringList &arguments : {QStringList{"runs", "--db", "DB"},
                                         {"runs", "--json", "--db", "DB"},
                                         {"show", "1", "--db", "DB"},
                                         {"show", "1", "--json", "--db", "DB"},
                                         {"curves", "1", "--db", "DB"},
                                         {"curves", "1", "--json", "--db", "DB"},
                                         {"compare", "1", "2", "--db", "DB"},
                                         {"compare", "1", "2", "--json", "--db", "DB"},
                                         {"rename", "1", "other", "--db", "DB"},
                                         {"meters", "--images", "8", "--size", "8"},
                                         {"meters", "--images", "8", "--size", "8", "--json"},
                                         {"pipeline", "show", "byol"},
                                         {"pipeline", "show", "byol", "--json"},
                                         {"pipeline", "check", "byol"},
                                         {"pipeline", "export", "byol"},
                                         {"preview", "--count", "1", "--out", "DB.png"},
                                         {"--help"},
                                         {"train", "--help"},
                                         {"--version"}})
        QTest::newRow(qPrintable(arguments.join(' '))) << arguments;
}

void TestCliOutput::fullDiskIsTold() {
    QFETCH(QStringList, arguments);
    QProcess process;
    process.setStandardOutputFile("/dev/full");
    process.start(SIMCLR_COMMAND, with(arguments));
    const CommandResult result = resultOf(process);
    QCOMPARE(result.status, 1);
    QCOMPARE(result.err, std::string("simclr: the output could not be written: No space left on device\n"));
}

void TestCliOutput::failuresKeepTheirStatus() {
    const CommandResult result = runInShell("\"$0\" \"$@\" > /dev/full", with({"delete", "7", "--db", "DB"}));
    QCOMPARE(result.status, 2);
    QVERIFY2(contains(result.err, "there is no run 7"), result.err.c_str());
}

void TestCliOutput::readerThatGoesAwayEndsQuietly_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("text") << QStringList{"curves", "1", "--db", "DB"};
    QTest::newRow("JSON") << QStringList{"curves", "1", "--json", "--db", "DB"};
    QTest::newRow("help") << QStringList{"train", "--help"};
}

void TestCliOutput::readerThatGoesAwayEndsQuietly() {
    QFETCH(QStringList, arguments);
    const QString script = "{ sleep 0.3; \"$0\" \"$@\"; echo status $? >&2; } | true";
    const CommandResult gone = runInShell(script, with(arguments));
    QCOMPARE(gone.err, std::string("status 0\n"));
    const CommandResult head =
        runInShell("{ \"$0\" \"$@\"; echo status $? >&2; } | head -n 1", with(arguments));
    QCOMPARE(head.err, std::string("status 0\n"));
    QCOMPARE(std::ranges::count(head.out, '\n'), std::ptrdiff_t{1});
}

void TestCliOutput::closedOutputIsTold() {
    const CommandResult result = runInShell("\"$0\" \"$@\" >&-", with({"show", "1", "--db", "DB"}));
    QCOMPARE(result.status, 1);
    QCOMPARE(result.err, std::string("simclr: the output could not be written: Bad file descriptor\n"));
}

void TestCliOutput::trainingOutlivesItsReader() {
    const QString file = database("piped.sqlite");
    const CommandResult result =
        runInShell("{ \"$0\" \"$@\" 2>&1; echo status $? >&2; } | head -n 1", training(file));
    QCOMPARE(result.err, std::string("status 0\n"));
    QCOMPARE(RunStore(file.toStdString()).runs().one(1).status, RunStatus::Completed);
}

/// A file that it opens must not get the descriptor of a stream: output would go into it.
void TestCliOutput::trainingWithoutStreamsHarmsNoFile() {
    const QString file = database("closed.sqlite");
    const CommandResult result = runInShell("\"$0\" \"$@\" <&- >&- 2>&-", training(file));
    QCOMPARE(result.status, 1); // its final output is lost
    const RunRecord run = RunStore(file.toStdString()).runs().one(1);
    QCOMPARE(run.status, RunStatus::Completed);
    const CommandResult evaluation =
        runCommand({"eval", "1", "--protocol", "knn", "--split", "validation", "--db", file});
    QVERIFY2(evaluation.status == 0, evaluation.err.c_str());
}

void TestCliOutput::waitForAReaderEndsWithASignal() {
    const fs::path pipe = folderOf(m_directory) / "pipe";
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC); // but never reads
    QProcess process;
    process.setStandardOutputFile(text(pipe));
    process.start(SIMCLR_COMMAND,
                  with({"preview", "--as", "filmstrip", "--count", "200", "--size", "8", "--out", "DB.png"}));
    const auto isFull = [reader] {
        constexpr int nearlyAll = 60'000;
        int waiting = 0;
        return ::ioctl(reader, FIONREAD, &waiting) == 0 && waiting > nearlyAll;
    };
    QVERIFY(QTest::qWaitFor(isFull, 60'000));
    process.terminate(); // the first signal
    const CommandResult result = resultOf(process);
    ::close(reader);
    QCOMPARE(result.status, 130);
}

void TestCliOutput::namesCannotMoveTheCursor_data() {
    QTest::addColumn<QStringList>("arguments");
    const QString pipeline = text(folderOf(m_directory) / "odd.json");
    int number = 0;
    for (const QStringList &arguments :
         {QStringList{"runs", "--db", "DB"},
          {"runs", "--json", "--db", "DB"},
          {"show", "3", "--db", "DB"},
          {"show", "3", "--json", "--db", "DB"},
          {"curves", "3", "--db", "DB"},
          {"curves", "3", "--json", "--db", "DB"},
          {"curves", "3", "--metric", "none", "--db", "DB"},
          {"compare", "1", "3", "--db", "DB"},
          {"compare", "1", "3", "--json", "--db", "DB"},
          {"compare", "--groups", "--db", "DB"},
          {"compare", "--by", "pipeline", "--baseline", "x", "--db", "DB"},
          {"compare", "--groups", "--json", "--db", "DB"},
          {"rename", "3", text("\x1b[2J"), "--db", "DB"},
          {"rename", "3", text(hostile), "--json", "--db", "DB"},
          {"resume", "3", "--db", "DB"},
          {"eval", "3", "--db", "DB"},
          {"export", "3", "--db", "DB", "--out", "DB.pt"},
          {"pipeline", "show", pipeline},
          {"pipeline", "show", pipeline, "--json"},
          {"pipeline", "check", pipeline},
          {"pipeline", "export", pipeline},
          {"pipeline", "export", pipeline, "--out", "DB\x1b[2J.py"},
          {"preview", "--pipeline", pipeline, "--count", "1", "--out", "DB\x1b[2J.png"},
          {"pipeline", "check", "\x1b[2J"},
          {"--\x1b[2J"}})
        QTest::addRow("%d: %s", ++number, qPrintable(arguments.value(0))) << arguments;
}

void TestCliOutput::namesCannotMoveTheCursor() {
    QFETCH(QStringList, arguments);
    const CommandResult result = runCommand(with(arguments));
    QVERIFY(result.status >= 0);
    const std::string all = result.out + result.err;
    QVERIFY(!all.empty());
    const std::string clean = replaceControls(
        all, [](char32_t control) { return control == U'\n' ? std::string("\n") : std::string("#"); });
    QCOMPARE(all, clean);
}

SIMCLR_TEST(TestCliOutput, QCoreApplication)
#include "tst_cli_output.moc"
