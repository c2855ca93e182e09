// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/cli/cli_fixture.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"

#include <algorithm>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace simclr;
using namespace simclr::test;

/// A result with 10 % of the labels, of five images whose classes are all 0.
static void addFewLabels(RunStore &store, RunId run, const std::vector<std::int32_t> &predicted) {
    Result result = measured("linear", "test", 10, 0.6);
    result.key.scope.labels = 0.1;
    result.predictions =
        std::make_shared<const Predictions>(Predictions{{0, 1, 2, 3, 4}, {0, 0, 0, 0, 0}, predicted});
    store.results().add(run, result);
}

/// runs, show and compare on a database of two runs.
class TestCliRunsCommands : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void runsPrintsATable();
    void runsPrintsJson();
    void showPrintsEverything();
    void showPrintsJson();
    void comparePrintsDifferencesAndResults();
    void comparePrintsJson();
    void compareSaysWhatItCompares();
    void accuraciesHaveIntervals();
    void runIsNotComparedWithItself();
    void namesCannotMoveTheCursor();
    void emptyUsualPlaceIsNoError();
    void withoutHomeADatabaseMustBeNamed();
    void abandonedRunIsShownAsInterrupted();
    void curvesArePrintedAsCsv();
    void runsAreRenamedAndDeleted();

  private:
    CommandResult command(const QStringList &arguments) const {
        return runCommand(arguments + QStringList{"--db", m_file});
    }

    QTemporaryDir m_directory;
    QString m_file;
};

void TestCliRunsCommands::initTestCase() {
    m_file = text(folderOf(m_directory) / "runs.sqlite");
    RunStore store(m_file.toStdString());
    const RunId first = store.runs().create(sampleRun("crop only"));
    store.metrics().add(first, speedPoints({100, 200, 300}));
    store.results().add(first, measured("linear", "test", 0, 0.25, nullptr));
    store.results().add(first, measured("linear", "test", 10, 0.5, {{"epochs", 100}}));
    addFewLabels(store, first, {0, 0, 0, 1, 1});
    store.runs().finish(first, RunStatus::Completed, "", std::string(64, 'c'));
    NewRun other = sampleRun("\x1b[31mred");
    other.config["batch"] = 128;
    other.pipeline["steps"].erase(2);
    const RunId second = store.runs().create(other);
    store.results().add(second, measured("knn", "test", 10, 0.75, nullptr));
    addFewLabels(store, second, {0, 0, 1, 0, 0});
    store.runs().finish(second, RunStatus::Failed, "the loss is not a number at step 3", "");
}

void TestCliRunsCommands::runsPrintsATable() {
    const CommandResult result = command({"runs"});
    QCOMPARE(result.status, 0);
    QCOMPARE(std::ranges::count(result.out, '\n'), std::ptrdiff_t{3});
    for (const char *part : {"crop only", "completed", "failed", "photos", "50.0 %", "75.0 %", "200"})
        QVERIFY2(contains(result.out, part), part);
    QVERIFY(result.out.find("failed") < result.out.find("completed"));
}

void TestCliRunsCommands::runsPrintsJson() {
    const Json runs = command({"runs", "--json"}).json();
    QCOMPARE(runs.size(), std::size_t{2});
    QCOMPARE(runs[0]["id"].get<int>(), 2);
    QCOMPARE(runs[1]["images_per_second"].get<double>(), 200.0);
    QVERIFY(!runs[0].contains("config") && !runs[0].contains("pipeline"));
}

void TestCliRunsCommands::showPrintsEverything() {
    const CommandResult result = command({"show", "1"});
    QCOMPARE(result.status, 0);
    for (const char *part : {"crop only", "config.batch", "256", "dataset.fingerprint", "random_resized_crop",
                             "cccccccccccccccc", "epoch 10", "50.0 %", "random", "25.0 %"})
        QVERIFY2(contains(result.out, part), part);
    QVERIFY(contains(command({"show", "2"}).out, "the loss is not a number at step 3"));
}

void TestCliRunsCommands::showPrintsJson() {
    const Json run = command({"show", "1", "--json"}).json();
    for (const char *key : {"id", "name", "status", "config", "pipeline", "dataset", "seed", "device",
                            "precision", "results", "images_per_second", "weights_sha256"})
        QVERIFY2(run.contains(key), key);
    QCOMPARE(run["results"][1]["protocol"].get<std::string>(), std::string("linear"));
    QCOMPARE(run["results"][1]["value"].get<double>(), 0.5);
    QCOMPARE(run["dataset"]["train"].get<int>(), 900);
}

void TestCliRunsCommands::comparePrintsDifferencesAndResults() {
    const CommandResult result = command({"compare", "1", "2"});
    QCOMPARE(result.status, 0);
    for (const char *part : {"config.batch", "128", "pipeline.color_drop", "present", "—", "linear, test",
                             "50.0 % (epoch 10)", "linear, test, random encoder", "kNN, test"})
        QVERIFY2(contains(result.out, part), part);
    QVERIFY(!contains(result.out, "config.width"));
    for (const char *part : {"McNemar's test", "linear (10 % labels), test", "b: only run 1 is right"})
        QVERIFY2(contains(result.out, part), part);
}

/// p does not compare methods, and no accuracy is printed without its interval.
void TestCliRunsCommands::compareSaysWhatItCompares() {
    const CommandResult result = command({"compare", "1", "2"});
    for (const char *part : {"these two encoders only", "does not compare methods", "95 % interval"})
        QVERIFY2(contains(result.out, part), part);
    QVERIFY(contains(command({"compare", "--help"}).out, "these two encoders only"));
    const Json comparison = command({"compare", "1", "2", "--json"}).json();
    QCOMPARE(comparison["results"][3]["mcnemar"]["compares"].get<std::string>(),
             std::string("these two encoders only"));
}

/// 0.5 of 250 test images: Wilson's interval is 43.85–56.15 %.
void TestCliRunsCommands::accuraciesHaveIntervals() {
    QVERIFY(contains(command({"compare", "1", "2"}).out, "50.0 % (epoch 10) [43.8–56.2]"));
    QVERIFY(contains(command({"show", "1"}).out, "43.8–56.2"));
    const Json shown = command({"show", "1", "--json"}).json()["results"][1];
    const Json compared = command({"compare", "1", "2", "--json"}).json()["results"][2]["values"][0];
    for (const Json &result : {shown, compared}) {
        QCOMPARE(result["images"].get<int>(), 250);
        QVERIFY(std::abs(result["interval"][0].get<double>() - 0.43849) < 1e-5);
        QVERIFY(std::abs(result["interval"][1].get<double>() - 0.56151) < 1e-5);
    }
}

void TestCliRunsCommands::runIsNotComparedWithItself() {
    QVERIFY(isRefusal(command({"compare", "1", "1"}), "given twice"));
}

void TestCliRunsCommands::comparePrintsJson() {
    const Json comparison = command({"compare", "1", "2", "--json"}).json();
    QCOMPARE(comparison["runs"].size(), std::size_t{2});
    const Json batch = {{"path", "config.batch"}, {"values", {"256", "128"}}};
    QVERIFY(comparison["differences"][0] == batch);
    QCOMPARE(comparison["results"].size(), std::size_t{4});
    QVERIFY(comparison["results"][0]["values"][0].is_null());
    QCOMPARE(comparison["results"][0]["values"][1]["value"].get<double>(), 0.75);
    QVERIFY(comparison["results"][0]["mcnemar"].is_null());
    const Json test = comparison["results"][3]["mcnemar"];
    QCOMPARE(comparison["results"][3]["labels"].get<double>(), 0.1);
    QCOMPARE(test["images"].get<int>(), 5);
    QCOMPARE(test["first_only_right"].get<int>(), 1); // the third image, whose label is 0
    QCOMPARE(test["second_only_right"].get<int>(), 2);
    QCOMPARE(test["p"].get<double>(), 1.0); // 2 · (1 + 3) / 8
}

void TestCliRunsCommands::namesCannotMoveTheCursor() {
    for (const QStringList &arguments :
         {QStringList{"runs"}, QStringList{"show", "2"}, QStringList{"compare", "1", "2"},
          QStringList{"runs", "--json"}, QStringList{"show", "2", "--json"}})
        QVERIFY(!contains(command(arguments).out, "\x1b"));
}

void TestCliRunsCommands::emptyUsualPlaceIsNoError() {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("XDG_DATA_HOME", text(folderOf(m_directory) / "home"));
    process.setProcessEnvironment(environment);
    process.start(SIMCLR_COMMAND, {"runs", "--json"});
    const CommandResult result = resultOf(process);
    QCOMPARE(result.status, 0);
    QCOMPARE(result.json().size(), std::size_t{0});
}

/// As in a container with a user number without a name: never a folder in the working folder.
void TestCliRunsCommands::withoutHomeADatabaseMustBeNamed() {
    if (::getuid() != 0)
        QSKIP("only root can change the user");
    const auto command = [](const QStringList &arguments) {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove("HOME");
        environment.insert("XDG_DATA_HOME", "relative");
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory("/");
        process.setChildProcessModifier([] {
            if (::setuid(1'234'567) != 0)
                ::_exit(99);
        });
        process.start(SIMCLR_COMMAND, arguments);
        return resultOf(process);
    };
    QVERIFY(isRefusal(command({"runs"}), "HOME is not set"));
    QVERIFY(isRefusal(command({"train", "--data", "shapes"}), "--db FILE"));
    QVERIFY(isRefusal(command({"runs", "--db", "missing.sqlite"}), "missing.sqlite"));
    QCOMPARE(command({"train", "--help"}).status, 0);
}

void TestCliRunsCommands::abandonedRunIsShownAsInterrupted() {
    const std::filesystem::path file = folderOf(m_directory) / "crashed.sqlite";
    const pid_t child = ::fork();
    if (child == 0) {
        RunStore(file).runs().create(sampleRun());
        ::_exit(0);
    }
    ::waitpid(child, nullptr, 0);
    const CommandResult result = runCommand({"runs", "--json", "--db", text(file)});
    QCOMPARE(result.json()[0]["status"].get<std::string>(), std::string("interrupted"));
}

void TestCliRunsCommands::curvesArePrintedAsCsv() {
    const CommandResult all = command({"curves", "1"});
    QCOMPARE(all.status, 0);
    QVERIFY2(all.out.starts_with("metric,step,epoch,seconds,value\nimages_per_second,1,"), all.out.c_str());
    QCOMPARE(std::ranges::count(all.out, '\n'), 4);
    const Json json = Json::parse(command({"curves", "1", "--metric", "images_per_second", "--json"}).out);
    QCOMPARE(json["curves"]["images_per_second"][2]["value"].get<double>(), 300.0);
    const CommandResult wrong = command({"curves", "1", "--metric", "beauty"});
    QCOMPARE(wrong.status, 2);
    QVERIFY2(contains(wrong.err, "has no curve \"beauty\"; it has images_per_second"), wrong.err.c_str());
}

void TestCliRunsCommands::runsAreRenamedAndDeleted() {
    const QString file = text(folderOf(m_directory) / "changes.sqlite");
    {
        RunStore store(file.toStdString());
        for (int i = 0; i < 2; ++i)
            store.runs().finish(store.runs().create(sampleRun("old")), RunStatus::Completed, "", "");
        store.runs().create(sampleRun("busy")); // by this process, which is running
    }
    const auto on = [&](const QStringList &arguments) {
        return runCommand(arguments + QStringList{"--db", file});
    };
    QCOMPARE(on({"rename", "1", "new name"}).status, 0);
    QCOMPARE(RunStore(file.toStdString()).runs().one(1).name, std::string("new name"));
    QCOMPARE(on({"rename", "1", " "}).status, 2);
    const CommandResult deleted = on({"delete", "2", "3", "9"});
    QCOMPARE(deleted.status, 2); // the other deletions were refused
    QVERIFY2(contains(deleted.out, "run 2 deleted"), deleted.out.c_str());
    QVERIFY2(contains(deleted.err, "run 3 is running") && contains(deleted.err, "no run 9"),
             deleted.err.c_str());
    QCOMPARE(RunStore(file.toStdString()).runs().all().size(), std::size_t{2});
}

SIMCLR_TEST(TestCliRunsCommands, QCoreApplication)
#include "tst_cli_runs_commands.moc"
