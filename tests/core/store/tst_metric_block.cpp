// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/random/random.h"
#include "core/store/damaged_record.h"
#include "core/store/metric_block.h"
#include "tests/core/store/curve_fixture.h"
#include "tests/support/test_support.h"

#include <bit>
#include <limits>

using namespace simclr;
using namespace simclr::test;

namespace {

RandomStream numbers(std::uint64_t seed) {
    return RandomStream({seed, Purpose::Initialisation, 0, 0, 0});
}

std::uint64_t word(RandomStream &stream) {
    constexpr std::uint32_t most = std::numeric_limits<std::uint32_t>::max();
    return (std::uint64_t{stream.below(most)} << 32U) | stream.below(most);
}

/// As a training writes them: every step, epochs as fractions of whole numbers, irregular times.
std::vector<MetricPoint> trainingPoints(std::size_t count) {
    RandomStream stream = numbers(1);
    std::vector<MetricPoint> points;
    double time = 1.7e9;
    for (std::size_t i = 1; i <= count; ++i) {
        time += 0.1 + 1e-3 * stream.uniform();
        points.push_back({static_cast<std::int64_t>(i), static_cast<double>(i) / 195,
                          static_cast<float>(5 - stream.uniform()), time});
    }
    return points;
}

/// Any bits at all, in the order of their steps.
std::vector<MetricPoint> wildPoints(std::size_t count) {
    RandomStream stream = numbers(2);
    std::vector<MetricPoint> points;
    for (std::size_t i = 0; i < count; ++i)
        points.push_back({static_cast<std::int64_t>(word(stream)), std::bit_cast<double>(word(stream)),
                          std::bit_cast<double>(word(stream)), std::bit_cast<double>(word(stream))});
    std::ranges::sort(points, {}, &MetricPoint::step);
    return points;
}

std::vector<MetricPoint> withValues(const std::vector<double> &values) {
    std::vector<MetricPoint> points = trainingPoints(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        points[i].value = values[i];
    return points;
}

bool hasSameBits(double one, double other) {
    return std::bit_cast<std::uint64_t>(one) == std::bit_cast<std::uint64_t>(other);
}

bool returnsExactly(const std::vector<MetricPoint> &points) {
    const auto read = blockPoints(axisBytes(points), valueBytes(points), points.size());
    return std::ranges::equal(read, points, [](const MetricPoint &one, const MetricPoint &other) {
        return one.step == other.step && hasSameBits(one.epoch, other.epoch) &&
               hasSameBits(one.value, other.value) && hasSameBits(one.time, other.time);
    });
}

std::string damage(const std::string &axis, const std::string &values, std::size_t count) {
    return thrownMessage<DamagedRecord>([&] { blockPoints(axis, values, count); });
}

} // namespace

/// The bytes of blocks: exact, short, and refused if they are damaged.
class TestMetricBlock : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void pointsComeBackBitForBit() {
        for (const std::size_t count : {1U, 2U, 3U, 100U, 1120U}) {
            QVERIFY(returnsExactly(trainingPoints(count)));
            QVERIFY(returnsExactly(wildPoints(count)));
        }
    }

    void specialValuesComeBackBitForBit() {
        using Limits = std::numeric_limits<double>;
        QVERIFY(returnsExactly(withValues({Limits::quiet_NaN(), -Limits::quiet_NaN(), 0.0, -0.0,
                                           Limits::infinity(), -Limits::infinity(), 1, -1})));
        QVERIFY(returnsExactly(
            withValues({Limits::max(), Limits::lowest(), Limits::denorm_min(), 0.1, 1e300, 3})));
        QVERIFY(returnsExactly(withValues({Limits::signaling_NaN(), 1, 2, 3})));
        QVERIFY(returnsExactly(withValues(std::vector<double>(500, Limits::quiet_NaN()))));
        std::vector<MetricPoint> edges = trainingPoints(3);
        edges.front().step = std::numeric_limits<std::int64_t>::min();
        edges.back().step = std::numeric_limits<std::int64_t>::max();
        QVERIFY(returnsExactly(edges));
    }

    /// Four bytes only for those that lose nothing.
    void valuesAreShort() {
        const std::vector<MetricPoint> narrow = trainingPoints(1000);
        QCOMPARE(valueBytes(narrow).size(), std::size_t{4001});
        std::vector<MetricPoint> wide = narrow;
        wide[500].value = 0.1;
        QCOMPARE(valueBytes(wide).size(), std::size_t{8001});
        QCOMPARE(valueBytes(withValues(std::vector<double>(1000, 0.1))).size(), std::size_t{18});
    }

    void axesAreShort() {
        std::vector<MetricPoint> points = trainingPoints(1000);
        QVERIFY(axisBytes(points).size() < 5000);
        for (MetricPoint &point : points) {
            point.step = 10 * point.step;
            point.epoch = static_cast<double>(point.step);
            point.time = 1.7e9 + static_cast<double>(point.step);
        }
        QVERIFY(axisBytes(points).size() < 1300); // steps and times are runs
    }

    void truncatedBytesAreRefused() {
        for (const std::vector<MetricPoint> &points : {trainingPoints(50), wildPoints(50)}) {
            const std::string axis = axisBytes(points);
            const std::string values = valueBytes(points);
            for (std::size_t length = 0; length < axis.size(); ++length)
                QVERIFY(damage(axis.substr(0, length), values, 50) != "nothing thrown");
            for (std::size_t length = 0; length < values.size(); ++length)
                QVERIFY(damage(axis, values.substr(0, length), 50) != "nothing thrown");
            QVERIFY(contains(damage(axis + "x", values, 50), "longer than its number of points"));
            QVERIFY(contains(damage(axis, values + "x", 50), "another length than its steps"));
        }
    }

    /// A run of any number of points has few bytes: the count alone could ask for all memory.
    void hostileCountsAreRefused() {
        const std::vector<MetricPoint> constant = withValues(std::vector<double>(50, 1));
        const std::string axis = axisBytes(constant);
        const std::string values = valueBytes(constant);
        for (const std::size_t count :
             {std::size_t{0}, longestBlock + 1, std::numeric_limits<std::size_t>::max()})
            QCOMPARE(damage(axis, values, count), std::string("it has an impossible number of points"));
        QVERIFY(damage(axis, values, 49) != "nothing thrown");
        QVERIFY(damage(axis, values, 51) != "nothing thrown");
    }

    void unknownFormsAreRefused() {
        const std::string axis = axisBytes(trainingPoints(5));
        const std::string values = valueBytes(trainingPoints(5));
        QVERIFY(contains(damage("\x7F" + axis.substr(1), values, 5), "unknown form"));
        QVERIFY(contains(damage(axis, "\x7F" + values.substr(1), 5), "unknown form"));
        std::vector<MetricPoint> backwards = trainingPoints(5);
        std::swap(backwards[1].step, backwards[2].step);
        QVERIFY(contains(damage(axisBytes(backwards), values, 5), "not in order"));
    }

    /// Any bytes either are refused or say the right number of points.
    void randomDamageIsHarmless() {
        const std::string axis = axisBytes(trainingPoints(100));
        const std::string values = valueBytes(trainingPoints(100));
        RandomStream stream = numbers(3);
        int refused = 0;
        for (int i = 0; i < 5000; ++i) {
            std::string changed = axis + values;
            changed[stream.below(static_cast<std::uint32_t>(changed.size()))] =
                static_cast<char>(stream.below(256));
            try {
                const auto read =
                    blockPoints(changed.substr(0, axis.size()), changed.substr(axis.size()), 100);
                QCOMPARE(read.size(), std::size_t{100});
            } catch (const DamagedRecord &) {
                ++refused;
            }
        }
        QVERIFY(refused > 50);
    }
};

SIMCLR_TEST(TestMetricBlock)
#include "tst_metric_block.moc"
