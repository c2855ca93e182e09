// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/codec.h"

#include "core/image/cv_bridge.h"
#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <opencv2/imgcodecs.hpp>
#include <unistd.h>

using namespace simclr;
using namespace simclr::test;

/// Files that most decoders accept silently, with grey or garbage for missing data.
class TestDamagedImages : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void missingDataAreNoticed_data();
    void missingDataAreNoticed();
    void nothingReachesTheTerminal();
    void scansAreLimited();
    void twelveBitsKeepTheirLevels();
    void bitsInUseAreThoseOfSensors_data();
    void bitsInUseAreThoseOfSensors();
};

namespace {

/// A JPEG of some kilobytes; those in tests/data are too small to truncate.
std::string noiseJpeg(int quality) {
    const Image noise = noiseImage(96, 64, 7);
    std::vector<unsigned char> bytes;
    cv::imencode(".jpg", matrixOf(noise), bytes, {cv::IMWRITE_JPEG_QUALITY, quality});
    return {bytes.begin(), bytes.end()};
}

std::string refusal(const std::string &bytes) {
    return thrownMessage<InvalidInput>([&] { decodeImage(bytes, "photo.jpg"); });
}

/// The binary PGM of these values, 16 bits each.
std::string deepPgm(const std::vector<int> &values) {
    std::string bytes = "P5 " + std::to_string(values.size()) + " 1 65535\n";
    for (const int value : values) {
        bytes += static_cast<char>(value >> 8);
        bytes += static_cast<char>(value & 255);
    }
    return bytes;
}

} // namespace

void TestDamagedImages::missingDataAreNoticed_data() {
    QTest::addColumn<QByteArray>("bytes");
    const std::string whole = noiseJpeg(90);
    const auto row = [](const char *name, const std::string &bytes) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes);
    };
    row("half, then the end marker", whole.substr(0, whole.size() / 2) + "\xFF\xD9");
    row("nine tenths, then the end marker", whole.substr(0, whole.size() * 9 / 10) + "\xFF\xD9");
    std::string zeros = whole;
    std::fill_n(zeros.begin() + static_cast<std::ptrdiff_t>(whole.size() / 3), 2000, '\0');
    row("a block of zeros", zeros);
    std::string tail = whole;
    std::fill(tail.begin() + static_cast<std::ptrdiff_t>(whole.size() * 2 / 3), tail.end(), '\0');
    row("a tail of zeros", tail);
    tail.replace(tail.size() - 2, 2, "\xFF\xD9");
    row("a tail of zeros and the end marker", tail);
    std::string tiff = readBytes(dataFile("jpeg.tif"));
    const std::size_t scan = tiff.rfind("\xFF\xDA");
    std::fill_n(tiff.begin() + static_cast<std::ptrdiff_t>(scan + 14), 40, '\0');
    row("a JPEG within a TIFF", tiff);
}

void TestDamagedImages::missingDataAreNoticed() {
    QFETCH(QByteArray, bytes);
    const std::string message = refusal(bytes.toStdString());
    QVERIFY2(isClearMessage(message, "photo.jpg"), message.c_str());
}

/// The libraries' own messages name no file.
void TestDamagedImages::nothingReachesTheTerminal() {
    const QTemporaryDir directory;
    const std::string path = (folderOf(directory) / "stderr").native();
    const int kept = ::dup(STDERR_FILENO);
    QVERIFY(std::freopen(path.c_str(), "w", stderr));
    for (const char *name : {"rgb.jpg", "rgb.png", "rgb16.png", "rgb.tif", "tiled.tif", "rgb.gif",
                             "lossless.webp", "rgb.bmp", "rgb.ppm", "turned.png"}) {
        const std::string bytes = readBytes(dataFile(name));
        for (std::size_t at = 2; at < bytes.size(); at += at < 80 ? 1 : 7) {
            std::string damaged = bytes;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x35);
            try {
                decodeImage(damaged, name, {.maxPixels = 100'000});
            } catch (const InvalidInput &) { // the message does not matter here
            }
        }
    }
    std::fflush(stderr);
    ::dup2(kept, STDERR_FILENO);
    ::close(kept);
    QCOMPARE(readBytes(path), std::string());
}

void TestDamagedImages::scansAreLimited() {
    const std::string whole = readBytes(dataFile("progressive.jpg"));
    const std::size_t last = whole.rfind("\xFF\xDA");
    const std::size_t end = whole.rfind("\xFF\xD9");
    std::string many = whole.substr(0, end);
    for (int i = 0; i < 300; ++i)
        many += whole.substr(last, end - last);
    many += whole.substr(end);
    QVERIFY2(isClearMessage(refusal(many), "more than 100 scans"), refusal(many).c_str());
    QVERIFY_EXCEPTION_THROWN(checkImageBytes(many, "photo.jpg"), InvalidInput); // without decoding it
}

void TestDamagedImages::twelveBitsKeepTheirLevels() {
    const std::string bytes = deepPgm({0, 16, 160, 1600, 4095, 5000});
    const auto levels = [&](int bits) {
        const Image image = decodeImage(bytes, "x.pgm", {}, {bits});
        std::vector<int> seen;
        for (int x = 0; x < image.width(); ++x)
            seen.push_back(pixel(image, x, 0)[0]);
        return seen;
    };
    QCOMPARE(levels(12), (std::vector<int>{0, 1, 10, 100, 255, 255}));
    QCOMPARE(levels(16), (std::vector<int>{0, 0, 0, 6, 15, 19}));
    QCOMPARE(levels(8), (std::vector<int>{0, 16, 160, 255, 255, 255}));
}

void TestDamagedImages::bitsInUseAreThoseOfSensors_data() {
    QTest::addColumn<int>("largest");
    QTest::addColumn<int>("bits");
    QTest::newRow("255") << 255 << 8;
    QTest::newRow("256") << 256 << 10;
    QTest::newRow("1023") << 1023 << 10;
    QTest::newRow("1024") << 1024 << 12;
    QTest::newRow("4080") << 4080 << 12;
    QTest::newRow("4096") << 4096 << 14;
    QTest::newRow("16384") << 16384 << 16;
    QTest::newRow("65535") << 65535 << 16;
}

void TestDamagedImages::bitsInUseAreThoseOfSensors() {
    QFETCH(int, largest);
    QFETCH(int, bits);
    QCOMPARE(bitsInUse(deepPgm({0, largest, 3}), "x.pgm"), bits);
    QCOMPARE(bitsInUse(readBytes(dataFile("grey.png")), "grey.png"), 0);
}

SIMCLR_TEST(TestDamagedImages)
#include "tst_damaged_images.moc"
