// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_settings.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"

using namespace simclr;
using namespace simclr::test;

namespace {

/// As trainOptionsDescription() describes them.
const Schema schema{{.id = "batch", .initial = std::int64_t{256}, .section = Section::ViewsAndBatch},
                    {.id = "margin", .initial = 0.8, .section = Section::Loss},
                    {.id = "seed", .initial = std::int64_t{1}, .section = Section::Machine},
                    {.id = "device", .initial = std::string("auto"), .section = Section::Machine},
                    {.id = "precision", .initial = std::string("auto"), .section = Section::Machine},
                    {.id = "threads", .initial = std::int64_t{0}, .section = Section::Machine}};

RunRecord sample() {
    RunRecord run;
    static_cast<NewRun &>(run) = sampleRun();
    return run;
}

RunRecord continued(const Json &changes) {
    RunRecord run = sample();
    run.origin = RunOrigin{3, "first", 100, 10, 0.1, changes};
    return run;
}

std::string keyOf(const RunRecord &run) {
    return groupKey(runSettings(run, schema), schema);
}

} // namespace

class TestRunSettings : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void everythingHasItsPath() {
        const FlatSettings settings = runSettings(sample(), schema);
        QCOMPARE(settings.value("batch"), std::string("256"));
        QCOMPARE(settings.value("pipeline"), std::string("SimCLR"));
        QCOMPARE(settings.value("pipeline_hash").size(), std::size_t{64});
        QCOMPARE(settings.value("pipeline.color_jitter.brightness"), std::string("0.4"));
        QVERIFY(settings.steps.contains("pipeline.color_jitter") && !settings.has("pipeline.name"));
        QCOMPARE(settings.value("dataset"), std::string("photos"));
        QCOMPARE(settings.value("seed"), std::string("7"));
        QCOMPARE(settings.value("device"), std::string("cpu")); // which was used, not "auto"
    }

    /// An earlier version did not know the option; a resumed run gets the initial value too.
    void missingOptionsHaveTheirInitialValues() {
        QCOMPARE(runSettings(sample(), schema).value("margin"), std::string("0.8"));
        RunRecord newer = sample();
        newer.config["margin"] = 0.8;
        QCOMPARE(keyOf(newer), keyOf(sample()));
        newer.config["margin"] = 0.7;
        QVERIFY(keyOf(newer) != keyOf(sample()));
    }

    void seedAndMachineDoNotCount() {
        RunRecord other = sample();
        other.seed = 8;
        other.config["seed"] = 8;
        other.device = "cuda:0";
        other.precision = "bf16";
        other.config["threads"] = 4;
        other.name = "renamed";
        other.pipeline["name"] = "renamed";
        QCOMPARE(keyOf(other), keyOf(sample()));
    }

    void methodCounts() {
        RunRecord other = sample();
        other.pipeline["steps"][1]["parameters"]["brightness"] = 0.8;
        QVERIFY(keyOf(other) != keyOf(sample()));
        other = sample();
        other.dataset.fingerprint = "other";
        QVERIFY(keyOf(other) != keyOf(sample()));
        other = sample();
        other.config["encoder"] = "resnet50";
        QVERIFY(keyOf(other) != keyOf(sample()));
    }

    /// 20 epochs and then 180 more are another method than 200 at once; more threads are not.
    void continuationsCountByTheirChanges() {
        const RunRecord longer = continued({{"epochs", {20, 200}}});
        QVERIFY(keyOf(longer) != keyOf(sample()));
        RunRecord ofOtherRun = longer;
        ofOtherRun.origin->run = 5;
        ofOtherRun.origin->name = "second";
        QCOMPARE(keyOf(ofOtherRun), keyOf(longer));
        QCOMPARE(runSettings(longer, schema).value("continues"),
                 std::string("epoch 10 with epochs 20 → 200"));
        QCOMPARE(keyOf(continued({{"threads", {0, 4}}})), keyOf(sample()));
    }

    void importedWeightsHaveOnlyTheirOwnOptions() {
        RunRecord imported = sample();
        imported.totalEpochs = 0;
        const FlatSettings settings = runSettings(imported, schema);
        QVERIFY(!settings.has("margin") && !settings.has("pipeline") && settings.has("encoder"));
    }

    void strangeRecordsAreNoError() {
        RunRecord strange = sample();
        strange.config = Json::array({1, 2});
        strange.pipeline = {{"name", {{"a", 1}}}, {"steps", 7}};
        QVERIFY(!runSettings(strange, schema).value("pipeline").empty());
        strange.pipeline = nullptr;
        QVERIFY(!runSettings(strange, schema).has("pipeline"));
    }

    /// Otherwise a run that was stopped early would be averaged with completed ones.
    void onlyTheLastEpochIsFinal() {
        RunRecord run = sample(); // of 10 epochs
        run.results = {measured("linear", "test", 0, 0.2), measured("linear", "test", 5, 0.4)};
        QVERIFY(finalResult(run, Protocol::Linear, Split::Test) == nullptr);
        run.results.push_back(measured("linear", "test", 10, 0.5));
        QCOMPARE(finalResult(run, Protocol::Linear, Split::Test)->value, 0.5);
        QVERIFY(finalResult(run, Protocol::Linear, Split::Validation) == nullptr);
        Result fewLabels = measured("linear", "test", 10, 0.3);
        fewLabels.key.scope.labels = 0.1;
        run.results.push_back(fewLabels);
        QCOMPARE(finalResult(run, Protocol::Linear, Split::Test)->value, 0.5);
        run.results = {measured("supervised", "test", 0, 0.6)}; // whose encoder is not the run's
        QCOMPARE(finalResult(run, Protocol::Supervised, Split::Test)->value, 0.6);
    }

    void runsKeepTheirOrder() {
        RunRecord second = sample();
        second.id = 2;
        second.seed = 8;
        const std::vector<GroupedRun> runs = groupedRuns({second, sample()}, schema);
        QCOMPARE(runs[0].run, std::int64_t{2});
        QCOMPARE(runs[0].seed, std::int64_t{8});
        QCOMPARE(runs[1].settings.value("seed"), std::string("7"));
    }
};

SIMCLR_TEST(TestRunSettings)
#include "tst_run_settings.moc"
