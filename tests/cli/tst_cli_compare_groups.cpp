// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/cli/cli_fixture.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"

#include <algorithm>

using namespace simclr;
using namespace simclr::test;

/// Two pipelines × three seeds, on a database with runs 1 to 8.
class TestCliCompareGroups : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void groupsAreListed();
    void verdictIsOneSentence();
    void baselineIsChosenByRunOrTitle();
    void equalSeedsArePaired();
    void missingValuesAreCounted();
    void severalComparisonsAreCorrected();
    void optionsGroup();
    void jsonHasAllNumbers();
    void otherPointsAreEstimated();
    void oneGroupHasNothingToCompare();
    void wrongRequestsAreRefused();

  private:
    CommandResult command(const QStringList &arguments) const {
        return runCommand(QStringList{"compare"} + arguments + QStringList{"--db", m_file});
    }
    void addRun(RunStore &store, const std::string &pipeline, std::int64_t seed, std::optional<double> value,
                std::int64_t batch = 256) const;

    QTemporaryDir m_directory;
    QString m_file;
};

void TestCliCompareGroups::addRun(RunStore &store, const std::string &pipeline, std::int64_t seed,
                                  std::optional<double> value, std::int64_t batch) const {
    NewRun run = sampleRun();
    run.seed = seed;
    run.config["seed"] = seed;
    run.config["batch"] = batch;
    run.pipeline["name"] = pipeline;
    if (pipeline == "Crop only")
        run.pipeline["steps"].erase(1);
    const RunId id = store.runs().create(run);
    store.results().add(id, measured("linear", "test", 0, 0.2));
    if (value)
        store.results().add(id, measured("linear", "test", 10, *value));
    store.results().add(id, measured("knn", "validation", 5, 0.3)); // not of the last epoch
    store.runs().finish(id, value ? RunStatus::Completed : RunStatus::Cancelled, "", "");
}

void TestCliCompareGroups::initTestCase() {
    m_file = text(folderOf(m_directory) / "runs.sqlite");
    RunStore store(m_file.toStdString());
    for (const auto &[seed, value] : {std::pair{1, 0.581}, {2, 0.655}, {3, 0.590}})
        addRun(store, "Crop only", seed, value);
    for (const auto &[seed, value] : {std::pair{4, 0.612}, {5, 0.634}, {6, 0.598}})
        addRun(store, "SimCLR (CIFAR-10)", seed, value);
    addRun(store, "SimCLR (CIFAR-10)", 1, 0.7, 512);
    addRun(store, "SimCLR (CIFAR-10)", 2, std::nullopt, 512);
}

void TestCliCompareGroups::groupsAreListed() {
    const CommandResult result = command({"--groups", "1", "2", "3", "4", "5", "6"});
    QCOMPARE(result.status, 0);
    for (const char *part : {"Crop only", "1, 2, 3", "60.9 % ± 4.0", "SimCLR (CIFAR-10)", "4, 5, 6",
                             "61.5 % ± 1.8", "linear, test", "standard deviation"})
        QVERIFY2(contains(result.out, part), part);
    QVERIFY(!contains(result.out, "also differ"));
}

/// The numbers of scipy.stats.ttest_ind(…, equal_var=False).
void TestCliCompareGroups::verdictIsOneSentence() {
    const CommandResult result = command({"--groups", "1", "2", "3", "4", "5", "6"});
    QVERIFY2(contains(result.out,
                      "against \"Crop only\":\nSimCLR (CIFAR-10) +0.6 points linear, 95 % CI −7.9 to "
                      "+9.1 (Welch, 3 seeds each): no evidence; about 40 seeds would show 2 points.\n"),
             result.out.c_str());
}

void TestCliCompareGroups::baselineIsChosenByRunOrTitle() {
    for (const char *baseline : {"5", "SimCLR (CIFAR-10)"}) {
        const CommandResult result =
            command({"--groups", "1", "2", "3", "4", "5", "6", "--baseline", baseline});
        QVERIFY2(contains(result.out, "against \"SimCLR (CIFAR-10)\":\nCrop only −0.6 points linear"),
                 result.out.c_str());
    }
}

void TestCliCompareGroups::equalSeedsArePaired() {
    const QString file = text(folderOf(m_directory) / "paired.sqlite");
    {
        RunStore store(file.toStdString());
        for (const auto &[seed, value] : {std::pair{1, 0.50}, {2, 0.60}, {3, 0.55}})
            addRun(store, "Crop only", seed, value);
        for (const auto &[seed, value] : {std::pair{3, 0.601}, {2, 0.652}, {1, 0.549}})
            addRun(store, "SimCLR (CIFAR-10)", seed, value);
    }
    const CommandResult result = runCommand({"compare", "--groups", "--db", file});
    QVERIFY2(
        contains(result.out, "+5.1 points linear, 95 % CI +4.7 to +5.4 (paired by seed, 3 seeds): higher."),
        result.out.c_str());
}

void TestCliCompareGroups::missingValuesAreCounted() {
    const CommandResult result = command({"--groups"});
    QVERIFY2(contains(result.out, "1 of 2"), result.out.c_str());
    QVERIFY(contains(result.out, "Crop only · batch 512 ") == false);
    QVERIFY2(contains(result.out, "batch 512 · SimCLR (CIFAR-10): not decidable; both groups need at least 3 "
                                  "seeds, and have 1 and 3."),
             result.out.c_str());
    const CommandResult none = command({"--groups", "--protocol", "knn", "--split", "validation"});
    QVERIFY2(contains(none.out, "0 of 3") && contains(none.out, "kNN, validation"), none.out.c_str());
}

void TestCliCompareGroups::severalComparisonsAreCorrected() {
    const QString file = text(folderOf(m_directory) / "several.sqlite");
    {
        RunStore store(file.toStdString());
        for (const int batch : {128, 256, 512})
            for (const int seed : {1, 2, 3})
                addRun(store, "Crop only", 10 * batch + seed, 0.5 + 0.01 * (seed * batch % 7), batch);
    }
    const CommandResult result = runCommand({"compare", "--groups", "--db", file});
    QVERIFY2(contains(result.out, "against \"batch 128\"") && contains(result.out, "batch 512 "),
             result.out.c_str());
    QVERIFY2(contains(result.out, "Welch, 3 seeds each, corrected for 2 comparisons"), result.out.c_str());
}

void TestCliCompareGroups::optionsGroup() {
    const CommandResult result = command({"--by", "batch"});
    for (const char *part : {"batch 256", "batch 512", "the runs of \"batch 256\" also differ in: pipeline"})
        QVERIFY2(contains(result.out, part), part);
    const CommandResult nested = command({"--by", "batch,pipeline"});
    for (const char *part :
         {"batch 256 · Crop only", "batch 256 · SimCLR (CIFAR-10)", "batch 512 · SimCLR (CIFAR-10)"})
        QVERIFY2(contains(nested.out, part), part);
    QVERIFY(!contains(nested.out, "also differ"));
}

void TestCliCompareGroups::jsonHasAllNumbers() {
    const Json json = command({"--groups", "1", "2", "3", "4", "5", "6", "--json"}).json();
    QCOMPARE(json["protocol"].get<std::string>(), std::string("linear"));
    QCOMPARE(json["baseline"].get<std::string>(), std::string("Crop only"));
    QCOMPARE(json["groups"].size(), std::size_t{2});
    const Json &group = json["groups"][1];
    QCOMPARE(group["n"].get<int>(), 3);
    QCOMPARE(group["runs"][0]["seed"].get<int>(), 4);
    QCOMPARE(group["runs"][0]["value"].get<double>(), 0.612);
    QVERIFY(std::abs(group["sd"].get<double>() - 0.0181475) < 1e-6);
    const Json &comparison = json["comparisons"][0];
    QCOMPARE(comparison["verdict"].get<std::string>(), std::string("no_evidence"));
    QCOMPARE(comparison["test"].get<std::string>(), std::string("welch"));
    QVERIFY(std::abs(comparison["p"].get<double>() - 0.8306313375306978) < 1e-9);
    QVERIFY(std::abs(comparison["interval"][0].get<double>() + 0.07917323451632431) < 1e-9);
    QCOMPARE(comparison["seeds_to_show"].get<int>(), 40);
    QVERIFY(comparison["reason"].is_null() && comparison.contains("sentence"));
    const Json few = command({"--groups", "1", "2", "4", "5", "--json"}).json()["comparisons"][0];
    QCOMPARE(few["verdict"].get<std::string>(), std::string("not_decidable"));
    QCOMPARE(few["reason"].get<std::string>(), std::string("too_few_seeds"));
    QVERIFY(!few.contains("p"));
}

void TestCliCompareGroups::otherPointsAreEstimated() {
    const CommandResult result = command({"--groups", "1", "2", "3", "4", "5", "6", "--points", "5"});
    QVERIFY2(contains(result.out, " seeds would show 5 points."), result.out.c_str());
    QVERIFY(!contains(result.out, "about 40 seeds"));
}

void TestCliCompareGroups::oneGroupHasNothingToCompare() {
    const CommandResult result = command({"--groups", "1", "2", "3"});
    QCOMPARE(result.status, 0);
    QVERIFY2(contains(result.out, "only one group"), result.out.c_str());
}

void TestCliCompareGroups::wrongRequestsAreRefused() {
    QVERIFY(isRefusal(command({"--groups", "--baseline", "99"}), "no group contains run 99"));
    QVERIFY(isRefusal(command({"--by", "colour"}), "no run has the option \"colour\""));
    QVERIFY(isRefusal(command({"--groups", "--protocol", "guess"}), "guess"));
    QVERIFY(isRefusal(command({"--groups", "1", "1"}), "given twice"));
    QVERIFY(isRefusal(command({"--groups", "1", "77"}), "77"));
    QVERIFY(isRefusal(command({}), "--groups"));
    const QString empty = text(folderOf(m_directory) / "empty.sqlite");
    { RunStore store(empty.toStdString()); }
    QVERIFY(isRefusal(runCommand({"compare", "--groups", "--db", empty}), "no runs"));
}

SIMCLR_TEST(TestCliCompareGroups, QCoreApplication)
#include "tst_cli_compare_groups.moc"
