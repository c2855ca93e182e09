// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/wire.h"

#include "core/exchange/little_endian.h"
#include "core/util/error.h"

#include <bit>

namespace simclr {

namespace {

[[noreturn]] void refuse() {
    throw InvalidInput("a protocol buffer message is damaged");
}

} // namespace

double WireField::real() const {
    if (type == Type::Fixed64)
        return std::bit_cast<double>(value);
    if (type == Type::Fixed32)
        return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(value)));
    return 0;
}

bool WireReader::next(WireField &field) {
    if (m_rest.empty())
        return false;
    const std::uint64_t key = readVarint();
    if (key >> 3 == 0 || key >> 3 > 0x1FFFFFFF)
        refuse();
    field = {static_cast<std::uint32_t>(key >> 3), static_cast<WireField::Type>(key & 7), 0, {}};
    switch (field.type) {
    case WireField::Type::Varint:
        field.value = readVarint();
        return true;
    case WireField::Type::Fixed64:
        field.value = littleEndian<std::uint64_t>(readBytes(8));
        return true;
    case WireField::Type::Bytes:
        field.bytes = readBytes(readVarint());
        return true;
    case WireField::Type::Fixed32:
        field.value = littleEndian<std::uint32_t>(readBytes(4));
        return true;
    }
    refuse(); // a group, which no message of an event file contains
}

std::uint64_t WireReader::readVarint() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 70; shift += 7) {
        const auto byte = static_cast<unsigned char>(readBytes(1)[0]);
        if (shift < 64)
            number |= std::uint64_t{byte & 0x7Fu} << shift;
        if ((byte & 0x80u) == 0)
            return number;
    }
    refuse();
}

std::string_view WireReader::readBytes(std::uint64_t count) {
    if (count > m_rest.size())
        refuse();
    const std::string_view bytes = m_rest.substr(0, static_cast<std::size_t>(count));
    m_rest.remove_prefix(bytes.size());
    return bytes;
}

std::optional<std::uint64_t> firstVarint(std::string_view packed) {
    if (packed.empty())
        return std::nullopt;
    return WireReader(packed).readVarint();
}

WireWriter &WireWriter::add(std::uint32_t field, std::int64_t number) {
    addKey(field, WireField::Type::Varint);
    addVarint(static_cast<std::uint64_t>(number));
    return *this;
}

WireWriter &WireWriter::add(std::uint32_t field, double number) {
    addKey(field, WireField::Type::Fixed64);
    appendLittleEndian(m_message, std::bit_cast<std::uint64_t>(number));
    return *this;
}

WireWriter &WireWriter::add(std::uint32_t field, float number) {
    addKey(field, WireField::Type::Fixed32);
    appendLittleEndian(m_message, std::bit_cast<std::uint32_t>(number));
    return *this;
}

WireWriter &WireWriter::add(std::uint32_t field, std::string_view bytes) {
    addKey(field, WireField::Type::Bytes);
    addVarint(bytes.size());
    m_message += bytes;
    return *this;
}

void WireWriter::addKey(std::uint32_t field, WireField::Type type) {
    addVarint((std::uint64_t{field} << 3) | static_cast<std::uint64_t>(type));
}

void WireWriter::addVarint(std::uint64_t number) {
    for (; number >= 0x80; number >>= 7)
        m_message += static_cast<char>((number & 0x7F) | 0x80);
    m_message += static_cast<char>(number);
}

} // namespace simclr
