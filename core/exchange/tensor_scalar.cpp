// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/tensor_scalar.h"

#include "core/exchange/little_endian.h"
#include "core/exchange/wire.h"

#include <bit>
#include <cmath>
#include <cstdint>

namespace simclr {

namespace {

/// tensorflow.DataType, see tensorflow/core/framework/types.proto.
enum class DataType : std::uint64_t {
    Float = 1,
    Double = 2,
    Int32 = 3,
    Uint8 = 4,
    Int16 = 5,
    Int8 = 6,
    Int64 = 9,
    Bool = 10,
    Bfloat16 = 14,
    Uint16 = 17,
    Half = 19,
    Uint32 = 22,
    Uint64 = 23,
};

// Fields of TensorProto and of TensorShapeProto.
constexpr std::uint32_t typeField = 1;
constexpr std::uint32_t shapeField = 2;
constexpr std::uint32_t contentField = 4;
constexpr std::uint32_t dimensionField = 2;
constexpr std::uint32_t dimensionSizeField = 1;

/// The field with the elements of a type when they are not in the content.
std::uint32_t valuesFieldOf(DataType type) {
    switch (type) {
    case DataType::Float:
        return 5;
    case DataType::Double:
        return 6;
    case DataType::Int64:
        return 10;
    case DataType::Bool:
        return 11;
    case DataType::Half:
    case DataType::Bfloat16:
        return 13;
    case DataType::Uint32:
        return 16;
    case DataType::Uint64:
        return 17;
    default:
        return 7;
    }
}

std::size_t bytesOf(DataType type) {
    switch (type) {
    case DataType::Double:
    case DataType::Int64:
    case DataType::Uint64:
        return 8;
    case DataType::Float:
    case DataType::Int32:
    case DataType::Uint32:
        return 4;
    case DataType::Int16:
    case DataType::Uint16:
    case DataType::Half:
    case DataType::Bfloat16:
        return 2;
    default:
        return 1;
    }
}

/// IEEE 754 binary16.
double halfValue(std::uint16_t bits) {
    const int exponent = (bits >> 10) & 0x1F;
    const int fraction = bits & 0x3FF;
    const double sign = (bits & 0x8000) != 0 ? -1 : 1;
    if (exponent == 0x1F)
        return fraction == 0 ? sign * INFINITY : NAN;
    return exponent == 0 ? sign * std::ldexp(fraction, -24)
                         : sign * std::ldexp(1024 + fraction, exponent - 25);
}

/// The value whose bits are the lowest ones of `bits`; nothing for a type that is not a number.
std::optional<double> valueOf(DataType type, std::uint64_t bits) {
    switch (type) {
    case DataType::Float:
        return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    case DataType::Double:
        return std::bit_cast<double>(bits);
    case DataType::Half:
        return halfValue(static_cast<std::uint16_t>(bits));
    case DataType::Bfloat16:
        return std::bit_cast<float>(static_cast<std::uint32_t>(bits & 0xFFFF) << 16);
    case DataType::Int8:
        return static_cast<std::int8_t>(bits);
    case DataType::Int16:
        return static_cast<std::int16_t>(bits);
    case DataType::Int32:
        return static_cast<std::int32_t>(bits);
    case DataType::Int64:
        return static_cast<double>(static_cast<std::int64_t>(bits));
    case DataType::Bool:
        return bits != 0 ? 1 : 0;
    case DataType::Uint8:
    case DataType::Uint16:
    case DataType::Uint32:
    case DataType::Uint64:
        return static_cast<double>(bits);
    }
    return std::nullopt;
}

std::uint64_t sizeOfDimension(std::string_view message) {
    std::uint64_t size = 0;
    WireField field;
    for (WireReader reader(message); reader.next(field);)
        if (field.number == dimensionSizeField)
            size = field.value;
    return size;
}

/// Whether all dimensions are 1.
bool isScalar(std::string_view shape) {
    bool isScalar = true;
    WireField field;
    for (WireReader reader(shape); reader.next(field);)
        if (field.number == dimensionField && field.isBytes())
            isScalar = isScalar && sizeOfDimension(field.bytes) == 1;
    return isScalar;
}

/// The bits of the first element of a field with values, packed or not.
std::optional<std::uint64_t> firstBits(const WireField &field, DataType type) {
    if (!field.isBytes())
        return field.value;
    if (type == DataType::Float || type == DataType::Double) {
        const bool isComplete = field.bytes.size() >= bytesOf(type);
        if (!isComplete)
            return std::nullopt;
        return type == DataType::Float ? littleEndian<std::uint32_t>(field.bytes)
                                       : littleEndian<std::uint64_t>(field.bytes);
    }
    return firstVarint(field.bytes);
}

/// The bits in the content, which has one element; nothing if its size is another one.
std::optional<std::uint64_t> contentBits(std::string_view content, DataType type) {
    if (content.size() != bytesOf(type))
        return std::nullopt;
    std::string whole(content);
    whole.resize(sizeof(std::uint64_t));
    return littleEndian<std::uint64_t>(whole);
}

} // namespace

std::optional<double> scalarOfTensor(std::string_view message) {
    auto type = DataType{0};
    std::optional<std::uint64_t> bits;
    WireField field;
    for (WireReader reader(message); reader.next(field);)
        if (field.number == typeField)
            type = static_cast<DataType>(field.value);
        else if (field.number == shapeField && field.isBytes() && !isScalar(field.bytes))
            return std::nullopt;
    for (WireReader reader(message); reader.next(field);)
        if (field.number == contentField && field.isBytes() && !field.bytes.empty()) {
            bits = contentBits(field.bytes, type);
            if (!bits)
                return std::nullopt;
        } else if (field.number == valuesFieldOf(type) && !bits) {
            bits = firstBits(field, type);
        }
    // Writers leave out elements of value 0.
    return valueOf(type, bits.value_or(0));
}

} // namespace simclr
