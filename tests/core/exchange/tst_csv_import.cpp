// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv_import.h"
#include "core/exchange/time_from_text.h"
#include "core/util/error.h"
#include "tests/core/exchange/event_fixture.h"

#include <cmath>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// Imports of CSV files of other trackers.
class TestCsvImport : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void curvesOfAPanelAreRuns();
    void panelsOfOneRunAreJoined();
    void historyIsOneRun();
    void tableOfWandbHasOptions();
    void namedColumnsAreMetrics();
    void tableOfMlflowHasOptionsAndMetrics();
    void tableThatMlflowWroteIsRead();
    void tableOfMlflowsPageIsRead();
    void importingAgainChangesNothing();
    void otherFilesAreRefused_data();
    void otherFilesAreRefused();
    void cellsThatAreNoNumbersAreReported();
    void timesAreRead();

  private:
    fs::path database() const { return folderOf(*m_directory) / "runs.sqlite"; }
    ImportReport import(const std::string &name, const CsvImportOptions &options = {}) const {
        return importCsv(std::vector{dataFile("trackers/" + name)}, database(), options);
    }
    fs::path written(const std::string &text) const {
        writeBytes(folderOf(*m_directory) / "test.csv", text);
        return folderOf(*m_directory) / "test.csv";
    }
    RunRecord record(const ImportReport &report, std::size_t place) const {
        return RunStore(database()).runs().one(report.runs.at(place).run);
    }
    std::vector<MetricPoint> curve(const ImportReport &report, std::size_t place,
                                   const std::string &metric) const {
        const RunStore store(database());
        return wholeCurve(store, report.runs.at(place).run, metric);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestCsvImport::init() {
    m_directory = std::make_unique<QTemporaryDir>();
}

void TestCsvImport::curvesOfAPanelAreRuns() {
    const ImportReport report = import("wandb_panel.csv");
    QCOMPARE(report.runs.size(), std::size_t{2});
    QCOMPARE(report.runs[0].name, std::string("crimson-forest-12"));
    QCOMPARE(report.runs[1].name, std::string("lr 0.3 - cosine"));
    QCOMPARE(stepsOf(curve(report, 0, "train/loss")), (std::vector<std::int64_t>{0, 50, 100, 150}));
    QVERIFY(std::isnan(curve(report, 0, "train/loss")[3].value));
    QCOMPARE(stepsOf(curve(report, 1, "train/loss")), (std::vector<std::int64_t>{0, 100, 150}));
    QCOMPARE(curve(report, 1, "train/loss")[1].value, 3.5);
    QCOMPARE(RunStore(database()).metrics().keys(report.runs[0].run).size(), std::size_t{1});
}

void TestCsvImport::panelsOfOneRunAreJoined() {
    const ImportReport report =
        importCsv(std::vector{dataFile("trackers/wandb_panel.csv"), dataFile("trackers/wandb_accuracy.csv")},
                  database());
    QCOMPARE(report.runs.size(), std::size_t{2});
    QCOMPARE(curve(report, 0, "train/loss").size(), std::size_t{4});
    QCOMPARE(curve(report, 0, "val/acc").size(), std::size_t{2});
}

void TestCsvImport::historyIsOneRun() {
    const ImportReport report = import("wandb_history.csv");
    QCOMPARE(report.runs.size(), std::size_t{1});
    QCOMPARE(report.runs[0].name, std::string("wandb_history"));
    const auto loss = curve(report, 0, "loss");
    QCOMPARE(stepsOf(loss), (std::vector<std::int64_t>{0, 10, 30}));
    QCOMPARE(loss[1].time, 1700000011.5);
    QCOMPARE(loss[2].epoch, 3.0);
    const RunRecord run = record(report, 0);
    QCOMPARE(run.created, 1700000001.5);
    QCOMPARE(run.finished.value(), 1700000031.5);
    QCOMPARE(report.runs[0].problems.size(), std::size_t{2}); // note and samples
}

void TestCsvImport::tableOfWandbHasOptions() {
    const ImportReport report = import("wandb_runs.csv");
    QCOMPARE(report.runs.size(), std::size_t{2});
    const RunRecord first = record(report, 0);
    QCOMPARE(first.name, std::string("crimson-forest-12"));
    QVERIFY(first.status == RunStatus::Completed);
    QCOMPARE(first.created, 1.7e9);
    QCOMPARE(first.finished.value(), 1.7e9 + 3600);
    QCOMPARE(first.config["batch_size"].get<int>(), 256);
    QCOMPARE(first.config["lr"].get<double>(), 0.3);
    QVERIFY(first.config["nesterov"].get<bool>());
    QCOMPARE(first.config["Tags"].get<std::string>(), std::string("paper, final"));
    QVERIFY(!first.config.contains("Name") && !first.config.contains("_step"));
    const RunRecord second = record(report, 1);
    QVERIFY(second.status == RunStatus::Failed);
    QVERIFY(contains(second.failure, "crashed"));
    QCOMPARE(second.config["Notes"].get<std::string>(), std::string("=1+1"));
}

void TestCsvImport::namedColumnsAreMetrics() {
    const ImportReport report = import("wandb_runs.csv", {{"test/acc"}});
    QCOMPARE(curve(report, 0, "test/acc").size(), std::size_t{1});
    QCOMPARE(curve(report, 0, "test/acc")[0].step, std::int64_t{150});
    QCOMPARE(curve(report, 0, "test/acc")[0].value, 0.625);
    QVERIFY(!record(report, 0).config.contains("test/acc"));
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { import("wandb_runs.csv",
                                                                    {{ "beauty" }}); }),
                           "no column \"beauty\""));
}

void TestCsvImport::tableOfMlflowHasOptionsAndMetrics() {
    const ImportReport report = import("mlflow_runs.csv");
    QCOMPARE(report.runs.size(), std::size_t{2});
    const RunRecord first = record(report, 0);
    QCOMPARE(first.name, std::string("brave-owl-1"));
    QCOMPARE(first.created, 1.7e9 + 0.5);
    QCOMPARE(first.finished.value(), 1.7e9 + 3600);
    QCOMPARE(toLine(first.config),
             std::string(R"({"batch":256,"encoder":"resnet18","cosine":true,"tags.team":"vision"})"));
    QCOMPARE(curve(report, 0, "loss").at(0).value, 1.25);
    QCOMPARE(curve(report, 0, "val_acc").at(0).value, 0.75);
    const RunRecord second = record(report, 1);
    QCOMPARE(second.name, std::string("1f1e2d3c4b5a69788796a5b4c3d2e1f0"));
    QVERIFY(second.status == RunStatus::Failed);
    QCOMPARE(second.created, 1.7e9 - 3600);
    QVERIFY(std::isnan(curve(report, 1, "val_acc").at(0).value));
}

/// With quotation marks and commas in names, a line break in an option, and times with a zone.
void TestCsvImport::tableThatMlflowWroteIsRead() {
    const ImportReport report = import("mlflow_3.17_runs.csv");
    QCOMPARE(report.runs.size(), std::size_t{3});
    const RunRecord run = record(report, 1);
    QCOMPARE(run.name, std::string("crop, \"colour\" 2"));
    QVERIFY(run.status == RunStatus::Completed);
    QCOMPARE(run.created, 1796049242.607);
    QCOMPARE(run.finished.value(), 1796049244.378);
    QCOMPARE(run.config["seed"].get<int>(), 2);
    QCOMPARE(run.config["lr"].get<double>(), 0.6);
    QCOMPARE(run.config["note"].get<std::string>(), std::string("a, b\nc"));
    QCOMPARE(run.config["tags.owner"].get<std::string>(), std::string("me; =1+1"));
    QCOMPARE(curve(report, 1, "val acc").at(0).value, 0.52);
    QCOMPARE(curve(report, 1, "train/loss").at(0).value, 0.45146793249685246);
    for (const ImportOutcome &again : import("mlflow_3.17_runs.csv").runs)
        QVERIFY(again.kind == ImportOutcome::Kind::Known);
}

void TestCsvImport::tableOfMlflowsPageIsRead() {
    const ImportReport report = import("mlflow_page.csv", {{"val_acc"}});
    const RunRecord run = record(report, 0);
    QCOMPARE(run.name, std::string("calm-fox-2"));
    QCOMPARE(run.created, 1.7e9);
    QCOMPARE(run.config["encoder"].get<std::string>(), std::string("resnet18"));
    QCOMPARE(curve(report, 0, "val_acc").at(0).value, 0.5);
}

void TestCsvImport::importingAgainChangesNothing() {
    for (const char *name : {"wandb_panel.csv", "wandb_history.csv", "wandb_runs.csv", "mlflow_runs.csv"}) {
        const ImportReport first = import(name);
        const std::size_t count = RunStore(database()).runs().all().size();
        for (const ImportOutcome &run : import(name).runs)
            QVERIFY2(run.kind == ImportOutcome::Kind::Known, name);
        QCOMPARE(RunStore(database()).runs().all().size(), count);
    }
}

void TestCsvImport::otherFilesAreRefused_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("two columns") << "a,b\n1,2\n";
    QTest::newRow("curves without a step") << "Relative Time (Wall),run - loss\n1.5,2\n";
    QTest::newRow("step alone") << "Step\n1\n";
    QTest::newRow("names alone") << "Name,lr\nx,1\n";
    QTest::newRow("no rows") << "_step,loss\n";
}

void TestCsvImport::otherFilesAreRefused() {
    QFETCH(QString, text);
    const fs::path file = written(text.toStdString());
    const std::string message =
        thrownMessage<InvalidInput>([&] { importCsv(std::vector{file}, database()); });
    QVERIFY2(isClearMessage(message, "is not a CSV file of W&B or MLflow"), message.c_str());
    QVERIFY(!fs::exists(database()));
}

void TestCsvImport::cellsThatAreNoNumbersAreReported() {
    const fs::path file = written("_step,loss\n0,1\n1,abc\n1.5,2\n1e300,2\n2,3\n");
    const ImportReport report = importCsv(std::vector{file}, database());
    QCOMPARE(report.runs.at(0).points, std::int64_t{2});
    QVERIFY(isClearMessage(report.runs[0].problems.at(0), "\"loss\": 3 cells"));
}

void TestCsvImport::timesAreRead() {
    QCOMPARE(timeFromText("2023-11-14T22:13:20Z").value(), 1.7e9);
    QCOMPARE(timeFromText("2023-11-14 22:13:20.250+00:00").value(), 1.7e9 + 0.25);
    QCOMPARE(timeFromText("2023-11-14 23:13:20+0100").value(), 1.7e9);
    QCOMPARE(timeFromText("2023-11-14T22:13:20").value(), 1.7e9);
    QCOMPARE(timeFromText("1700000000").value(), 1.7e9);
    QCOMPARE(timeFromText("1700000000500").value(), 1.7e9 + 0.5);
    for (const char *text : {"", "yesterday", "2023-11-14", "2023-11-14T22:13:20 CET", "nan", "-1", "1e300"})
        QVERIFY2(!timeFromText(text), text);
}

SIMCLR_TEST(TestCsvImport)
#include "tst_csv_import.moc"
