// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/codec.h"
#include "core/image/cv_bridge.h"
#include "core/image/jpeg_artifacts.h"

#include "tests/support/test_images.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

using namespace simclr;
using namespace simclr::test;

class TestJpeg : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void givesTheBytesOfOpenCv_data();
    void givesTheBytesOfOpenCv();
    void filesAreAsOpenCvDecodesThem_data();
    void filesAreAsOpenCvDecodesThem();
    void orientationIsHeeded_data();
    void orientationIsHeeded();
    void damageIsHarmless();
};

namespace {

std::string encoded(const Image &image, std::vector<int> options) {
    std::vector<unsigned char> bytes;
    cv::imencode(".jpg", matrixOf(image), bytes, options);
    return {bytes.begin(), bytes.end()};
}

bool isSound(const std::string &bytes, const ImageSize &size, Image &image) {
    return decodeJpeg(bytes, size, image).problem.empty();
}

bool decoded(const std::string &bytes, Image &image) {
    return isSound(bytes, sizeFromHeader(bytes).value_or(ImageSize{}), image);
}

Image decodedByOpenCv(std::string bytes) {
    const cv::Mat input(1, static_cast<int>(bytes.size()), CV_8UC1, bytes.data());
    const cv::Mat picture = cv::imdecode(input, cv::IMREAD_COLOR);
    Image image(picture.cols, picture.rows);
    cv::Mat target = matrixOf(image);
    cv::cvtColor(picture, target, cv::COLOR_BGR2RGB);
    return image;
}

/// `jpeg` with EXIF data that contain an orientation, little-endian or big-endian.
std::string withOrientation(const std::string &jpeg, char orientation, bool littleEndian) {
    using namespace std::string_literals;
    std::string tiff =
        littleEndian ? "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"s + orientation + "\0\0\0\0\0\0\0"s
                     : "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"s + orientation + "\0\0\0\0\0\0"s;
    const std::string exif = "Exif\0\0"s + tiff;
    const auto length = static_cast<char>(exif.size() + 2);
    return jpeg.substr(0, 2) + "\xFF\xE1\0"s + length + exif + jpeg.substr(2);
}

} // namespace

void TestJpeg::givesTheBytesOfOpenCv_data() {
    QTest::addColumn<int>("quality");
    QTest::addColumn<int>("progressive");
    QTest::addColumn<int>("restart");
    QTest::newRow("usual") << 92 << 0 << 0;
    QTest::newRow("coarse") << 20 << 0 << 0;
    QTest::newRow("fine") << 100 << 0 << 0;
    QTest::newRow("progressive") << 85 << 1 << 0;
    QTest::newRow("restart markers") << 85 << 0 << 2;
}

void TestJpeg::givesTheBytesOfOpenCv() {
    QFETCH(int, quality);
    QFETCH(int, progressive);
    QFETCH(int, restart);
    for (const auto &[width, height] : {std::pair(1, 1), {8, 8}, {17, 9}, {64, 48}, {61, 130}}) {
        const std::string bytes = encoded(noiseImage(width, height, 1),
                                          {cv::IMWRITE_JPEG_QUALITY, quality, cv::IMWRITE_JPEG_PROGRESSIVE,
                                           progressive, cv::IMWRITE_JPEG_RST_INTERVAL, restart});
        Image image;
        QVERIFY(decoded(bytes, image));
        QVERIFY(image == decodedByOpenCv(bytes));
        QVERIFY(decodeImage(bytes, "noise") == image);
    }
}

void TestJpeg::filesAreAsOpenCvDecodesThem_data() {
    QTest::addColumn<QString>("file");
    for (const char *file : {"rgb.jpg", "progressive.jpg", "grey.jpg", "turned.jpg", "cmyk.jpg"})
        QTest::newRow(file) << file;
}

void TestJpeg::filesAreAsOpenCvDecodesThem() {
    QFETCH(QString, file);
    const std::string bytes = readBytes(dataFile(file.toStdString()));
    QVERIFY(decodeImage(bytes, file.toStdString()) == decodedByOpenCv(bytes));
}

void TestJpeg::orientationIsHeeded_data() {
    QTest::addColumn<bool>("littleEndian");
    QTest::newRow("least significant byte first") << true;
    QTest::newRow("most significant byte first") << false;
}

void TestJpeg::orientationIsHeeded() {
    QFETCH(bool, littleEndian);
    const std::string plain = encoded(noiseImage(40, 24, 3), {});
    for (char orientation = 1; orientation <= 8; ++orientation) {
        const std::string bytes = withOrientation(plain, orientation, littleEndian);
        const Image expected = decodedByOpenCv(bytes);
        QCOMPARE(expected.width(), orientation < 5 ? 40 : 24); // OpenCV has read the data
        QVERIFY(decodeImage(bytes, "turned") == expected);
    }
}

void TestJpeg::damageIsHarmless() {
    const std::string whole = encoded(noiseImage(64, 64, 4), {});
    Image image;
    QVERIFY(!isSound(whole.substr(0, 100), {64, 64}, image));
    QVERIFY(!isSound("\xFF\xD8\xFF", {64, 64}, image));
    QVERIFY(!isSound("", {64, 64}, image));
    QVERIFY(isSound(whole, {64, 64}, image));
    QVERIFY(!isSound(whole, {64, 63}, image));
    // Every byte of the headers corrupted in turn: an accepted image is one that OpenCV decodes too.
    for (std::size_t at = 2; at < 600; at += 7) {
        std::string spoilt = whole;
        spoilt[at] = static_cast<char>(spoilt[at] ^ 0x5A);
        const auto size = sizeFromHeader(spoilt);
        if (size && size->width * size->height > 1'000'000)
            continue;
        if (decoded(spoilt, image))
            QVERIFY2(image == decodedByOpenCv(spoilt), qPrintable(QString::number(at)));
    }
}

SIMCLR_TEST(TestJpeg)
#include "tst_jpeg.moc"
