// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/records.h"
#include "tests/core/store/store_fixture.h"

using namespace simclr;
using namespace simclr::test;

class TestConfigDifferences : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void equalRunsDifferInNothing();
    void optionsAreUnderConfig();
    void parametersAreFoundByTheNameOfTheirStep();
    void missingStepIsOneRow();
    void presentStepsAreStillComparedAmongThemselves();
    void secondStepOfAKindIsNumbered();
    void stepsOfCombinationsAndOfTheSecondBranchAreNamed();
    void orderOfStepsIsListedIfNothingElseDiffers();
    void wholeAndDecimalNumbersAreEqual();
    void valueSelectedByAutoIsNoDifference();
    void seedIsListedOnce();
    void runsAreComparedInTheirOrder();
    void strangePipelineIsNoError();
    void importedRunDoesNotDifferInWhatOnlyTrainingHas();
};

namespace {

RunRecord sample() {
    RunRecord run;
    static_cast<NewRun &>(run) = sampleRun();
    return run;
}

std::string text(const std::vector<ConfigDifference> &differences) {
    std::string lines;
    for (const ConfigDifference &difference : differences) {
        lines += difference.path + ":";
        for (const std::string &value : difference.values)
            lines += " " + value;
        lines += ";";
    }
    return lines;
}

} // namespace

void TestConfigDifferences::equalRunsDifferInNothing() {
    QCOMPARE(text(configDifferences({sample(), sample()})), std::string());
    QCOMPARE(text(configDifferences({sample()})), std::string());
    QCOMPARE(text(configDifferences({})), std::string());
}

void TestConfigDifferences::optionsAreUnderConfig() {
    RunRecord other = sample();
    other.config["width"] = 1;
    other.config["threads"] = 2;
    QCOMPARE(text(configDifferences({sample(), other})),
             std::string("config.width: 0.25 1;config.threads: — 2;"));
}

void TestConfigDifferences::parametersAreFoundByTheNameOfTheirStep() {
    RunRecord other = sample();
    other.pipeline["steps"][1]["parameters"]["brightness"] = 0.8;
    other.pipeline["steps"][0]["parameters"]["area"] = {0.5, 1.0};
    QCOMPARE(text(configDifferences({sample(), other})),
             std::string("pipeline.random_resized_crop.area: 0.08,1 0.5,1;"
                         "pipeline.color_jitter.brightness: 0.4 0.8;"));
}

void TestConfigDifferences::missingStepIsOneRow() {
    RunRecord other = sample();
    other.pipeline["steps"].erase(1);
    QCOMPARE(text(configDifferences({other, sample()})), std::string("pipeline.color_jitter: — present;"));
}

void TestConfigDifferences::presentStepsAreStillComparedAmongThemselves() {
    RunRecord without = sample();
    without.pipeline["steps"].erase(1);
    RunRecord stronger = sample();
    stronger.pipeline["steps"][1]["parameters"]["brightness"] = 0.8;
    QCOMPARE(
        text(configDifferences({sample(), without, stronger})),
        std::string("pipeline.color_jitter: present — present;pipeline.color_jitter.brightness: 0.4 — 0.8;"));
}

void TestConfigDifferences::secondStepOfAKindIsNumbered() {
    RunRecord other = sample();
    other.pipeline["steps"].push_back(other.pipeline["steps"][2]);
    QCOMPARE(text(configDifferences({sample(), other})), std::string("pipeline.color_drop[2]: — present;"));
}

void TestConfigDifferences::stepsOfCombinationsAndOfTheSecondBranchAreNamed() {
    RunRecord nested = sample();
    const Json jitter = nested.pipeline["steps"][1];
    nested.pipeline["steps"].push_back(
        {{"operation", "one_of"}, {"probability", 0.5}, {"steps", Json::array({jitter})}});
    nested.pipeline["version"] = 2;
    RunRecord stronger = nested;
    stronger.pipeline["steps"].back()["steps"][0]["parameters"]["brightness"] = 0.8;
    QCOMPARE(text(configDifferences({nested, stronger})),
             std::string("pipeline.one_of/color_jitter.brightness: 0.4 0.8;"));
    RunRecord split = sample();
    split.pipeline["second_view_steps"] = Json::array({jitter});
    QCOMPARE(text(configDifferences({sample(), split})),
             std::string("pipeline.second_view/color_jitter: — present;"));
    QCOMPARE(text(configDifferences({sample(), nested})),
             std::string("pipeline.one_of: — present;pipeline.one_of/color_jitter: — present;"));
}

void TestConfigDifferences::orderOfStepsIsListedIfNothingElseDiffers() {
    RunRecord other = sample();
    std::swap(other.pipeline["steps"][1], other.pipeline["steps"][2]);
    QCOMPARE(text(configDifferences({sample(), other})),
             std::string("pipeline.order: random_resized_crop → color_jitter → color_drop "
                         "random_resized_crop → color_drop → color_jitter;"));
}

void TestConfigDifferences::wholeAndDecimalNumbersAreEqual() {
    RunRecord other = sample();
    other.config["epochs"] = 10.0;
    QCOMPARE(text(configDifferences({sample(), other})), std::string());
}

/// A continued run stores the value selected by "auto".
void TestConfigDifferences::valueSelectedByAutoIsNoDifference() {
    RunRecord chosen = sample();
    chosen.config["device"] = "auto";
    RunRecord continued = chosen;
    continued.config["device"] = continued.device;
    QCOMPARE(text(configDifferences({chosen, continued})), std::string());
    continued.config["device"] = "cuda:1"; // which did not exist
    QCOMPARE(text(configDifferences({chosen, continued})), std::string("config.device: auto cuda:1;"));
}

void TestConfigDifferences::seedIsListedOnce() {
    RunRecord other = sample();
    other.seed = 8;
    other.config["seed"] = 8;
    other.device = "cuda:0";
    QCOMPARE(text(configDifferences({sample(), other})), std::string("seed: 7 8;device: cpu cuda:0;"));
}

void TestConfigDifferences::runsAreComparedInTheirOrder() {
    RunRecord second = sample();
    second.precision = "bf16";
    RunRecord third = sample();
    third.dataset.fingerprint = std::string(64, 'b');
    const auto differences = configDifferences({sample(), second, third});
    QCOMPARE(differences.size(), std::size_t{2});
    QCOMPARE(differences[0].path, std::string("dataset.fingerprint"));
    QCOMPARE(differences[0].values[2], std::string(64, 'b'));
    QCOMPARE(differences[1].path, std::string("precision"));
    QCOMPARE(differences[1].values[1], std::string("bf16"));
}

void TestConfigDifferences::strangePipelineIsNoError() {
    RunRecord other = sample();
    other.pipeline = {{"steps", {1, "text", {{"operation", 3}}, Json::object()}}};
    QVERIFY(!configDifferences({sample(), other}).empty());
    other.pipeline = nullptr;
    QVERIFY(!configDifferences({sample(), other}).empty());
}

void TestConfigDifferences::importedRunDoesNotDifferInWhatOnlyTrainingHas() {
    RunRecord imported = sample();
    imported.totalEpochs = 0;
    imported.config.erase("batch");
    imported.config.erase("epochs");
    imported.config["width"] = 1;
    imported.config["initial_weights"] = "/weights.pt";
    imported.pipeline = {{"name", ""}, {"steps", Json::array()}};
    const std::string own = "config.width: 0.25 1;config.initial_weights: — /weights.pt;";
    QCOMPARE(text(configDifferences({sample(), imported})), own);
    RunRecord other = sample();
    other.config["batch"] = 512;
    QVERIFY(contains(text(configDifferences({sample(), other, imported})), "config.batch: 256 512 —;"));
}

SIMCLR_TEST(TestConfigDifferences, QCoreApplication)
#include "tst_config_differences.moc"
