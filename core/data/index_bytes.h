// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/error.h"

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace simclr {

/// Appends texts and arrays with their lengths, in the byte order of the machine.
class IndexWriter {
  public:
    void add(std::string_view text) {
        const std::uint64_t bytes = text.size();
        m_bytes.append(reinterpret_cast<const char *>(&bytes), sizeof(bytes));
        m_bytes += text;
    }
    template <typename Value>
    void addArray(std::span<const Value> values) {
        static_assert(std::is_trivially_copyable_v<Value>);
        add({reinterpret_cast<const char *>(values.data()), values.size_bytes()});
    }
    template <typename Value>
    void addArray(const std::vector<Value> &values) {
        addArray(std::span<const Value>(values));
    }

    std::string take() { return std::move(m_bytes); }

  private:
    std::string m_bytes;
};

/// Reads what an IndexWriter wrote. Throws InvalidInput if a length is not valid.
class IndexReader {
  public:
    explicit IndexReader(std::string_view bytes) : m_rest(bytes) {}

    std::string_view text() {
        std::uint64_t bytes = 0;
        if (m_rest.size() < sizeof(bytes))
            throw InvalidInput("the index is damaged");
        std::memcpy(&bytes, m_rest.data(), sizeof(bytes));
        m_rest.remove_prefix(sizeof(bytes));
        if (bytes > m_rest.size())
            throw InvalidInput("the index is damaged");
        const std::string_view text = m_rest.substr(0, bytes);
        m_rest.remove_prefix(bytes);
        return text;
    }
    template <typename Value>
    std::vector<Value> array() {
        static_assert(std::is_trivially_copyable_v<Value>);
        const std::string_view bytes = text();
        if (bytes.size() % sizeof(Value) != 0)
            throw InvalidInput("the index is damaged");
        std::vector<Value> values(bytes.size() / sizeof(Value));
        if (!values.empty())
            std::memcpy(values.data(), bytes.data(), bytes.size());
        return values;
    }
    bool isAtEnd() const { return m_rest.empty(); }

  private:
    std::string_view m_rest;
};

} // namespace simclr
