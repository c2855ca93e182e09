// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/codec.h"

#include "core/util/error.h"
#include "core/util/files.h"
#include "tests/support/test_images.h"

#include <sys/resource.h>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

class TestBrokenImages : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void refusesWithACause_data();
    void refusesWithACause();
    void everyCutIsNoticed_data();
    void everyCutIsNoticed();
    void whatFollowsAPictureDoesNotMatter();
    void cutHeadersAreHarmless_data();
    void cutHeadersAreHarmless();
    void bombIsRefusedBeforeDecoding();
    void limitsAreHeeded();
    void flippedBytesNeverCrash_data();
    void flippedBytesNeverCrash();
    void missingFileAndFolder();
    void messageIsOneLineForAnyName();
};

namespace {

const char *const kinds[] = {"rgb.jpg",        "progressive.jpg", "cmyk.jpg", "turned.jpg",    "rgb.png",
                             "rgb16.png",      "rgb.bmp",         "rgb.ppm",  "lossless.webp", "lossy.webp",
                             "alpha.png",      "palette.png",     "rgb.tif",  "palette.tif",   "rgb.gif",
                             "interlaced.gif", "animated.webp",   "jpeg.tif"};

void addKinds() {
    QTest::addColumn<QString>("file");
    for (const char *kind : kinds)
        QTest::newRow(kind) << kind;
}

std::string refusal(const std::string &bytes, const DecodeLimits &limits = {}) {
    return thrownMessage<InvalidInput>([&] { decodeImage(bytes, "photo.jpg", limits); });
}

} // namespace

void TestBrokenImages::refusesWithACause_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("cause");
    QTest::newRow("zero bytes") << QByteArray() << "photo.jpg is empty";
    QTest::newRow("text") << QByteArray("This is not a photograph.") << "not an image";
    QTest::newRow("markup") << QByteArray("<html><b>bold</b></html>") << "not an image";
    QTest::newRow("one byte") << QByteArray("\xff") << "not an image";
    QTest::newRow("zeros") << QByteArray(1000, '\0') << "not an image";
    QTest::newRow("GIF without a frame") << QByteArray("GIF89a\1\0\1\0\0\0\0;", 14) << "contains no frame";
    QTest::newRow("HEIC") << QByteArray("\0\0\0\x18"
                                        "ftypheic\0\0\0\0",
                                        16)
                          << "not an image";
    QTest::newRow("PNG of no width") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\1\10\2\0\0\0",
                                                   29)
                                     << "not an image";
}

void TestBrokenImages::refusesWithACause() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, cause);
    const std::string message = refusal(bytes.toStdString());
    QVERIFY2(isClearMessage(message, "photo.jpg") && contains(message, cause.toStdString()), message.c_str());
}

void TestBrokenImages::everyCutIsNoticed_data() {
    addKinds();
}

/// An image whose lower half is grey or garbage would silently harm training.
void TestBrokenImages::everyCutIsNoticed() {
    QFETCH(QString, file);
    const std::string bytes = readBytes(dataFile(file.toStdString()));
    for (const double part : {0.4, 0.6, 0.8, 0.9}) {
        const auto length = static_cast<std::size_t>(static_cast<double>(bytes.size()) * part);
        const std::string message = refusal(bytes.substr(0, length));
        QVERIFY2(isClearMessage(message, "photo.jpg"),
                 qPrintable(QString("%1: %2").arg(part).arg(message.c_str())));
    }
}

/// Phones append a video to a JPEG; its bytes may look like markers.
void TestBrokenImages::whatFollowsAPictureDoesNotMatter() {
    const std::filesystem::path file = SIMCLR_TEST_DATA "/progressive.jpg";
    const Image plain = readImage(file);
    std::string bytes = readFile(file, 1 << 20);
    bytes += std::string("video \xFF\xDA and more \xFF\xC4", 20);
    QCOMPARE(decodeImage(bytes, "motion.jpg"), plain);
}

void TestBrokenImages::cutHeadersAreHarmless_data() {
    addKinds();
}

void TestBrokenImages::cutHeadersAreHarmless() {
    QFETCH(QString, file);
    const std::string bytes = readBytes(dataFile(file.toStdString()));
    for (std::size_t length = 0; length < std::min<std::size_t>(bytes.size() / 3, 64); ++length) {
        const std::string message = refusal(bytes.substr(0, length));
        QVERIFY2(isClearMessage(message, "photo.jpg"),
                 qPrintable(QString("%1: %2").arg(length).arg(message.c_str())));
    }
}

void TestBrokenImages::bombIsRefusedBeforeDecoding() {
    // With less address space than the pixels need, decoding first would fail with another message than this
    // program's own.
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_AS, &before), 0);
    rlimit tight = before;
    tight.rlim_cur = rlim_t{1} << 30;
#ifndef __SANITIZE_ADDRESS__
    QCOMPARE(setrlimit(RLIMIT_AS, &tight), 0);
#endif
    const std::string message = thrownMessage<InvalidInput>([] { readImage(dataFile("bomb.png")); });
    QCOMPARE(setrlimit(RLIMIT_AS, &before), 0);
    QVERIFY2(isClearMessage(message, "bomb.png is too large: 30000 × 30000 pixels"), message.c_str());
}

void TestBrokenImages::limitsAreHeeded() {
    const std::string bytes = readBytes(dataFile("rgb.png")); // 24 × 16
    QVERIFY(isClearMessage(refusal(bytes, {.maxPixels = 24 * 16 - 1}), "too large"));
    QCOMPARE(decodeImage(bytes, "photo.jpg", {.maxPixels = 24 * 16}).width(), 24);
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>(
                               [&] { readImage(dataFile("rgb.png"), {.maxFileBytes = bytes.size() - 1}); }),
                           "rgb.png is too large"));
}

void TestBrokenImages::flippedBytesNeverCrash_data() {
    addKinds();
}

/// The result is either an image within the limits or this program's own exception, whichever byte is wrong.
void TestBrokenImages::flippedBytesNeverCrash() {
    QFETCH(QString, file);
    const std::string bytes = readBytes(dataFile(file.toStdString()));
    const DecodeLimits limits{.maxPixels = 100'000};
    int decoded = 0;
    int refused = 0;
    for (std::size_t at = 0; at < bytes.size(); at += 1 + bytes.size() / 200) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        try {
            const Image image = decodeImage(damaged, "photo.jpg", limits);
            QVERIFY(!image.isEmpty() && image.width() * image.height() <= limits.maxPixels);
            ++decoded;
        } catch (const InvalidInput &error) {
            QVERIFY2(isClearMessage(error.what(), "photo.jpg"), error.what());
            ++refused;
        }
    }
    QVERIFY(refused > 0 && decoded + refused > 20);
}

void TestBrokenImages::missingFileAndFolder() {
    const QTemporaryDir directory;
    QVERIFY(
        isClearMessage(thrownMessage<IoError>([&] { readImage(folderOf(directory) / "no.jpg"); }), "no.jpg"));
    QVERIFY(isClearMessage(thrownMessage<IoError>([&] { readImage(folderOf(directory)); }), "folder"));
}

void TestBrokenImages::messageIsOneLineForAnyName() {
    const QTemporaryDir directory;
    const fs::path file = folderOf(directory) / fs::path("broken\xff.jpg");
    writeBytes(file, "no picture");
    const std::string message = thrownMessage<InvalidInput>([&] { readImage(file); });
    QVERIFY2(isClearMessage(message, "broken\xEF\xBF\xBD.jpg"), message.c_str());
}

SIMCLR_TEST(TestBrokenImages)
#include "tst_broken_images.moc"
