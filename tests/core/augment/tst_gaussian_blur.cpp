// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/operation.h"

#include "tests/support/test_images.h"

using namespace simclr;
using namespace simclr::test;

class TestGaussianBlur : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void zeroWidthLeavesBytesAlone();
    void keepsTheMean();
    void smooths();
    void isTheGaussianOfItsWidth();
    void kernelFollowsTheHeight_data();
    void kernelFollowsTheHeight();
};

namespace {

Image blurred(const Range &sigma, double kernel, Image image, std::uint32_t sample = 0) {
    const auto operation = findOperationType("gaussian_blur")->make({{"sigma", sigma}, {"kernel", kernel}});
    RandomStream draws({.seed = 41, .sample = sample});
    operation->apply(image, draws, 32);
    return image;
}

double variance(const Image &image) {
    const auto mean = meanColor(image);
    double sum = 0;
    for (std::size_t i = 0; i < image.byteCount(); ++i)
        sum += (image.data()[i] - mean[i % 3]) * (image.data()[i] - mean[i % 3]);
    return sum / static_cast<double>(image.byteCount());
}

/// A white dot in the centre of black; its blurred image is the kernel.
Image dot(int width, int height) {
    Image image(width, height);
    setPixel(image, width / 2, height / 2, {255, 255, 255});
    return image;
}

int widthOfSpread(const Image &image) {
    int columns = 0;
    for (int x = 0; x < image.width(); ++x)
        columns += pixel(image, x, image.height() / 2)[0] > 0 ? 1 : 0;
    return columns;
}

} // namespace

void TestGaussianBlur::zeroWidthLeavesBytesAlone() {
    const Image source = noiseImage(64, 64, 1);
    QVERIFY(blurred({0, 0}, 0.1, source) == source);
}

void TestGaussianBlur::keepsTheMean() {
    for (std::uint32_t sample = 0; sample < 50; ++sample) {
        const Image source = noiseImage(64, 64, sample);
        const auto before = meanColor(source);
        const auto after = meanColor(blurred({0.1, 2}, 0.1, source, sample));
        for (std::size_t channel = 0; channel < 3; ++channel)
            QVERIFY2(std::abs(before[channel] - after[channel]) < 1.5,
                     qPrintable(QString::number(before[channel] - after[channel])));
    }
}

void TestGaussianBlur::smooths() {
    const Image source = noiseImage(64, 64, 1);
    const double wide = variance(blurred({2, 2}, 0.1, source));
    const double narrow = variance(blurred({0.8, 0.8}, 0.1, source));
    QVERIFY(wide < narrow && narrow < variance(source) * 0.5);
}

void TestGaussianBlur::isTheGaussianOfItsWidth() {
    const double sigma = 1.5;
    const int radius = 8;
    double total = 0;
    for (int i = -radius; i <= radius; ++i)
        total += std::exp(-i * i / (2 * sigma * sigma));
    const Image image = blurred({sigma, sigma}, 0.25, dot(64, 64)); // kernel of 17
    for (int x = -4; x <= 4; ++x) {
        const double expected = 255 * std::exp(-x * x / (2 * sigma * sigma)) / total / total;
        QVERIFY2(std::abs(pixel(image, 32 + x, 32)[0] - expected) <= 1, qPrintable(QString::number(x)));
    }
}

/// height // 10 made odd, as in the authors' data_util.py: 224 px → 23, 96 px → 9; so there is no blur at 19
/// px.
void TestGaussianBlur::kernelFollowsTheHeight_data() {
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    QTest::newRow("224 px") << 224 << 23;
    QTest::newRow("96 px") << 96 << 9;
    QTest::newRow("32 px") << 32 << 3;
    QTest::newRow("19 px") << 19 << 1;
}

void TestGaussianBlur::kernelFollowsTheHeight() {
    QFETCH(int, height);
    QFETCH(int, width);
    // Such a wide Gaussian is truncated by its kernel; a row of dots keeps the levels above zero.
    Image line(101, height);
    for (int y = 0; y < height; ++y)
        setPixel(line, 50, y, {255, 255, 255});
    QCOMPARE(widthOfSpread(blurred({10, 10}, 0.1, line)), width);
}

SIMCLR_TEST(TestGaussianBlur)
#include "tst_gaussian_blur.moc"
