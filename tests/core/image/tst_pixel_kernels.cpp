// SPDX-License-Identifier: GPL-3.0-or-later
// Every implementation of the loops over pixels gives the same bytes, and those of the plain one are correct.
#include "core/image/kernels/pixel_kernels.h"

#include "core/random/random.h"
#include "tests/support/test_images.h"

#include <algorithm>
#include <numeric>

using namespace simclr;
using namespace simclr::test;

class TestPixelKernels : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase();
    void mixedRowsAgree();
    void smoothedRowsAgree();
    void rowsMixedAcrossAgree();
    void mirroredRowsAgree();
    void planesAgree();
    void colorsAgree();
    void hueTurnsAgreeOnEveryColor();
    void mixingIsExact();
    void stretchingRoundsExactly();
    void saturationRoundsExactly();
    void hueIsThatOfHsv();

  private:
    const PixelKernels &m_plain = plainKernels();
    const PixelKernels *m_fast = avx2Kernels();
};

namespace {

constexpr std::uint8_t untouched = 0xA5;
constexpr int tail = 40; // elements after the end that must not change

const std::vector<int> counts{1, 2, 3, 5, 15, 16, 17, 31, 32, 33, 47, 48, 64, 95, 96, 100, 224, 672, 1025};

std::vector<std::uint8_t> noise(int count, std::uint32_t seed) {
    const Image image = noiseImage(count / 3 + 1, 1, seed);
    return {image.data(), image.data() + count};
}

/// Words as written by the first pass: from 0 to `most`, or beyond on both sides as from bicubic weights.
std::vector<std::int16_t> wordNoise(int count, std::uint32_t seed, int least, int most) {
    RandomStream draws({.seed = seed});
    std::vector<std::int16_t> words;
    for (int i = 0; i < count; ++i)
        words.push_back(static_cast<std::int16_t>(
            least + static_cast<int>(draws.below(static_cast<unsigned>(most - least + 1)))));
    return words;
}

/// Weights that sum to weightOne; optionally some negative.
std::vector<std::int16_t> someWeights(int taps, bool negative, std::uint32_t seed) {
    RandomStream draws({.seed = seed});
    std::vector<std::int16_t> weights;
    int rest = weightOne;
    for (int k = 1; k < taps; ++k) {
        const int weight = static_cast<int>(draws.below(static_cast<unsigned>(weightOne / taps)));
        weights.push_back(static_cast<std::int16_t>(negative && k % 3 == 0 ? -weight / 4 : weight));
        rest -= weights.back();
    }
    weights.push_back(static_cast<std::int16_t>(rest));
    return weights;
}

template <typename T>
std::vector<const T *> pointers(const std::vector<std::vector<T>> &rows) {
    std::vector<const T *> all;
    for (const auto &row : rows)
        all.push_back(row.data());
    return all;
}

/// The output of `draw` in a buffer of `count` elements, and after it.
template <typename T, typename Draw>
std::vector<T> drawn(int count, const Draw &draw) {
    std::vector<T> target(static_cast<std::size_t>(count + tail), static_cast<T>(untouched));
    draw(target.data());
    return target;
}

template <typename T>
bool isUntouchedBehind(const std::vector<T> &target, int count) {
    return std::all_of(target.begin() + count, target.end(),
                       [](T element) { return element == static_cast<T>(untouched); });
}

struct Planes {
    std::array<std::vector<std::uint8_t>, 3> levels;

    Planes(int pixels, std::uint32_t seed) {
        for (std::uint32_t channel = 0; channel < 3; ++channel) {
            levels[channel] = noise(pixels, seed + channel);
            levels[channel].resize(static_cast<std::size_t>(pixels + tail), untouched);
        }
    }
    std::array<std::uint8_t *, 3> pointers() {
        return {levels[0].data(), levels[1].data(), levels[2].data()};
    }
    bool operator==(const Planes &) const = default;
};

/// All colours whose levels are multiples of 3.
Planes everyColor() {
    Planes planes(0, 0);
    for (auto &plane : planes.levels)
        plane.clear();
    for (int r = 0; r < 256; r += 3)
        for (int g = 0; g < 256; g += 3)
            for (int b = 0; b < 256; b += 3) {
                planes.levels[0].push_back(static_cast<std::uint8_t>(r));
                planes.levels[1].push_back(static_cast<std::uint8_t>(g));
                planes.levels[2].push_back(static_cast<std::uint8_t>(b));
            }
    return planes;
}

/// Smith's HSV with eight bits per component, rotated; not yet rounded to levels.
std::array<double, 3> turned(const Rgb &color, int shift) {
    const double value = *std::ranges::max_element(color);
    const double chroma = value - *std::ranges::min_element(color);
    double sixths = 0;
    if (chroma > 0 && value == color[0])
        sixths = (color[1] - color[2]) / chroma;
    else if (chroma > 0 && value == color[1])
        sixths = (color[2] - color[0]) / chroma + 2;
    else if (chroma > 0)
        sixths = (color[0] - color[1]) / chroma + 4;
    const int hue = (static_cast<int>(std::floor(sixths * 256 / 6 + 0.5)) + shift) & 255;
    const double saturation = value > 0 ? std::floor(255 * chroma / value + 0.5) / 255 : 0;
    std::array<double, 3> result;
    for (std::size_t channel = 0; channel < 3; ++channel) {
        const double k = std::fmod(5.0 - 2.0 * static_cast<double>(channel) + hue * 6.0 / 256, 6.0);
        result[channel] = value * (1 - saturation * std::clamp(std::min(k, 4 - k), 0.0, 1.0));
    }
    return result;
}

} // namespace

#define SKIP_WITHOUT_FAST_FORM                                                                               \
    if (!m_fast)                                                                                             \
    QSKIP("this processor uses the plain implementation")

void TestPixelKernels::initTestCase() {
    QCOMPARE(&pixelKernels(), m_fast ? m_fast : &m_plain);
}

void TestPixelKernels::mixedRowsAgree() {
    SKIP_WITHOUT_FAST_FORM;
    for (const int count : counts)
        for (const int taps : {1, 2, 3, 4, 5, 9, 30}) {
            std::vector<std::vector<std::uint8_t>> rows;
            for (int k = 0; k < taps; ++k)
                rows.push_back(noise(count, static_cast<std::uint32_t>(count * 31 + k)));
            const auto weights = someWeights(taps, true, static_cast<std::uint32_t>(count));
            const auto draw = [&](const PixelKernels &kernels) {
                return drawn<std::int16_t>(count, [&](std::int16_t *target) {
                    kernels.mixBytes(pointers(rows).data(), weights.data(), taps, count, target);
                });
            };
            QVERIFY(draw(*m_fast) == draw(m_plain));
            QVERIFY(isUntouchedBehind(draw(*m_fast), count));
        }
}

void TestPixelKernels::smoothedRowsAgree() {
    SKIP_WITHOUT_FAST_FORM;
    for (const int count : counts)
        for (const int radius : {1, 2, 3, 4, 7, 8, 20}) {
            std::vector<std::vector<std::uint8_t>> bytes;
            std::vector<std::vector<std::int16_t>> words;
            for (int k = 0; k <= 2 * radius; ++k) {
                bytes.push_back(noise(count, static_cast<std::uint32_t>(count * 17 + k)));
                words.push_back(
                    wordNoise(count, static_cast<std::uint32_t>(count * 13 + k), 0, 255 * wordsPerLevel));
            }
            std::vector<std::int16_t> half =
                someWeights(radius + 1, false, static_cast<std::uint32_t>(radius));
            for (std::int16_t &weight : half)
                weight = static_cast<std::int16_t>(weight / 2);
            const auto first = [&](const PixelKernels &kernels) {
                return drawn<std::int16_t>(count, [&](std::int16_t *target) {
                    kernels.smoothBytes(pointers(bytes).data(), half.data(), radius, count, target);
                });
            };
            const auto second = [&](const PixelKernels &kernels) {
                return drawn<std::uint8_t>(count, [&](std::uint8_t *target) {
                    kernels.smoothWords(pointers(words).data(), half.data(), radius, count, target);
                });
            };
            QVERIFY(first(*m_fast) == first(m_plain) && second(*m_fast) == second(m_plain));
            QVERIFY(isUntouchedBehind(first(*m_fast), count) && isUntouchedBehind(second(*m_fast), count));
        }
}

void TestPixelKernels::rowsMixedAcrossAgree() {
    SKIP_WITHOUT_FAST_FORM;
    for (const int width : counts) {
        const int source = width / 2 + 8;
        const auto row = wordNoise(3 * source + 4, static_cast<std::uint32_t>(width), -48 * wordsPerLevel,
                                   303 * wordsPerLevel);
        std::vector<int> first;
        std::vector<std::int16_t> weights;
        std::vector<std::int16_t> spread(static_cast<std::size_t>((width + 1) / 2 * 32));
        for (int x = 0; x < width; ++x) {
            first.push_back(3 * (x * (source - 4) / width));
            const auto four = someWeights(4, true, static_cast<std::uint32_t>(x));
            weights.insert(weights.end(), four.begin(), four.end());
            for (int i = 0; i < 16; ++i)
                spread[static_cast<std::size_t>(x / 2 * 32 + i / 8 * 16 + x % 2 * 8 + i % 8)] =
                    four[static_cast<std::size_t>(i / 8 * 2 + i % 2)];
        }
        const auto draw = [&](const PixelKernels &kernels) {
            return drawn<std::uint8_t>(3 * width, [&](std::uint8_t *target) {
                kernels.mixAcross(row.data(), {first.data(), weights.data(), spread.data()}, width, target);
            });
        };
        QVERIFY(draw(*m_fast) == draw(m_plain));
        QVERIFY(isUntouchedBehind(draw(*m_fast), 3 * width));
    }
}

void TestPixelKernels::mirroredRowsAgree() {
    for (const int width : counts) {
        const auto row = noise(3 * width, static_cast<std::uint32_t>(width));
        for (const PixelKernels *kernels : {&m_plain, m_fast ? m_fast : &m_plain}) {
            const auto mirrored = drawn<std::uint8_t>(
                3 * width, [&](std::uint8_t *target) { kernels->mirror(row.data(), width, target); });
            for (int i = 0; i < 3 * width; ++i)
                QCOMPARE(mirrored[static_cast<std::size_t>(i)],
                         row[static_cast<std::size_t>(3 * (width - 1 - i / 3) + i % 3)]);
            QVERIFY(isUntouchedBehind(mirrored, 3 * width));
        }
    }
}

void TestPixelKernels::planesAgree() {
    for (const int pixels : counts) {
        const auto source = noise(3 * pixels, static_cast<std::uint32_t>(pixels));
        for (const PixelKernels *kernels : {&m_plain, m_fast ? m_fast : &m_plain}) {
            Planes planes(pixels, 1);
            const auto at = planes.pointers();
            kernels->split(source.data(), static_cast<std::size_t>(pixels), at.data());
            for (int i = 0; i < 3 * pixels; ++i)
                QCOMPARE(at[static_cast<std::size_t>(i % 3)][i / 3], source[static_cast<std::size_t>(i)]);
            for (const auto &plane : planes.levels)
                QVERIFY(isUntouchedBehind(plane, pixels));
            const auto joined = drawn<std::uint8_t>(3 * pixels, [&](std::uint8_t *target) {
                kernels->join(at.data(), static_cast<std::size_t>(pixels), target);
            });
            QVERIFY(std::equal(source.begin(), source.end(), joined.begin()));
            QVERIFY(isUntouchedBehind(joined, 3 * pixels));
        }
    }
}

void TestPixelKernels::colorsAgree() {
    SKIP_WITHOUT_FAST_FORM;
    for (const int pixels : counts) {
        const auto count = static_cast<std::size_t>(pixels);
        const auto levels = noise(3 * pixels, static_cast<std::uint32_t>(pixels));
        QCOMPARE(m_fast->sum(levels.data(), 3 * count),
                 std::accumulate(levels.begin(), levels.end(), std::uint64_t{0}));
        QCOMPARE(m_plain.sum(levels.data(), 3 * count), m_fast->sum(levels.data(), 3 * count));
        const auto colored = [&](const PixelKernels &kernels) {
            Planes planes(pixels, 5);
            const auto at = planes.pointers();
            kernels.stretch(at[0], count, 98'765, -1'234'567);
            kernels.stretch(at[1], count, 12'345, 3'456'789);
            kernels.saturate(at.data(), count, 117'000, {-15'387, -30'211, -5'866});
            kernels.turnHue(at.data(), count, 211);
            return planes;
        };
        QVERIFY(colored(*m_fast) == colored(m_plain));
        const auto grey = [&](const PixelKernels &kernels) {
            return drawn<std::uint8_t>(3 * pixels, [&](std::uint8_t *target) {
                std::ranges::copy(levels, target);
                kernels.dropColor(target, count);
            });
        };
        QVERIFY(grey(*m_fast) == grey(m_plain));
        QVERIFY(isUntouchedBehind(grey(*m_fast), 3 * pixels));
    }
}

void TestPixelKernels::hueTurnsAgreeOnEveryColor() {
    SKIP_WITHOUT_FAST_FORM;
    const Planes source = everyColor();
    for (const int shift : {0, 1, 37, 128, 255}) {
        Planes fast = source;
        Planes plain = source;
        m_fast->turnHue(fast.pointers().data(), source.levels[0].size(), shift);
        m_plain.turnHue(plain.pointers().data(), source.levels[0].size(), shift);
        QVERIFY(fast == plain);
    }
}

void TestPixelKernels::mixingIsExact() {
    const std::vector<std::vector<std::uint8_t>> rows{
        {0, 10, 255}, {255, 20, 255}, {0, 30, 255}, {255, 40, 255}};
    const std::int16_t weights[] = {-1536, 9728, 9728, -1536}; // halfway between two pixels
    std::array<std::int16_t, 3> words{};
    pixelKernels().mixBytes(pointers(rows).data(), weights, 4, 3, words.data());
    QCOMPARE(int(words[0]), 255 * wordsPerLevel / 2);
    QCOMPARE(int(words[1]), 25 * wordsPerLevel);
    QCOMPARE(int(words[2]), 255 * wordsPerLevel);
}

void TestPixelKernels::stretchingRoundsExactly() {
    for (const double factor : {0.0, 0.2, 0.77, 1.0, 1.3, 1.8, 3.0})
        for (const int pivot : {0, 1, 100, 255}) {
            std::vector<std::uint8_t> levels(256);
            std::iota(levels.begin(), levels.end(), std::uint8_t{0});
            const auto scale = static_cast<int>(std::lround(factor * 65536));
            pixelKernels().stretch(levels.data(), 256, scale, pivot * 65536 - scale * pivot + 32768);
            for (int level = 0; level < 256; ++level) {
                const double exact = std::clamp(pivot + factor * (level - pivot), 0.0, 255.0);
                QVERIFY2(std::abs(levels[static_cast<std::size_t>(level)] - exact) <= 0.503,
                         qPrintable(QString::number(exact)));
            }
        }
}

void TestPixelKernels::saturationRoundsExactly() {
    const Planes source = everyColor();
    for (const int scale : {0, 30'000, 65'536, 150'000}) {
        Planes planes = source;
        const double factor = scale / 65536.0;
        std::array<int, 3> grey;
        for (std::size_t channel = 0; channel < 3; ++channel)
            grey[channel] = static_cast<int>(std::lround((1 - factor) * greyWeights[channel]));
        pixelKernels().saturate(planes.pointers().data(), planes.levels[0].size(), scale, grey);
        for (std::size_t i = 0; i < planes.levels[0].size(); ++i) {
            const double own =
                0.299 * source.levels[0][i] + 0.587 * source.levels[1][i] + 0.114 * source.levels[2][i];
            for (std::size_t channel = 0; channel < 3; ++channel) {
                const double exact = std::clamp(own + factor * (source.levels[channel][i] - own), 0.0, 255.0);
                if (std::abs(planes.levels[channel][i] - exact) > 0.51)
                    QFAIL(qPrintable(QString("%1 became %2").arg(exact).arg(planes.levels[channel][i])));
            }
        }
    }
}

/// The last step rounds after a 64th of a level, so that a half may round either way.
void TestPixelKernels::hueIsThatOfHsv() {
    const Planes source = everyColor();
    for (const int shift : {0, 1, 37, 128, 255}) {
        Planes planes = source;
        pixelKernels().turnHue(planes.pointers().data(), planes.levels[0].size(), shift);
        for (std::size_t i = 0; i < planes.levels[0].size(); ++i) {
            const auto exact = turned({source.levels[0][i], source.levels[1][i], source.levels[2][i]}, shift);
            for (std::size_t channel = 0; channel < 3; ++channel)
                if (std::abs(planes.levels[channel][i] - exact[channel]) > 0.52)
                    QFAIL(qPrintable(
                        QString("%1 became %2").arg(exact[channel]).arg(planes.levels[channel][i])));
        }
    }
}

SIMCLR_TEST(TestPixelKernels)
#include "tst_pixel_kernels.moc"
