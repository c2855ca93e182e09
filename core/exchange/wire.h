// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace simclr {

/// One field of an encoded protocol buffer message (protobuf.dev/programming-guides/encoding).
struct WireField {
    enum class Type { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 };

    std::uint32_t number = 0;
    Type type = Type::Varint;
    std::uint64_t value = 0; ///< of the types that are numbers
    std::string_view bytes;  ///< of the type Bytes: a text, a message or packed numbers

    bool isNumber() const { return type != Type::Bytes; }
    bool isBytes() const { return type == Type::Bytes; }
    /// The value of Fixed64 as a double, and of Fixed32 as a float. 0 for other types.
    double real() const;
};

/// Reads the fields of one message from left to right, without copying. A message within it is read by
/// another WireReader over its bytes: readers decide what they enter, so that no file decides how deep.
class WireReader {
  public:
    explicit WireReader(std::string_view message) : m_rest(message) {}

    /// Whether there was one more field. Throws InvalidInput if the message is damaged.
    bool next(WireField &field);

  private:
    friend std::optional<std::uint64_t> firstVarint(std::string_view packed);
    std::uint64_t readVarint();
    std::string_view readBytes(std::uint64_t count);

    std::string_view m_rest;
};

/// The first of packed varints; nothing if there is none. Throws InvalidInput if it is damaged.
std::optional<std::uint64_t> firstVarint(std::string_view packed);

/// Appends the fields of one message.
class WireWriter {
  public:
    WireWriter &add(std::uint32_t field, std::int64_t number);
    WireWriter &add(std::uint32_t field, double number);
    WireWriter &add(std::uint32_t field, float number);
    WireWriter &add(std::uint32_t field, std::string_view bytes);

    const std::string &message() const { return m_message; }

  private:
    void addKey(std::uint32_t field, WireField::Type type);
    void addVarint(std::uint64_t number);

    std::string m_message;
};

} // namespace simclr
