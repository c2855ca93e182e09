// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/selection.h"
#include "core/inspect/picture_similarity.h"
#include "tests/cli/cli_fixture.h"
#include "tests/support/test_images.h"

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

namespace {

/// train/{a,b}, test/{a,b}, six images each, and a copy of a training image among the test images.
struct Images {
    QTemporaryDir temporary;
    fs::path folder = folderOf(temporary) / "images";
    fs::path selection = folderOf(temporary) / "no leaks.json";

    Images() {
        std::uint32_t seed = 1;
        for (const char *place : {"train/a", "train/b", "test/a", "test/b"}) {
            fs::create_directories(folder / place);
            for (int i = 0; i < 6; ++i)
                writePng(squeezed(noiseImage(9, 9, seed++), 48),
                         folder / place / (std::to_string(i) + ".png"));
        }
        writePng(squeezed(noiseImage(9, 9, 2), 40), folder / "test/b/copy.png");
    }
};

} // namespace

/// `simclr data duplicates` and `simclr data stats`, and what a selection does to a command.
class TestCliDataDuplicates : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void duplicatesAreListed() {
        const Images images;
        const CommandResult result = runCommand({"data", "duplicates", text(images.folder)});
        QCOMPARE(result.status, 0);
        QVERIFY2(contains(result.out, "1 pair in 1 group"), result.out.c_str());
        QVERIFY(contains(result.out, "test/b/copy.png") && contains(result.out, "train/a/1.png"));
        QVERIFY(contains(result.out, "train-test: 1") &&
                contains(result.out, "1 test image is also trained on"));
        const Json json = runCommand({"data", "duplicates", text(images.folder), "--json"}).json();
        QCOMPARE(json["images"].get<int>(), 25);
        QCOMPARE(json["test_in_train"].get<int>(), 1);
        QCOMPARE(json["pairs_by_split"]["train-test"].get<int>(), 1);
        QVERIFY(!json["pairs"][0]["exact"].get<bool>() && json["selection"].is_null());
        QVERIFY(contains(runCommand({"data", "duplicates", text(images.folder), "--similarity", "1"}).out,
                         "0 pairs"));
    }

    void duplicatesAreLeftOut() {
        const Images images;
        const CommandResult written = runCommand(
            {"data", "duplicates", text(images.folder), "--leave-out", text(images.selection), "--json"});
        QCOMPARE(written.status, 0);
        QCOMPARE(written.json()["selection"]["left_out"].get<int>(), 1);
        const Selection selection = loadSelection(images.selection);
        QCOMPARE(selection.entries.front().name, std::string("train/a/1.png"));
        const QString source = QStringLiteral("{\"images\":\"folder:%1\",\"selection\":\"%2\"}")
                                   .arg(text(images.folder), text(images.selection));
        const Json rest = runCommand({"data", "duplicates", source, "--json"}).json();
        QCOMPARE(rest["images"].get<int>(), 24);
        QCOMPARE(rest["groups"].get<int>(), 0);
        QVERIFY(runCommand({"data", "duplicates", text(images.folder), "--leave-out", text(images.selection),
                            "--which", "held-out"})
                    .status == 0);
        QCOMPARE(loadSelection(images.selection).entries.front().name, std::string("test/b/copy.png"));
    }

    /// A run is about the images of its selection.
    void checkUsesASelection() {
        const Images images;
        runCommand({"data", "duplicates", text(images.folder), "--leave-out", text(images.selection)});
        const QStringList check{"check", "--data", text(images.folder), "--set", "batch=2"};
        const CommandResult all = runCommand(check);
        const CommandResult some = runCommand(check + QStringList{"--selection", text(images.selection)});
        QCOMPARE(all.status, 0);
        QVERIFY2(some.status == 0, some.err.c_str());
        QVERIFY2(contains(some.err, "1 image is left out by the selection \"no leaks\""), some.err.c_str());
        QVERIFY(!contains(all.err, "selection"));
        QVERIFY(isRefusal(runCommand(check + QStringList{"--selection", "/no/such.json"}), "/no/such.json"));
    }

    void statisticsAreMeasured() {
        const QTemporaryDir temporary;
        for (const char *name : {"a", "b"}) {
            fs::create_directories(folderOf(temporary) / name);
            for (int i = 0; i < 5; ++i)
                writePng(filledImage(40 + i, 20, {255, 0, 51}),
                         folderOf(temporary) / name / (std::to_string(i) + ".png"));
        }
        const Json json =
            runCommand({"data", "stats", text(folderOf(temporary)), "--json", "--side", "16"}).json();
        QCOMPARE(json["mean"][0].get<double>(), 1.0);
        QCOMPARE(json["deviation"][1].get<double>(), 0.0);
        QCOMPARE(json["shorter_side"][0]["images"].get<int>(), 10);
        QCOMPARE(json["side"].get<int>(), 16);
        const CommandResult text =
            runCommand({"data", "stats", test::text(folderOf(temporary)), "--most", "3"});
        QVERIFY2(contains(text.out, "a sample: 3 of 10 images"), text.out.c_str());
        QVERIFY(contains(text.out, "1.0000, 0.0000, 0.2000"));
    }

    void badInputIsRefused() {
        const Images images;
        QVERIFY(isRefusal(runCommand({"data", "duplicates", "/no/such/folder"}), "/no/such/folder"));
        QVERIFY(isRefusal(runCommand({"data"}), "subcommand"));
        QVERIFY(
            isRefusal(runCommand({"data", "duplicates", text(images.folder), "--which", "some"}), "some"));
        const CommandResult inside = runCommand({"data", "duplicates", text(images.folder), "--leave-out",
                                                 text(images.folder / "train" / "a" / "0.png")});
        QCOMPARE(inside.status, 2);
        QVERIFY2(contains(inside.err, "read-only"), inside.err.c_str());
    }
};

SIMCLR_TEST(TestCliDataDuplicates)
#include "tst_cli_data_duplicates.moc"
