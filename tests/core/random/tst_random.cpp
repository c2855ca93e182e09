// SPDX-License-Identifier: GPL-3.0-or-later
// Before the header under test, because moc of Qt 6.4 cannot read <ranges> if it comes first.
#include "tests/support/test_support.h"

#include "core/random/random.h"

#include <algorithm>
#include <map>
#include <numeric>

using namespace simclr;
using namespace simclr::test;

class TestRandom : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void matchesThePublishedVector();
    void streamsAreFixedForEver();
    void equalKeysGiveEqualStreams();
    void everyPartOfTheKeyMatters_data();
    void everyPartOfTheKeyMatters();
    void neighbouringStreamsAreUncorrelated();
    void uniformIsUniform();
    void uniformStaysBetweenItsEnds();
    void belowIsWithoutBias_data();
    void belowIsWithoutBias();
    void chanceHasItsProbability_data();
    void chanceHasItsProbability();
    void normalIsStandardNormal();
    void shuffleMakesEveryOrderEquallyLikely();
};

namespace {

std::vector<std::uint32_t> firstBits(const DrawKey &key, std::size_t count) {
    RandomStream stream(key);
    std::vector<std::uint32_t> bits(count);
    std::ranges::generate(bits, [&] { return stream.bits(); });
    return bits;
}

} // namespace

/// The first of Random123's known answers for philox4x32-10: counter 0, key 0.
void TestRandom::matchesThePublishedVector() {
    const DrawKey zero{.seed = 0, .purpose = static_cast<Purpose>(0), .epoch = 0, .sample = 0, .view = 0};
    const std::vector<std::uint32_t> expected{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
    QCOMPARE(firstBits(zero, 4), expected);
}

/// Recorded runs are reproducible only while the layout of key and counter is unchanged.
void TestRandom::streamsAreFixedForEver() {
    const DrawKey key{
        .seed = 0x0123456789abcdef, .purpose = Purpose::View, .epoch = 3, .sample = 5, .view = 1};
    const std::vector<std::uint32_t> expected{0x8f9f34d1, 0xf96c8016, 0xb685b676, 0xdfd08e8b,
                                              0xf1d6453f, 0x1b715448, 0x2ecbe14e, 0x2dc70b4d};
    QCOMPARE(firstBits(key, 8), expected);
}

void TestRandom::equalKeysGiveEqualStreams() {
    const DrawKey key{.seed = 42, .purpose = Purpose::Order, .epoch = 7, .sample = 9, .view = 0};
    QCOMPARE(firstBits(key, 1000), firstBits(key, 1000));
}

void TestRandom::everyPartOfTheKeyMatters_data() {
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<int>("purpose");
    QTest::addColumn<quint32>("epoch");
    QTest::addColumn<quint32>("sample");
    QTest::addColumn<quint16>("view");
    QTest::newRow("low half of the seed") << quint64{2} << 1 << quint32{0} << quint32{0} << quint16{0};
    QTest::newRow("high half of the seed")
        << (quint64{1} << 32) + 1 << 1 << quint32{0} << quint32{0} << quint16{0};
    QTest::newRow("purpose") << quint64{1} << 2 << quint32{0} << quint32{0} << quint16{0};
    QTest::newRow("epoch") << quint64{1} << 1 << quint32{1} << quint32{0} << quint16{0};
    QTest::newRow("sample") << quint64{1} << 1 << quint32{0} << quint32{1} << quint16{0};
    QTest::newRow("view") << quint64{1} << 1 << quint32{0} << quint32{0} << quint16{1};
    QTest::newRow("largest view") << quint64{1} << 1 << quint32{0} << quint32{0} << quint16{65535};
}

void TestRandom::everyPartOfTheKeyMatters() {
    QFETCH(quint64, seed);
    QFETCH(int, purpose);
    QFETCH(quint32, epoch);
    QFETCH(quint32, sample);
    QFETCH(quint16, view);
    const auto base =
        firstBits({.seed = 1, .purpose = Purpose::View, .epoch = 0, .sample = 0, .view = 0}, 64);
    const auto other = firstBits({.seed = seed,
                                  .purpose = static_cast<Purpose>(purpose),
                                  .epoch = epoch,
                                  .sample = sample,
                                  .view = view},
                                 64);
    std::size_t equal = 0;
    for (std::size_t i = 0; i < base.size(); ++i)
        equal += base[i] == other[i] ? 1 : 0;
    QCOMPARE(equal, std::size_t{0});
}

void TestRandom::neighbouringStreamsAreUncorrelated() {
    constexpr int trials = 20'000;
    double product = 0;
    for (std::uint32_t sample = 0; sample < trials; ++sample) {
        RandomStream first({.seed = 5, .sample = sample});
        RandomStream second({.seed = 5, .sample = sample + 1});
        product += (first.uniform() - 0.5) * (second.uniform() - 0.5);
    }
    const double correlation = product / trials * 12;
    QVERIFY2(std::abs(correlation) < 5 / std::sqrt(trials), qPrintable(QString::number(correlation)));
}

void TestRandom::uniformIsUniform() {
    RandomStream stream({.seed = 11});
    std::vector<std::size_t> bins(100);
    for (int i = 0; i < 200'000; ++i)
        ++bins[static_cast<std::size_t>(stream.uniform() * 100)];
    QVERIFY(chiSquare(bins) < chiSquareLimit(bins.size()));
}

void TestRandom::uniformStaysBetweenItsEnds() {
    RandomStream stream({.seed = 12});
    double smallest = 10;
    double largest = -10;
    for (int i = 0; i < 50'000; ++i) {
        const double number = stream.uniform(-2.0, 3.0);
        smallest = std::min(smallest, number);
        largest = std::max(largest, number);
    }
    QVERIFY(smallest >= -2.0 && smallest < -1.995);
    QVERIFY(largest < 3.0 && largest > 2.995);
    QCOMPARE(stream.uniform(0.7, 0.7), 0.7);
}

void TestRandom::belowIsWithoutBias_data() {
    QTest::addColumn<quint32>("bound");
    QTest::addColumn<int>("bins");
    QTest::newRow("1") << quint32{1} << 1;
    QTest::newRow("2") << quint32{2} << 2;
    QTest::newRow("7") << quint32{7} << 7;
    QTest::newRow("1000") << quint32{1000} << 1000;
    // Of 2³² numbers a plain remainder would make the lower third twice as likely here, a plain product the
    // multiples of three.
    QTest::newRow("3 * 2^30") << quint32{3u << 30} << 3;
}

void TestRandom::belowIsWithoutBias() {
    QFETCH(quint32, bound);
    QFETCH(int, bins);
    RandomStream stream({.seed = 13});
    std::vector<std::size_t> parts(static_cast<std::size_t>(bins));
    std::vector<std::size_t> remainders(static_cast<std::size_t>(bins));
    for (int i = 0; i < 100'000; ++i) {
        const std::uint32_t number = stream.below(bound);
        QVERIFY(number < bound);
        ++parts[static_cast<std::size_t>(std::uint64_t{number} * static_cast<std::uint64_t>(bins) / bound)];
        ++remainders[number % static_cast<std::uint32_t>(bins)];
    }
    QVERIFY(bins == 1 || chiSquare(parts) < chiSquareLimit(parts.size()));
    QVERIFY(bins == 1 || chiSquare(remainders) < chiSquareLimit(remainders.size()));
    QCOMPARE(std::accumulate(parts.begin(), parts.end(), std::size_t{0}), std::size_t{100'000});
}

void TestRandom::chanceHasItsProbability_data() {
    QTest::addColumn<double>("p");
    for (const double p : {0.0, 0.2, 0.5, 0.8, 1.0})
        QTest::addRow("%.1f", p) << p;
}

void TestRandom::chanceHasItsProbability() {
    QFETCH(double, p);
    RandomStream stream({.seed = 14});
    std::size_t hits = 0;
    for (int i = 0; i < 50'000; ++i)
        hits += stream.chance(p) ? 1 : 0;
    QVERIFY2(isFrequency(hits, 50'000, p), qPrintable(QString::number(hits)));
}

void TestRandom::normalIsStandardNormal() {
    constexpr std::size_t trials = 100'000;
    RandomStream stream({.seed = 15});
    double sum = 0;
    double squares = 0;
    std::size_t withinOne = 0;
    std::size_t beyondTwo = 0;
    for (std::size_t i = 0; i < trials; ++i) {
        const double number = stream.normal();
        QVERIFY(std::isfinite(number));
        sum += number;
        squares += number * number;
        withinOne += std::abs(number) < 1 ? 1 : 0;
        beyondTwo += number > 2 ? 1 : 0;
    }
    QVERIFY(std::abs(sum / trials) < 5 / std::sqrt(static_cast<double>(trials)));
    QVERIFY(std::abs(squares / trials - 1) < 5 * std::sqrt(2.0 / trials));
    QVERIFY(isFrequency(withinOne, trials, 0.6826895));
    QVERIFY(isFrequency(beyondTwo, trials, 0.0227501));
}

void TestRandom::shuffleMakesEveryOrderEquallyLikely() {
    std::map<std::array<int, 4>, std::size_t> orders;
    for (std::uint32_t sample = 0; sample < 24'000; ++sample) {
        RandomStream stream({.seed = 16, .purpose = Purpose::Order, .sample = sample});
        std::array<int, 4> items{0, 1, 2, 3};
        stream.shuffle(std::span<int>(items));
        ++orders[items];
    }
    std::vector<std::size_t> counts;
    for (const auto &[order, count] : orders)
        counts.push_back(count);
    QCOMPARE(counts.size(), std::size_t{24});
    QVERIFY(chiSquare(counts) < chiSquareLimit(counts.size()));
}

SIMCLR_TEST(TestRandom)
#include "tst_random.moc"
