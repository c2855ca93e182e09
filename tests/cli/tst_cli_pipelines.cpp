// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/pipeline.h"
#include "tests/cli/cli_fixture.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// pipeline and meters.
class TestCliPipelines : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void showsBothBranches() {
        const CommandResult result = runCommand({"pipeline", "show", "byol"});
        QCOMPARE(result.status, 0);
        for (const char *part : {"BYOL", "view 1", "view 2", "Solarise", "threshold 128,128"})
            QVERIFY2(contains(result.out, part), result.out.c_str());
    }

    void showsAFileThatReadsBack() {
        const CommandResult result = runCommand({"pipeline", "show", "simclr-imagenet", "--json"});
        QVERIFY(pipelineFromJson(result.json(), "test") == pipelineByName("simclr-imagenet"));
    }

    void checksWhatCanBeTrainedWith() {
        const QTemporaryDir folder;
        const fs::path file = folderOf(folder) / "future.json";
        writeBytes(file, R"({"name": "later", "steps": [{"operation": "from_the_future"}]})");
        QCOMPARE(runCommand({"pipeline", "check", "moco-v2"}).status, 0);
        const CommandResult unknown = runCommand({"pipeline", "check", text(file)});
        QCOMPARE(unknown.status, 2);
        QVERIFY2(contains(unknown.err, "from_the_future"), unknown.err.c_str());
        QVERIFY(contains(runCommand({"pipeline", "show", text(file)}).out,
                         "unknown operation")); // showing is allowed
        QCOMPARE(runCommand({"pipeline"}).status, 2);
    }

    void metersTellMachines() {
        const CommandResult result =
            runCommand({"meters", "--data", "shapes", "--pipeline", "crop-only", "--images", "64", "--json"});
        QVERIFY2(result.status == 0, result.err.c_str());
        const Json meters = result.json();
        QCOMPARE(meters["images"].get<int>(), 64);
        QCOMPARE(meters["chance"].get<double>(), 1.0 / 64);
        for (const char *key : {"colour_shortcut", "layout_shortcut", "crop_iou", "clipped"})
            QVERIFY2(meters[key].get<double>() >= 0 && meters[key].get<double>() <= 1, key);
        QVERIFY(meters["microseconds_per_view"].get<double>() > 0);
        QCOMPARE(meters["operations"].size(), std::size_t{2});
    }

    void metersTellPersons() {
        const CommandResult result = runCommand({"meters", "--pipeline", "byol", "--images", "16"});
        QVERIFY2(result.status == 0, result.err.c_str());
        for (const char *part : {"pairs matched by colour alone", "(chance 6.3 %)", "view 2: Gaussian blur"})
            QVERIFY2(contains(result.out, part), result.out.c_str());
    }
};

SIMCLR_TEST(TestCliPipelines)
#include "tst_cli_pipelines.moc"
