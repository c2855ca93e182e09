// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/records.h"
#include "core/util/error.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"

using namespace simclr;
using namespace simclr::test;

class TestRecords : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void statusNamesReadBack();
    void unknownStatusIsRefused();
    void latestResultIsTheNewestOfItsKind();
    void resultsAreOfRandomImportedOrTrainedEncoders();
    void jsonHoldsEverything();
    void shortJsonLeavesOutTheLongParts();
    void unknownValuesAreNull();
    void evaluatedTitleIsTheSecondOne_data();
    void evaluatedTitleIsTheSecondOne();
    void textThatIsNotUtf8CanBePrinted();
};

namespace {

RunRecord finishedRun() {
    RunRecord run;
    static_cast<NewRun &>(run) = sampleRun();
    run.id = 3;
    run.status = RunStatus::Completed;
    run.created = 1'700'000'000.25;
    run.finished = 1'700'000'060.75;
    run.lastStep = 100;
    run.lastEpoch = 10;
    run.imagesPerSecond = 512.5;
    run.weightsSha256 = std::string(64, 'f');
    run.results = {measured("linear", "test", 0, 0.25, {{"classes", 10}}),
                   measured("knn", "test", 10, 0.5, nullptr), measured("linear", "test", 10, 0.625, nullptr),
                   measured("linear", "test", 5, 0.375, nullptr)};
    run.artifacts = {{"checkpoint", RunPath("/runs/3/last.pt"), 100, std::string(64, '0')}};
    run.notes = {{1'700'000'001, "2 images are broken"}};
    return run;
}

} // namespace

void TestRecords::statusNamesReadBack() {
    for (const RunStatus status : {RunStatus::Running, RunStatus::Completed, RunStatus::Cancelled,
                                   RunStatus::Failed, RunStatus::Interrupted})
        QVERIFY(statusFromName(statusName(status)) == status);
    QCOMPARE(statusName(RunStatus::Cancelled), std::string("cancelled"));
}

void TestRecords::unknownStatusIsRefused() {
    QVERIFY(isClearMessage(thrownMessage<StorageError>([] { statusFromName("paused"); }), "paused"));
}

void TestRecords::latestResultIsTheNewestOfItsKind() {
    const RunRecord run = finishedRun();
    QCOMPARE(latestResult(run, Protocol::Linear, Split::Test)->value, 0.625);
    QCOMPARE(latestResult(run, Protocol::Knn, Split::Test)->value, 0.5);
    QVERIFY(latestResult(run, Protocol::Knn, Split::Validation) == nullptr);
}

void TestRecords::resultsAreOfRandomImportedOrTrainedEncoders() {
    RunRecord run = finishedRun();
    const Result before = measured("linear", "test", 0, 0.5, nullptr);
    const Result after = measured("linear", "test", 10, 0.5, nullptr);
    QVERIFY(originOf(run, before) == WeightsOrigin::Random && isBaseline(run, before));
    QVERIFY(originOf(run, after) == WeightsOrigin::Trained && !isBaseline(run, after));
    run.config["initial_weights"] = "";
    QVERIFY(originOf(run, before) == WeightsOrigin::Random);
    run.config["initial_weights"] = "/weights.pt";
    QVERIFY(originOf(run, before) == WeightsOrigin::Imported && isBaseline(run, before));
    QVERIFY(originOf(run, after) == WeightsOrigin::Trained);
    const Result baseline = measured("supervised", "test", 10, 0.5);
    QVERIFY(originOf(run, baseline) == WeightsOrigin::Supervised);
    run.totalEpochs = 0;
    QVERIFY(originOf(run, before) == WeightsOrigin::Imported && !isBaseline(run, before));
    run.config = nullptr;
    QVERIFY(originOf(run, before) == WeightsOrigin::Random);
    QCOMPARE(originName(WeightsOrigin::Imported), std::string("imported"));
}

void TestRecords::jsonHoldsEverything() {
    const Json json = toJson(finishedRun(), false);
    for (const char *key : {"id",
                            "name",
                            "status",
                            "failure",
                            "config",
                            "pipeline",
                            "dataset",
                            "seed",
                            "device",
                            "precision",
                            "created",
                            "finished",
                            "last_step",
                            "last_epoch",
                            "total_steps",
                            "total_epochs",
                            "results",
                            "images_per_second",
                            "weights_sha256",
                            "artifacts",
                            "notes",
                            "program_version",
                            "origin",
                            "libraries"})
        QVERIFY2(json.contains(key), key);
    QCOMPARE(json["status"].get<std::string>(), std::string("completed"));
    QCOMPARE(json["created"].get<std::string>(), std::string("2023-11-14T22:13:20Z"));
    QCOMPARE(json["finished"].get<std::string>(), std::string("2023-11-14T22:14:20Z"));
    QCOMPARE(json["config"]["width"].get<double>(), 0.25);
    QCOMPARE(json["pipeline"]["steps"].size(), std::size_t{3});
    const Json dataset = {{"source", "folder:/photos"},
                          {"title", "photos"},
                          {"fingerprint", std::string(64, 'a')},
                          {"labelled_fingerprint", std::string(64, 'a')},
                          {"learn", 900},
                          {"train", 900},
                          {"validation", 100},
                          {"test", 250},
                          {"classes", 10},
                          {"broken", 3}};
    QVERIFY(json["dataset"] == dataset);
    QCOMPARE(json["results"].size(), std::size_t{4});
    QCOMPARE(json["results"][0]["detail"]["classes"].get<int>(), 10);
    QCOMPARE(json["artifacts"][0]["step"].get<int>(), 100);
    QCOMPARE(json["notes"][0]["message"].get<std::string>(), std::string("2 images are broken"));
}

void TestRecords::shortJsonLeavesOutTheLongParts() {
    RunRecord run = finishedRun();
    QVERIFY(toJson(run, true)["origin"].is_null());
    run.origin = {2, "first", 240, 20, 0.125, {{"epochs", {20, 200}}}};
    const Json json = toJson(run, true);
    QCOMPARE(json["origin"]["run"].get<int>(), 2);
    QCOMPARE(json["origin"]["changes"]["epochs"][1].get<int>(), 200);
    QCOMPARE(originText(*run.origin), std::string("run 2 \"first\" after step 240 (epoch 20)"));
    QCOMPARE(changesText(*run.origin), std::string("epochs 20 → 200"));
    for (const char *key : {"config", "pipeline", "notes", "libraries", "artifacts"})
        QVERIFY2(!json.contains(key), key);
    QCOMPARE(json["results"][2]["value"].get<double>(), 0.625);
    QVERIFY(!json["results"][0].contains("detail"));
    QCOMPARE(json["images_per_second"].get<double>(), 512.5);
}

void TestRecords::unknownValuesAreNull() {
    RunRecord run;
    static_cast<NewRun &>(run) = sampleRun();
    const Json json = toJson(run, false);
    for (const char *key : {"failure", "finished", "images_per_second", "weights_sha256"})
        QVERIFY2(json[key].is_null(), key);
}

void TestRecords::evaluatedTitleIsTheSecondOne_data() {
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("evaluated");
    const QString parts = R"({"images":"%1","labelled":"%2"})";
    QTest::newRow("folders") << parts.arg("folder:/a/many", "folder:/a/few") << "many + few"
                             << "few";
    QTest::newRow("selection") << parts.arg("folder:/a/many", "folder:/a/few") << "many + few · a + b"
                               << "few · a + b";
    QTest::newRow("first with +") << parts.arg("folder:/a/old + new", "folder:/a/few") << "old + new + few"
                                  << "few";
    QTest::newRow("second with +") << parts.arg("folder:/a/old", "folder:/a/new + few/") << "old + new + few"
                                   << "new + few";
    QTest::newRow("archive") << parts.arg("zip:/a/old + new.zip", "/few") << "old + new + few"
                             << "few";
    QTest::newRow("form") << parts.arg("cifar10:/a/b", "/few") << "CIFAR-10 + few"
                          << "few";
    QTest::newRow("damaged source") << "{\"images\":3}"
                                    << "many + few"
                                    << "few";
    QTest::newRow("no second") << "/a"
                               << "many"
                               << "many";
}

void TestRecords::evaluatedTitleIsTheSecondOne() {
    QFETCH(QString, source);
    QFETCH(QString, title);
    QFETCH(QString, evaluated);
    DatasetRecord dataset;
    dataset.source = source.toStdString();
    dataset.title = title.toStdString();
    QCOMPARE(dataset.evaluatedTitle(), title.toStdString()); // not apart
    dataset.firstLabelled = 7;
    QCOMPARE(QString::fromStdString(dataset.evaluatedTitle()), evaluated);
}

void TestRecords::textThatIsNotUtf8CanBePrinted() {
    RunRecord run = finishedRun();
    run.name = "caf\xE9";
    const Json again = parseJson(toText(toJson(run, false)), "test");
    QCOMPARE(again["name"].get<std::string>(), std::string("caf\xEF\xBF\xBD"));
}

SIMCLR_TEST(TestRecords, QCoreApplication)
#include "tst_records.moc"
