// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/cli_fixture.h"
#include "tests/support/test_images.h"

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// What the command reports about the images that it opens.
class TestCliImages : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void largeImagesAreLeftOutByALimit();
    void everyLineNamesItsFile();
    void foldersThatMisleadAreTold();
    void imagesAreNotOverwritten();
};

namespace {

CommandResult preview(const QTemporaryDir &directory, const QStringList &more) {
    return runCommand(QStringList{"preview", "--data", text(folderOf(directory) / "images"), "--out",
                                  text(folderOf(directory) / "sheet.png"), "--pipeline", "crop-only"} +
                      more);
}

} // namespace

void TestCliImages::largeImagesAreLeftOutByALimit() {
    const QTemporaryDir directory;
    fs::create_directory(folderOf(directory) / "images");
    writePng(filledImage(1250, 1000, {9, 9, 9}), folderOf(directory) / "images/large.png");
    writePng(filledImage(50, 40, {9, 9, 9}), folderOf(directory) / "images/small.png");
    const CommandResult all = preview(directory, {});
    QCOMPARE(all.status, 0);
    QCOMPARE(all.err, std::string());
    const CommandResult limited = preview(directory, {"--max-megapixels", "1"});
    QCOMPARE(limited.status, 0);
    QVERIFY2(contains(limited.err, "left out: large.png is too large: 1250 × 1000 pixels"),
             limited.err.c_str());
    QCOMPARE(preview(directory, {"--max-megapixels", "0"}).status, 2);
}

/// Messages of the libraries name no file.
void TestCliImages::everyLineNamesItsFile() {
    const QTemporaryDir directory;
    const fs::path images = folderOf(directory) / "images";
    writeNoiseFolder(images, 2, 24, 1);
    for (const char *name :
         {"rgb.jpg", "rgb.png", "rgb.tif", "rgb.gif", "lossless.webp", "rgb.bmp", "rgb.ppm"}) {
        std::string bytes = readBytes(dataFile(name));
        std::fill(bytes.end() - static_cast<std::ptrdiff_t>(bytes.size() / 3), bytes.end() - 14, '\x55');
        writeBytes(images / (std::string("broken-") + name), bytes.substr(0, bytes.size() - 2));
    }
    const CommandResult result = preview(directory, {});
    QCOMPARE(result.status, 0);
    QVERIFY(contains(result.err, "broken-rgb.jpg") && contains(result.err, "broken-rgb.png"));
    for (const QString &line : QString::fromStdString(result.err).split('\n', Qt::SkipEmptyParts))
        QVERIFY2(line.startsWith("simclr: left out: "), qPrintable(line));
}

void TestCliImages::foldersThatMisleadAreTold() {
    const QTemporaryDir directory;
    const fs::path images = folderOf(directory) / "images";
    for (const char *folder : {"Training/cat", "Training/dog", "Test/cat", "Test/Dog", "Training/@eaDir"})
        writeNoiseFolder(images / folder, 2, 24, 1);
    writeBytes(images / "Training/ship/1.heic", "heic");
    const std::string told = preview(directory, {}).err;
    for (const char *part :
         {"\"Dog\" (2; differs only in case from \"dog\" of training)",
          "2 images are left out as thumbnails or copies made by a system: @eaDir",
          "1 file looks like an image and is not read: 1 with .heic",
          "No image can be read in the folder \"Training/ship\" (1), so that it is not a class"})
        QVERIFY2(contains(told, part), told.c_str());
}

/// A wrongly completed file name must not overwrite a photograph.
void TestCliImages::imagesAreNotOverwritten() {
    const QTemporaryDir directory;
    const fs::path images = folderOf(directory) / "images";
    writeNoiseFolder(images, 3, 24, 1);
    const std::string before = readBytes(images / "001.png");
    const CommandResult result =
        runCommand({"preview", "--data", text(images), "--out", text(images / "001.png")});
    QVERIFY(isRefusal(result, "001.png is in the image folder"));
    QCOMPARE(readBytes(images / "001.png"), before);
    QCOMPARE(runCommand({"preview", "--data", text(images), "--out", text(images / "new.png")}).status, 0);
}

SIMCLR_TEST(TestCliImages)
#include "tst_cli_images.moc"
