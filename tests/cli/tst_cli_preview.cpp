// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/view_renderer.h"
#include "core/image/codec.h"
#include "tests/cli/cli_fixture.h"
#include "tests/support/test_images.h"

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

class TestCliPreview : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void sheetHasTheRightSize();
    void sameSeedRendersTheSameBytes();
    void anotherEpochRendersOtherViews();
    void viewsAreThoseOfTraining();
    void jsonListsTheShownImages();
    void filmstripListsSampledValues();
    void sheetIsOfOneImage();
    void missingImageIsRefused();
    void filmstripListsAValueSampledTwice();
    void brokenImageIsLeftOut();
};

namespace {

fs::path drawSheet(const QTemporaryDir &directory, const QString &name, const QStringList &more) {
    const fs::path out = folderOf(directory) / name.toStdString();
    const CommandResult result = runCommand(QStringList{"preview", "--out", text(out)} + more);
    if (result.status != 0)
        qWarning("%s", result.err.c_str());
    return out;
}

} // namespace

void TestCliPreview::sheetHasTheRightSize() {
    const QTemporaryDir directory;
    // Cells of 96 px with gaps of 4, and 12 more between the groups of three.
    const Image twelve = readImage(drawSheet(directory, "twelve.png", {}));
    QCOMPARE(twelve.width(), 12 * 100 + 4 + 3 * 12);
    QCOMPARE(twelve.height(), 3 * 100 + 4);
    const Image one = readImage(drawSheet(directory, "one.png", {"--count", "1", "--size", "128"}));
    QCOMPARE(one.width(), 3 * 132 + 4);
    QCOMPARE(one.height(), 132 + 4);
}

void TestCliPreview::jsonListsTheShownImages() {
    const QTemporaryDir directory;
    const fs::path out = folderOf(directory) / "sheet.png";
    const CommandResult result =
        runCommand({"preview", "--out", text(out), "--json", "--count", "5", "--seed", "7"});
    QVERIFY2(result.status == 0, result.err.c_str());
    const Json told = result.json();
    const Image sheet = readImage(out);
    QCOMPARE(told["width"].get<int>(), sheet.width());
    QCOMPARE(told["height"].get<int>(), sheet.height());
    QCOMPARE(told["seed"].get<int>(), 7);
    QCOMPARE(told["images"].size(), std::size_t{5});
    QVERIFY(!told["images"][0]["name"].get<std::string>().empty());
}

void TestCliPreview::filmstripListsSampledValues() {
    const QTemporaryDir directory;
    const fs::path out = folderOf(directory) / "film.png";
    const QStringList command{"preview",  "--out", text(out),    "--as", "filmstrip",
                              "--sample", "9",     "--pipeline", "byol"};
    const CommandResult result = runCommand(command + QStringList{"--json"});
    QVERIFY2(result.status == 0, result.err.c_str());
    const Pipeline byol = pipelineByName("byol");
    const std::size_t columns = 1 + std::max(byol.steps.size(), byol.secondSteps->size());
    const Image film = readImage(out);
    QCOMPARE(film.width(), int(columns) * 100 + 4);
    QCOMPARE(film.height(), 2 * 100 + 4);
    const Json told = result.json();
    QCOMPARE(told["steps"].size(), byol.steps.size() + byol.secondSteps->size());
    QCOMPARE(told["steps"][0]["operation"].get<std::string>(), std::string("random_resized_crop"));
    QCOMPARE(told["steps"][0]["sample"].get<int>(), 9);
    QCOMPARE(told["steps"][0]["drew"][0]["what"].get<std::string>(), std::string("area"));
    const CommandResult inWords = runCommand(command);
    QVERIFY2(contains(inWords.out, "random_resized_crop: area"), inWords.out.c_str());
}

void TestCliPreview::sheetIsOfOneImage() {
    const QTemporaryDir directory;
    const fs::path out = drawSheet(directory, "sheet.png", {"--as", "sheet", "--count", "15"});
    const Image sheet = readImage(out);
    QCOMPARE(sheet.width(), 8 * 100 + 4);
    QCOMPARE(sheet.height(), 2 * 100 + 4);
}

void TestCliPreview::missingImageIsRefused() {
    const QTemporaryDir directory;
    const CommandResult result = runCommand(
        {"preview", "--out", text(folderOf(directory) / "x.png"), "--sample", "99999999", "--as", "sheet"});
    QCOMPARE(result.status, 2);
    QVERIFY2(contains(result.err, "99999999"), result.err.c_str());
}

void TestCliPreview::filmstripListsAValueSampledTwice() {
    const QTemporaryDir directory;
    PipelineStep group = makeStep("group");
    group.steps = {makeStep("rotation"), makeStep("rotation")};
    writePipeline({"turns", {group}}, folderOf(directory) / "turns.json");
    const CommandResult result =
        runCommand({"preview", "--out", text(folderOf(directory) / "film.png"), "--as", "filmstrip", "--json",
                    "--pipeline", text(folderOf(directory) / "turns.json")});
    QVERIFY2(result.status == 0, result.err.c_str());
    const Json told = result.json();
    int turns = 0;
    for (const Json &drawn : told["steps"][0]["drew"])
        turns += drawn["what"] == "angle" ? 1 : 0;
    QVERIFY2(turns == 2, result.out.c_str());
}

/// Errors in an image that is too large to be kept in memory appear when it is rendered.
void TestCliPreview::brokenImageIsLeftOut() {
    const QTemporaryDir directory;
    const fs::path folder = folderOf(directory) / "images";
    fs::create_directory(folder);
    for (int i = 0; i < 15; ++i)
        writeBytes(folder / ("broken" + std::to_string(i) + ".ppm"), "P6\n8000 8000\n255\ncut off");
    writePng(noiseImage(40, 40, 5), folder / "sound.png");
    for (const char *as : {"grid", "filmstrip", "sheet"}) {
        const fs::path out = folderOf(directory) / (std::string(as) + ".png");
        const CommandResult result =
            runCommand({"preview", "--out", text(out), "--data", text(folder), "--as", as, "--json"});
        QVERIFY2(result.status == 0, result.err.c_str());
        QCOMPARE(result.json()["images"].size(), std::size_t{1});
        QCOMPARE(result.json()["images"][0]["name"].get<std::string>(), std::string("sound.png"));
        QVERIFY2(QString::fromStdString(result.err).count(QStringLiteral("broken3.ppm")) <=
                     1, // reported once
                 result.err.c_str());
    }
}

void TestCliPreview::sameSeedRendersTheSameBytes() {
    const QTemporaryDir directory;
    const std::string first = readBytes(drawSheet(directory, "first.png", {"--seed", "7"}));
    QVERIFY(first.size() > 1000);
    QVERIFY(readBytes(drawSheet(directory, "second.png", {"--seed", "7"})) == first);
    QVERIFY(readBytes(drawSheet(directory, "third.png", {"--seed", "8"})) != first);
}

void TestCliPreview::anotherEpochRendersOtherViews() {
    const QTemporaryDir directory;
    QVERIFY(readBytes(drawSheet(directory, "first.png", {"--epoch", "0"})) !=
            readBytes(drawSheet(directory, "second.png", {"--epoch", "1"})));
}

void TestCliPreview::viewsAreThoseOfTraining() {
    const QTemporaryDir directory;
    const fs::path folder = folderOf(directory) / "images";
    writeNoiseFolder(folder, 1, 96, 5);
    const Image sheet = readImage(drawSheet(directory, "sheet.png",
                                            {"--data", text(folder), "--seed", "9", "--epoch", "3", "--size",
                                             "96", "--pipeline", "simclr-imagenet"}));
    const ViewRenderer renderer(pipelineByName("simclr-imagenet"), 96);
    const Image source = readImage(folder / "000.png");
    for (std::uint16_t view = 0; view < 2; ++view) {
        Image expected;
        renderer.render(source, {9, 3, 0, view}, expected);
        bool isEqual = true;
        for (int y = 0; y < 96; ++y)
            isEqual = isEqual && std::equal(expected.row(y), expected.row(y) + 96 * Image::channels,
                                            sheet.row(4 + y) + (4 + (view + 1) * 100) * Image::channels);
        QVERIFY2(isEqual, view == 0 ? "view 1" : "view 2");
    }
}

SIMCLR_TEST(TestCliPreview, QCoreApplication)
#include "tst_cli_preview.moc"
