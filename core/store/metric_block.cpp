// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/metric_block.h"

#include "core/store/byte_reader.h"
#include "core/store/packed_integers.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>

namespace simclr {

namespace {

enum class ValueForm : std::uint8_t { Float32 = 0, Float64 = 1, Packed = 2 };

using Words = std::vector<std::uint64_t>;

template <typename Member>
Words wordsOf(std::span<const MetricPoint> points, Member member) {
    Words words;
    words.reserve(points.size());
    for (const MetricPoint &point : points)
        words.push_back(std::bit_cast<std::uint64_t>(point.*member));
    return words;
}

/// The conversion of a double beyond the range of float is undefined.
bool isFloat32(double value) {
    constexpr double largest = std::numeric_limits<float>::max();
    if (value > largest || value < -largest)
        return value == std::numeric_limits<double>::infinity() ||
               value == -std::numeric_limits<double>::infinity();
    const double narrow = static_cast<float>(value);
    return std::bit_cast<std::uint64_t>(narrow) == std::bit_cast<std::uint64_t>(value);
}

std::string fixedBytes(std::span<const MetricPoint> points) {
    const bool isNarrow =
        std::ranges::all_of(points, [](const MetricPoint &point) { return isFloat32(point.value); });
    std::string bytes(1, static_cast<char>(isNarrow ? ValueForm::Float32 : ValueForm::Float64));
    for (const MetricPoint &point : points)
        if (isNarrow)
            appendLittleEndian(bytes, std::bit_cast<std::uint32_t>(static_cast<float>(point.value)), 4);
        else
            appendLittleEndian(bytes, std::bit_cast<std::uint64_t>(point.value), 8);
    return bytes;
}

template <typename Word>
void checkLength(const ByteReader &bytes, std::size_t count) {
    if (bytes.left() != count * sizeof(Word))
        throw DamagedRecord("its values have another length than its steps");
}

std::vector<double> doublesFrom(const Words &words) {
    std::vector<double> values(words.size());
    std::ranges::transform(words, values.begin(),
                           [](std::uint64_t word) { return std::bit_cast<double>(word); });
    return values;
}

std::vector<double> readFloat32(ByteReader &bytes, std::size_t count) {
    checkLength<float>(bytes, count);
    std::vector<double> values(count);
    for (double &value : values)
        value = std::bit_cast<float>(bytes.word32());
    return values;
}

std::vector<double> readFloat64(ByteReader &bytes, std::size_t count) {
    checkLength<double>(bytes, count);
    std::vector<double> values(count);
    for (double &value : values)
        value = std::bit_cast<double>(bytes.word64());
    return values;
}

std::vector<double> readValues(ByteReader &bytes, std::size_t count) {
    switch (static_cast<ValueForm>(bytes.byte())) {
    case ValueForm::Float32:
        return readFloat32(bytes, count);
    case ValueForm::Float64:
        return readFloat64(bytes, count);
    case ValueForm::Packed:
        return doublesFrom(readPacked(bytes, count));
    }
    throw DamagedRecord("its values have an unknown form");
}

void checkEnd(const ByteReader &bytes) {
    if (bytes.left() != 0)
        throw DamagedRecord("it is longer than its number of points");
}

void checkOrder(std::span<const MetricPoint> points) {
    const auto isNotLater = [](const MetricPoint &one, const MetricPoint &next) {
        return next.step <= one.step;
    };
    if (std::ranges::adjacent_find(points, isNotLater) != points.end())
        throw DamagedRecord("its steps are not in order");
}

} // namespace

std::string axisBytes(std::span<const MetricPoint> points) {
    std::string bytes;
    appendPacked(bytes, wordsOf(points, &MetricPoint::step));
    appendPacked(bytes, wordsOf(points, &MetricPoint::epoch));
    appendPacked(bytes, wordsOf(points, &MetricPoint::time));
    return bytes;
}

std::string valueBytes(std::span<const MetricPoint> points) {
    std::string packed(1, static_cast<char>(ValueForm::Packed));
    appendPacked(packed, wordsOf(points, &MetricPoint::value));
    std::string fixed = fixedBytes(points);
    const bool isWorthIt = 4 * packed.size() < 3 * fixed.size(); // packed values are slower to read
    return isWorthIt ? packed : fixed;
}

std::vector<MetricPoint> blockPoints(std::string_view axis, std::string_view values, std::size_t count) {
    if (count == 0 || count > longestBlock)
        throw DamagedRecord("it has an impossible number of points");
    ByteReader axisReader(axis);
    const Words steps = readPacked(axisReader, count);
    const std::vector<double> epochs = doublesFrom(readPacked(axisReader, count));
    const std::vector<double> times = doublesFrom(readPacked(axisReader, count));
    checkEnd(axisReader);
    ByteReader valueReader(values);
    const std::vector<double> read = readValues(valueReader, count);
    checkEnd(valueReader);
    std::vector<MetricPoint> points(count);
    for (std::size_t i = 0; i < count; ++i)
        points[i] = {std::bit_cast<std::int64_t>(steps[i]), epochs[i], read[i], times[i]};
    checkOrder(points);
    return points;
}

} // namespace simclr
