// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/operation.h"

#include "tests/support/test_images.h"

#include <algorithm>
#include <limits>
#include <map>

using namespace simclr;
using namespace simclr::test;

class TestColorOperations : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void jitterOfNoStrengthLeavesBytesAlone();
    void jitterAgreesWithItsDefinition();
    void jitterOrdersAreEquallyLikely();
    void brightnessFactorIsUniform();
    void brightnessNeverTurnsNegative();
    void hueKeepsGreyAndBrightest();
    void dropMakesGrey();
    void dropWeighsAsBt601();
};

namespace {

using Amounts = std::array<double, 4>; // factors of brightness, contrast and saturation; rotation of the hue
using Order = std::array<int, 4>;

std::unique_ptr<Operation> jitter(double brightness, double contrast, double saturation, double hue) {
    return findOperationType("color_jitter")
        ->make(
            {{"brightness", brightness}, {"contrast", contrast}, {"saturation", saturation}, {"hue", hue}});
}

Image jittered(const Operation &operation, Image image, std::uint32_t sample) {
    RandomStream draws({.seed = 31, .sample = sample});
    operation.apply(image, draws, 32);
    return image;
}

int toByte(double level) {
    return static_cast<int>(std::clamp(std::floor(level + 0.5), 0.0, 255.0));
}

double greyOf(const Rgb &color) {
    return 0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2];
}

/// Every pixel scaled about its own pivot.
template <typename Pivot>
void stretch(Image &image, double factor, const Pivot &pivotOf) {
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            Rgb color = pixel(image, x, y);
            const double pivot = pivotOf(color);
            for (int &level : color)
                level = toByte(pivot + factor * (level - pivot));
            setPixel(image, x, y, color);
        }
}

/// Smith's HSV with eight bits per component, the hue rotated by `shift` of 256.
Rgb turned(const Rgb &color, int shift) {
    const double value = *std::ranges::max_element(color);
    const double chroma = value - *std::ranges::min_element(color);
    double degrees = 0;
    if (chroma > 0 && value == color[0])
        degrees = 60 * (color[1] - color[2]) / chroma;
    else if (chroma > 0 && value == color[1])
        degrees = 60 * (color[2] - color[0]) / chroma + 120;
    else if (chroma > 0)
        degrees = 60 * (color[0] - color[1]) / chroma + 240;
    const int hue =
        (static_cast<int>(std::lround((degrees < 0 ? degrees + 360 : degrees) * 256 / 360)) + shift) & 255;
    const double saturation = value > 0 ? std::round(255 * chroma / value) / 255 : 0;
    Rgb result;
    for (std::size_t channel = 0; channel < 3; ++channel) {
        const double k = std::fmod((channel == 0 ? 5.0 : channel == 1 ? 3.0 : 1.0) + hue * 6.0 / 256, 6.0);
        result[channel] = toByte(value * (1 - saturation * std::clamp(std::min(k, 4 - k), 0.0, 1.0)));
    }
    return result;
}

/// The jitter as App. A of the paper and PIL define it, written for clarity.
void applyReference(Image &image, int which, double amount) {
    if (which == 0)
        stretch(image, amount, [](const Rgb &) { return 0.0; });
    if (which == 1) {
        const auto mean = meanColor(image);
        const double pivot = std::floor(0.299 * mean[0] + 0.587 * mean[1] + 0.114 * mean[2] + 0.5);
        stretch(image, amount, [pivot](const Rgb &) { return pivot; });
    }
    if (which == 2)
        stretch(image, amount, greyOf);
    if (which == 3)
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                setPixel(image, x, y,
                         turned(pixel(image, x, y), static_cast<int>(std::lround(amount * 256))));
}

double meanDifference(const Image &a, const Image &b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.byteCount(); ++i)
        sum += std::abs(a.data()[i] - b.data()[i]);
    return sum / static_cast<double>(a.byteCount());
}

/// The random numbers of the operation: the order first, then one number for each change.
Amounts drawnAmounts(std::uint32_t sample, double strength, double hue) {
    RandomStream draws({.seed = 31, .sample = sample});
    Order order{0, 1, 2, 3};
    draws.shuffle(std::span(order));
    Amounts amounts;
    for (std::size_t i = 0; i < 3; ++i)
        amounts[i] = draws.uniform(1 - strength, 1 + strength);
    amounts[3] = draws.uniform(-hue, hue);
    return amounts;
}

struct Match {
    Order order;
    double difference = std::numeric_limits<double>::max();
};

/// The order in which the reference is closest to the result of the operation on `source`.
Match closestOrder(const Image &source, const Image &result, const Amounts &amounts) {
    Match best;
    Order order{0, 1, 2, 3};
    do {
        Image expected = source;
        for (const int which : order)
            applyReference(expected, which, amounts[static_cast<std::size_t>(which)]);
        const double difference = meanDifference(expected, result);
        if (difference < best.difference)
            best = {order, difference};
    } while (std::ranges::next_permutation(order).found);
    return best;
}

} // namespace

void TestColorOperations::jitterOfNoStrengthLeavesBytesAlone() {
    const Image source = noiseImage(32, 32, 1);
    const auto operation = jitter(0, 0, 0, 0);
    for (std::uint32_t sample = 0; sample < 50; ++sample)
        QVERIFY(jittered(*operation, source, sample) == source);
}

void TestColorOperations::jitterAgreesWithItsDefinition() {
    const auto operation = jitter(0.8, 0.8, 0.8, 0.2);
    for (std::uint32_t sample = 0; sample < 100; ++sample) {
        const Image source = noiseImage(12, 12, sample);
        const Match match =
            closestOrder(source, jittered(*operation, source, sample), drawnAmounts(sample, 0.8, 0.2));
        QVERIFY2(match.difference < 1.5, qPrintable(QString("%1: %2").arg(sample).arg(match.difference)));
    }
}

void TestColorOperations::jitterOrdersAreEquallyLikely() {
    const auto operation = jitter(0.8, 0.8, 0.8, 0.5);
    const Image source = noiseImage(10, 10, 1);
    std::map<Order, std::size_t> orders;
    for (std::uint32_t sample = 0; sample < 2400; ++sample)
        ++orders[closestOrder(source, jittered(*operation, source, sample), drawnAmounts(sample, 0.8, 0.5))
                     .order];
    std::vector<std::size_t> counts;
    for (const auto &[order, count] : orders)
        counts.push_back(count);
    QCOMPARE(counts.size(), std::size_t{24});
    QVERIFY2(chiSquare(counts) < chiSquareLimit(24), qPrintable(QString::number(chiSquare(counts))));
}

void TestColorOperations::brightnessFactorIsUniform() {
    const auto operation = jitter(0.5, 0, 0, 0);
    const Image source = filledImage(1, 1, {100, 100, 100});
    std::vector<std::size_t> bins(10);
    for (std::uint32_t sample = 0; sample < 20'000; ++sample) {
        const int level = pixel(jittered(*operation, source, sample), 0, 0)[0];
        QVERIFY(level >= 50 && level <= 150);
        if (level > 50 && level < 150) // the outermost levels get only half a level's share
            ++bins[static_cast<std::size_t>((level - 51) / 10 % 10)];
    }
    bins.pop_back(); // one level less
    QVERIFY2(chiSquare(bins) < chiSquareLimit(bins.size()), qPrintable(QString::number(chiSquare(bins))));
}

/// The authors' code samples from max(0, 1 − b), so that a strength above 1 does not invert the image.
void TestColorOperations::brightnessNeverTurnsNegative() {
    const auto operation = jitter(2, 0, 0, 0);
    const Image source = filledImage(1, 1, {50, 50, 50});
    std::size_t below = 0;
    for (std::uint32_t sample = 0; sample < 6000; ++sample)
        below += pixel(jittered(*operation, source, sample), 0, 0)[0] < 50 ? 1 : 0;
    // Factors from 0 to 3: those below 0.99 darken.
    QVERIFY2(isFrequency(below, 6000, 0.99 / 3), qPrintable(QString::number(below)));
}

void TestColorOperations::hueKeepsGreyAndBrightest() {
    const auto operation = jitter(0, 0, 0, 0.5);
    const Image grey = filledImage(4, 4, {90, 90, 90});
    const Image red = filledImage(4, 4, {200, 0, 0});
    std::array<std::size_t, 3> strongest{};
    for (std::uint32_t sample = 0; sample < 3000; ++sample) {
        QVERIFY(jittered(*operation, grey, sample) == grey);
        const Rgb color = pixel(jittered(*operation, red, sample), 0, 0);
        QCOMPARE(*std::ranges::max_element(color), 200);
        ++strongest[static_cast<std::size_t>(std::ranges::max_element(color) - color.begin())];
    }
    // A third of the colour circle each for red, green and blue.
    for (const std::size_t count : strongest)
        QVERIFY2(isFrequency(count, 3000, 1.0 / 3), qPrintable(QString::number(count)));
}

void TestColorOperations::dropMakesGrey() {
    const auto operation = findOperationType("color_drop")->make({});
    Image image = noiseImage(33, 21, 1);
    RandomStream draws({.seed = 1});
    operation->apply(image, draws, 32);
    for (std::size_t i = 0; i < image.byteCount(); i += 3)
        QVERIFY(image.data()[i] == image.data()[i + 1] && image.data()[i] == image.data()[i + 2]);
}

void TestColorOperations::dropWeighsAsBt601() {
    const auto operation = findOperationType("color_drop")->make({});
    for (const Rgb &color :
         {Rgb{255, 0, 0}, Rgb{0, 255, 0}, Rgb{0, 0, 255}, Rgb{255, 255, 255}, Rgb{12, 200, 99}}) {
        Image image = filledImage(2, 2, color);
        RandomStream draws({.seed = 1});
        operation->apply(image, draws, 32);
        QVERIFY(std::abs(pixel(image, 1, 1)[0] - greyOf(color)) <= 1);
    }
}

SIMCLR_TEST(TestColorOperations)
#include "tst_color_operations.moc"
