// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/codec.h"

#include "core/util/error.h"
#include "tests/support/test_images.h"

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

class TestCodec : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void decodesEveryKind_data();
    void decodesEveryKind();
    void convertsToRgb_data();
    void convertsToRgb();
    void deepPngIsScaledExactly_data();
    void deepPngIsScaledExactly();
    void knowsPicturesByTheirNames_data();
    void knowsPicturesByTheirNames();
    void readsFilesOfAnyName_data();
    void readsFilesOfAnyName();
    void extensionMakesNoDifference();
    void pngKeepsEveryByte();
    void sizeIsKnownFromTheHeaderAlone();
};

namespace {

constexpr int width = 24;
constexpr int height = 16;

bool isNear(const Rgb &color, const Rgb &expected, int tolerance) {
    for (std::size_t i = 0; i < 3; ++i)
        if (std::abs(color[i] - expected[i]) > tolerance)
            return false;
    return true;
}

void addFiles(const std::vector<std::pair<const char *, int>> &files) {
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("tolerance");
    for (const auto &[file, tolerance] : files)
        QTest::newRow(file) << file << tolerance;
}

} // namespace

void TestCodec::decodesEveryKind_data() {
    addFiles({{"rgb.jpg", 6},        {"progressive.jpg", 6},
              {"turned.jpg", 6},     {"cmyk.jpg", 12},
              {"rgb.png", 0},        {"palette.png", 0},
              {"alpha.png", 0},      {"rgb16.png", 0},
              {"rgb.bmp", 0},        {"rgb.ppm", 0},
              {"lossless.webp", 0},  {"alpha.webp", 0},
              {"lossy.webp", 30}, // chroma is stored at half the resolution
              {"grey.jpg", 6},       {"grey.png", 0},
              {"grey16.png", 0},     {"grey.pgm", 0},
              {"rgb.tif", 0},        {"rgb16.tif", 0},
              {"grey16.tif", 0},     {"palette.tif", 0},
              {"tiled.tif", 0},      {"planar.tif", 0},
              {"jpeg.tif", 30},      {"rgb.gif", 0},
              {"interlaced.gif", 0}, {"animated.gif", 0},
              {"animated.webp", 0},  {"turned.png", 0},
              {"turned.webp", 0},    {"turned.tif", 0},
              {"turned_raw.png", 0}, {"turned_xmp.png", 0},
              {"turned_xmp.jpg", 6}, {"turned_xmp_first.jpg", 6},
              {"turned_xmp.tif", 0}, {"inverted16.tif", 0},
              {"bits8.bmp", 0},      {"runs8.bmp", 0},
              {"masks16.bmp", 8},    {"alpha32.bmp", 0},
              {"scaled.pgm", 9},     {"large_frame.gif", 0}});
}

/// The images are described in tests/data/make_pictures.py.
void TestCodec::decodesEveryKind() {
    QFETCH(QString, file);
    QFETCH(int, tolerance);
    const Image image = readImage(dataFile(file.toStdString()));
    QCOMPARE(image.width(), width);
    QCOMPARE(image.height(), height);
    const bool grey = file.startsWith("grey") || file == "inverted16.tif" || file == "scaled.pgm";
    const Rgb left = pixel(image, 6, 12);
    const Rgb right = pixel(image, 18, 8);
    QVERIFY2(isNear(left, grey ? Rgb{60, 60, 60} : Rgb{220, 30, 40}, tolerance),
             qPrintable(QString("%1 %2 %3").arg(left[0]).arg(left[1]).arg(left[2])));
    QVERIFY2(isNear(right, grey ? Rgb{180, 180, 180} : Rgb{20, 60, 200}, tolerance),
             qPrintable(QString("%1 %2 %3").arg(right[0]).arg(right[1]).arg(right[2])));
    QVERIFY(isNear(pixel(image, 2, 1), {255, 255, 255}, tolerance));
}

void TestCodec::convertsToRgb_data() {
    addFiles({{"grey.png", 0}, {"grey16.png", 0}, {"grey.pgm", 0}, {"grey.jpg", 0}});
}

void TestCodec::convertsToRgb() {
    QFETCH(QString, file);
    const Image image = readImage(dataFile(file.toStdString()));
    for (std::size_t i = 0; i < image.byteCount(); i += 3)
        QVERIFY(image.data()[i] == image.data()[i + 1] && image.data()[i] == image.data()[i + 2]);
}

void TestCodec::deepPngIsScaledExactly_data() {
    QTest::addColumn<QString>("deep");
    QTest::addColumn<QString>("plain");
    QTest::newRow("colour") << "rgb16.png"
                            << "rgb.png";
    QTest::newRow("grey") << "grey16.png"
                          << "grey.png";
}

void TestCodec::deepPngIsScaledExactly() {
    QFETCH(QString, deep);
    QFETCH(QString, plain);
    QVERIFY(readImage(dataFile(deep.toStdString())) == readImage(dataFile(plain.toStdString())));
}

void TestCodec::knowsPicturesByTheirNames_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("picture");
    for (const char *name : {"a.jpg", "a.JPG", "a.Jpeg", "a.png", "a.b.bmp", "a.webp", "a.ppm", "a.pgm",
                             "a.jfif", "a.JPE", "a.tif", "a.TIFF", "a.gif"})
        QTest::newRow(name) << name << true;
    for (const char *name : {"jpg", ".jpg", "a.txt", "a.jpg.part", "a.", "a.heic", "png.d"})
        QTest::newRow(name) << name << false;
}

void TestCodec::knowsPicturesByTheirNames() {
    QFETCH(QString, name);
    QFETCH(bool, picture);
    QCOMPARE(hasImageExtension(name.toStdString()), picture);
}

void TestCodec::readsFilesOfAnyName_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("spaces and accents") << QByteArray("ein schönes Bild.png");
    QTest::newRow("not UTF-8") << QByteArray("caf\xe9\xff.png");
    QTest::newRow("line break") << QByteArray("two\nlines.png");
    QTest::newRow("as long as a name may be") << QByteArray(251, 'n') + ".png";
}

void TestCodec::readsFilesOfAnyName() {
    QFETCH(QByteArray, name);
    const QTemporaryDir directory;
    const fs::path file = folderOf(directory) / name.toStdString();
    writeBytes(file, readBytes(dataFile("rgb.png")));
    QVERIFY(readImage(file) == readImage(dataFile("rgb.png")));
}

void TestCodec::extensionMakesNoDifference() {
    const QTemporaryDir directory;
    const fs::path file = folderOf(directory) / "really-a-png.jpg";
    writeBytes(file, readBytes(dataFile("rgb.png")));
    QVERIFY(readImage(file) == readImage(dataFile("rgb.png")));
}

void TestCodec::pngKeepsEveryByte() {
    const QTemporaryDir directory;
    const fs::path file = folderOf(directory) / "noise.png";
    const Image noise = noiseImage(37, 19, 1);
    writePng(noise, file);
    QVERIFY(readImage(file) == noise);
    const fs::path nowhere = folderOf(directory) / "none" / "noise.png";
    QVERIFY(isClearMessage(thrownMessage<IoError>([&] { writePng(noise, nowhere); }), "none"));
}

void TestCodec::sizeIsKnownFromTheHeaderAlone() {
    for (const char *name : {"rgb.jpg", "progressive.jpg", "cmyk.jpg", "rgb.png", "rgb16.png", "rgb.bmp",
                             "rgb.ppm", "grey.pgm", "lossless.webp", "alpha.webp", "lossy.webp", "rgb.tif",
                             "rgb16.tif", "tiled.tif", "rgb.gif", "animated.gif", "animated.webp"}) {
        const auto size = sizeFromHeader(readBytes(dataFile(name)));
        QVERIFY2(size && size->width == width && size->height == height, name);
    }
    const std::string commented = "P6\n# made by hand\n 24\t16 # here too\n255\n";
    const auto size = sizeFromHeader(commented);
    QVERIFY(size && size->width == width && size->height == height);
    QVERIFY(!sizeFromHeader("GIF8"));
    QVERIFY(!sizeFromHeader(""));
}

SIMCLR_TEST(TestCodec)
#include "tst_codec.moc"
