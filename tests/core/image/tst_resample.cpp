// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/cv_bridge.h"
#include "core/image/resample.h"

#include "tests/support/test_images.h"

#include <opencv2/imgproc.hpp>

using namespace simclr;
using namespace simclr::test;

class TestResample : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void cropOfTheSameSizeCopies();
    void cropTakesTheLastRowAndColumn();
    void cropIsBicubic();
    void cropAgreesWithOpenCv();
    void largeCropsAreMeansOfAreas();
    void evenColorsStayEven();
    void largeCropsDoNotAlias();
    void cropReusesItsTarget();
    void centerSquareKeepsWhatFits();
    void centerSquareTakesTheMiddle_data();
    void centerSquareTakesTheMiddle();
    void centerSquareDoesNotAlias();
    void fittedKeepsProportions_data();
    void fittedKeepsProportions();
};

/// OpenCV's INTER_CUBIC computes in fixed point, so that a level may differ by rounding. Below half the size
/// areas are averaged.
void TestResample::cropAgreesWithOpenCv() {
    const Image noise = noiseImage(40, 30, 3);
    Image ours;
    for (const PixelRect rect : {PixelRect{0, 0, 40, 30}, PixelRect{31, 3, 9, 27}, PixelRect{5, 29, 20, 1},
                                 PixelRect{12, 7, 11, 13}, PixelRect{39, 29, 1, 1}}) {
        for (const int side : {1, 8, 32, 57}) {
            cropResized(noise, rect, side, side, ours);
            Image expected(side, side);
            cv::Mat target = matrixOf(expected);
            cv::resize(matrixOf(noise)(cv::Rect(rect.x, rect.y, rect.width, rect.height)), target,
                       target.size(), 0, 0,
                       rect.width > 2 * side || rect.height > 2 * side ? cv::INTER_AREA : cv::INTER_CUBIC);
            QVERIFY2(largestDifference(ours, expected) <= 1, qPrintable(QString::number(side)));
        }
    }
}

/// The mean of the area from x·w/side to (x+1)·w/side, border pixels weighted by the part inside it.
static double meanOfArea(const Image &image, const PixelRect &rect, int side, int x, int y,
                         std::size_t channel) {
    const double left = static_cast<double>(x) * rect.width / side;
    const double top = static_cast<double>(y) * rect.height / side;
    const double right = static_cast<double>(x + 1) * rect.width / side;
    const double bottom = static_cast<double>(y + 1) * rect.height / side;
    double sum = 0;
    for (int j = static_cast<int>(top); j < bottom; ++j)
        for (int i = static_cast<int>(left); i < right; ++i)
            sum += (std::min<double>(right, i + 1) - std::max<double>(left, i)) *
                   (std::min<double>(bottom, j + 1) - std::max<double>(top, j)) *
                   pixel(image, rect.x + i, rect.y + j)[channel];
    return sum / (right - left) / (bottom - top);
}

void TestResample::largeCropsAreMeansOfAreas() {
    const Image noise = noiseImage(150, 120, 8);
    Image target;
    for (const PixelRect rect :
         {PixelRect{0, 0, 150, 120}, PixelRect{9, 4, 101, 90}, PixelRect{50, 20, 67, 37}})
        for (const int side : {1, 7, 30, 32}) {
            cropResized(noise, rect, side, side, target);
            for (int y = 0; y < side; ++y)
                for (int x = 0; x < side; ++x)
                    for (std::size_t channel = 0; channel < 3; ++channel) {
                        const double exact = meanOfArea(noise, rect, side, x, y, channel);
                        QVERIFY2(std::abs(pixel(target, x, y)[channel] - exact) <= 0.6,
                                 qPrintable(QString::number(exact)));
                    }
        }
}

void TestResample::evenColorsStayEven() {
    Image target;
    for (const int level : {0, 1, 127, 254, 255})
        for (const int side : {3, 32, 60, 224}) {
            const Image even = filledImage(130, 97, {level, 255 - level, 77});
            cropResized(even, {3, 2, 120, 90}, side, side, target);
            QVERIFY(target == filledImage(side, side, {level, 255 - level, 77}));
        }
}

/// Stripes of one pixel average to grey, and must not become broad stripes or one of the two colours.
void TestResample::largeCropsDoNotAlias() {
    Image stripes(200, 200);
    for (int y = 0; y < 200; ++y)
        for (int x = 0; x < 200; ++x)
            setPixel(stripes, x, y, x % 2 == 0 ? Rgb{0, 0, 0} : Rgb{250, 250, 250});
    Image target;
    for (const int side : {13, 32, 60}) {
        cropResized(stripes, {3, 5, 180, 190}, side, side, target);
        QVERIFY2(largestDifference(target, filledImage(side, side, {125, 125, 125})) <= 45,
                 qPrintable(QString::number(side)));
    }
}

void TestResample::cropOfTheSameSizeCopies() {
    const Image noise = noiseImage(20, 10, 1);
    Image target;
    cropResized(noise, {3, 2, 8, 5}, 8, 5, target);
    for (int y = 0; y < 5; ++y)
        for (int x = 0; x < 8; ++x)
            QCOMPARE(pixel(target, x, y), pixel(noise, x + 3, y + 2));
}

void TestResample::cropTakesTheLastRowAndColumn() {
    const Image image = coordinateImage(32, 32, 7);
    Image target;
    cropResized(image, {31, 31, 1, 1}, 4, 4, target);
    QVERIFY(target == filledImage(4, 4, {31 * 7, 31 * 7, 128}));
}

/// Twice as large, the value a quarter pixel left of a step of height 100 is given by Keys' kernel with a =
/// −0.75.
void TestResample::cropIsBicubic() {
    Image step = filledImage(16, 1, {50, 50, 50});
    for (int x = 8; x < 16; ++x)
        setPixel(step, x, 0, {150, 150, 150});
    Image target;
    cropResized(step, {0, 0, 16, 1}, 32, 1, target);
    const double a = -0.75;
    const auto near = [a](double d) { return (a + 2) * d * d * d - (a + 3) * d * d + 1; };
    const auto far = [a](double d) { return a * d * d * d - 5 * a * d * d + 8 * a * d - 4 * a; };
    // Target 15 is at 7.25 in the source: pixels 8 and 9 are bright, 0.75 and 1.75 away.
    const double bright = near(0.75) + far(1.75);
    QVERIFY(std::abs(pixel(target, 15, 0)[0] - (50 + 100 * bright)) <= 1);
    QVERIFY(std::abs(pixel(target, 16, 0)[0] - (150 - 100 * bright)) <= 1);
    QCOMPARE(pixel(target, 4, 0)[0], 50);
    QCOMPARE(pixel(target, 28, 0)[0], 150);
}

void TestResample::cropReusesItsTarget() {
    const Image noise = noiseImage(40, 40, 2);
    Image fresh;
    cropResized(noise, {5, 6, 20, 30}, 32, 32, fresh);
    Image used = noiseImage(64, 64, 3);
    cropResized(noise, {5, 6, 20, 30}, 32, 32, used);
    QVERIFY(used == fresh);
}

void TestResample::centerSquareKeepsWhatFits() {
    const Image noise = noiseImage(32, 32, 4);
    QVERIFY(centerSquare(noise, 32) == noise);
}

void TestResample::centerSquareTakesTheMiddle_data() {
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<double>("side"); // of the square in the source
    QTest::newRow("small, wide") << 48 << 24 << 24.0;
    QTest::newRow("small, tall") << 16 << 30 << 16.0;
    QTest::newRow("large: 87.5 % of the shorter side") << 80 << 64 << 56.0;
    QTest::newRow("hardly larger: not enlarged") << 34 << 34 << 32.0;
    QTest::newRow("one pixel") << 1 << 1 << 1.0;
}

void TestResample::centerSquareTakesTheMiddle() {
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(double, side);
    const Image square = centerSquare(coordinateImage(width, height, 3), 32);
    QCOMPARE(square.width(), 32);
    QCOMPARE(square.height(), 32);
    const double slope = (pixel(square, 24, 16)[0] - pixel(square, 8, 16)[0]) / 16.0 / 3;
    if (side > 1)
        QVERIFY2(std::abs(slope * 32 - side) < 1, qPrintable(QString::number(slope * 32)));
    const double middle = (pixel(square, 15, 15)[0] + pixel(square, 16, 16)[0]) / 2.0 / 3;
    QVERIFY(std::abs(middle - (width - 1) / 2.0) <= 0.67);
    const double middleRow = (pixel(square, 15, 15)[1] + pixel(square, 16, 16)[1]) / 2.0 / 3;
    QVERIFY(std::abs(middleRow - (height - 1) / 2.0) <= 0.67);
}

/// A fine checkerboard shrunk to a tenth is uniform grey.
void TestResample::centerSquareDoesNotAlias() {
    Image checkers(320, 320);
    for (int y = 0; y < 320; ++y)
        for (int x = 0; x < 320; ++x)
            setPixel(checkers, x, y, (x + y) % 2 ? Rgb{255, 255, 255} : Rgb{0, 0, 0});
    const Image square = centerSquare(checkers, 32);
    QVERIFY(largestDifference(square, filledImage(32, 32, {128, 128, 128})) <= 12);
}

void TestResample::fittedKeepsProportions_data() {
    QTest::addColumn<QSize>("source");
    QTest::addColumn<QSize>("expected");
    QTest::newRow("wide") << QSize(200, 100) << QSize(96, 48);
    QTest::newRow("tall") << QSize(100, 200) << QSize(48, 96);
    QTest::newRow("small stays") << QSize(32, 20) << QSize(32, 20);
    QTest::newRow("a line keeps a pixel") << QSize(1000, 2) << QSize(96, 1);
}

void TestResample::fittedKeepsProportions() {
    QFETCH(QSize, source);
    QFETCH(QSize, expected);
    const Image image = fitted(filledImage(source.width(), source.height(), {10, 20, 30}), 96);
    QVERIFY(image == filledImage(expected.width(), expected.height(), {10, 20, 30}));
}

SIMCLR_TEST(TestResample)
#include "tst_resample.moc"
