// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/run_groups.h"
#include "tests/core/results/settings_fixture.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

namespace {

/// As trainOptionsDescription() describes them.
const Schema schema{{.id = "seed", .section = Section::Machine},
                    {.id = "device", .section = Section::Machine},
                    {.id = "batch", .section = Section::ViewsAndBatch}};

const FlatSettings weak = pipelineSettings("crop + colour", "h1", "0.4");
const FlatSettings strong = pipelineSettings("strong colour", "h2", "0.8");

GroupedRun run(std::int64_t id, std::int64_t seed, const FlatSettings &settings) {
    return {id, seed, with(settings, "seed", std::to_string(seed))};
}

/// Two pipelines × three seeds, on two machines.
const std::vector<GroupedRun> study{
    run(1, 1, weak),   run(2, 1, strong), run(3, 2, with(weak, "device", "cuda:0")),
    run(4, 2, strong), run(5, 3, weak),   run(6, 3, strong)};

std::vector<RunGroup> bySeeds(const std::vector<GroupedRun> &runs) {
    return groupRuns(runs, {AllButSeed()}, schema);
}

std::string textOf(const std::vector<RunGroup> &groups) {
    std::string text;
    for (const RunGroup &group : groups) {
        text += group.title + ":";
        for (const std::size_t member : group.members)
            text += " " + std::to_string(member);
        text += group.groups.empty() ? ";" : "[" + textOf(group.groups) + "];";
    }
    return text;
}

} // namespace

class TestRunGroups : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void seedsAndMachinesMakeNoGroups() {
        QCOMPARE(textOf(bySeeds(study)), std::string("crop + colour: 0 2 4;strong colour: 1 3 5;"));
    }

    void onlyGroupHasTheNameOfItsPipeline() {
        QCOMPARE(textOf(bySeeds({run(1, 1, weak), run(2, 2, weak)})), std::string("crop + colour: 0 1;"));
        QVERIFY(bySeeds({}).empty());
    }

    void keyIsThatOfTheMethod() {
        const std::string key = groupKey(weak, schema);
        QCOMPARE(key.size(), std::size_t{64});
        for (const char *path : {"seed", "device", "pipeline", "dataset", "pipeline.color_jitter.brightness"})
            QCOMPARE(groupKey(with(weak, path, "other"), schema), key);
        for (const char *path : {"batch", "pipeline_hash", "dataset_fingerprint", "unknown"})
            QVERIFY2(groupKey(with(weak, path, "other"), schema) != key, path);
        FlatSettings turned;
        for (auto path = weak.paths.rbegin(); path != weak.paths.rend(); ++path)
            turned.add(*path, weak.value(*path));
        QCOMPARE(groupKey(turned, schema), key);
    }

    /// As imported weights, which have none.
    void pipelinesWithoutHashCountByName() {
        const FlatSettings one = settingsOf({{"pipeline", "a"}});
        QVERIFY(groupKey(one, schema) != groupKey(settingsOf({{"pipeline", "b"}}), schema));
    }

    void optionsGroupInTheirOrder() {
        std::vector<GroupedRun> runs = study;
        for (const std::size_t large : {2, 3})
            runs[large].settings = with(runs[large].settings, "batch", "512");
        QCOMPARE(textOf(groupRuns(runs, {"batch", "pipeline"}, schema)),
                 std::string("batch 256: 0 1 4 5[crop + colour: 0 4;strong colour: 1 5;];"
                             "batch 512: 2 3[crop + colour: 2;strong colour: 3;];"));
        QCOMPARE(textOf(groupRuns(runs, {"pipeline", AllButSeed()}, schema)),
                 std::string("crop + colour: 0 2 4[batch 256: 0 4;batch 512: 2;];"
                             "strong colour: 1 3 5[batch 256: 1 5;batch 512: 3;];"));
        QCOMPARE(textOf(innermostGroups(groupRuns(runs, {"batch", "pipeline"}, schema))),
                 std::string("batch 256 · crop + colour: 0 4;batch 256 · strong colour: 1 5;"
                             "batch 512 · crop + colour: 2;batch 512 · strong colour: 3;"));
    }

    void pipelinesOfOneNameAreTwoGroups() {
        const FlatSettings edited = pipelineSettings("crop + colour", "h2", "0.8");
        QCOMPARE(textOf(groupRuns({run(1, 1, weak), run(2, 1, edited)}, {"pipeline"}, schema)),
                 std::string("crop + colour · h1: 0;crop + colour · h2: 1;"));
    }

    void mixedSettingsAreListed() {
        const std::vector<RunGroup> groups = groupRuns(study, {"batch"}, schema);
        QCOMPARE(groups.size(), std::size_t{1});
        QVERIFY(mixedSettings(groups[0], study, schema) == std::vector<std::string>{"pipeline"});
        QVERIFY(mixedSettings(bySeeds(study)[0], study, schema).empty());
    }

    void statisticsAreOverAllRuns() {
        const std::vector<std::optional<double>> values{0.6, 0.1, 0.7, std::nullopt, 0.8, std::nan("")};
        const std::vector<RunGroup> groups = bySeeds(study);
        const GroupStatistics first = groupStatistics(groups[0], values);
        QCOMPARE(first.runs, std::size_t{3});
        QCOMPARE(first.summary.count, std::size_t{3});
        QVERIFY(std::abs(first.summary.mean - 0.7) < 1e-12 && std::abs(first.summary.sd - 0.1) < 1e-12);
        const GroupStatistics second = groupStatistics(groups[1], values);
        QCOMPARE(second.runs, std::size_t{3});
        QCOMPARE(second.summary.count, std::size_t{1}); // n = 1 of 3
    }

    void machineOptionsAreLeftOut() {
        const FlatSettings left = withoutMachineOptions(weak, schema);
        QVERIFY(!left.has("seed") && !left.has("device") && left.has("batch"));
        QCOMPARE(left.paths.size(), weak.paths.size() - 2);
        QVERIFY(left.steps == weak.steps);
        QVERIFY(withoutMachineOptions(weak, schema, SeedSetting::Kept).has("seed"));
    }
};

SIMCLR_TEST(TestRunGroups)
#include "tst_run_groups.moc"
