// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace simclr {

/// The labels of a table: each different text once. Labels that are whole numbers with decimals are numbers:
/// "3.0" is "3". Spaces around them are ignored.
class ClassColumn {
  public:
    static constexpr std::int32_t none = -1; ///< of an empty cell

    /// A label that is a number with a fraction, and its line.
    struct Decimal {
        std::string text;
        std::size_t line;
    };

    /// The number of this label, valid UTF-8, in the order of first use. Throws InvalidInput, worded to
    /// follow "FILE, line N: ", if there are more than 65,536 different ones.
    std::int32_t add(std::string_view label, std::size_t line);

    const std::string &text(std::int32_t number) const { return m_texts[static_cast<std::size_t>(number)]; }
    std::size_t size() const { return m_texts.size(); }

    /// The first decimal, if every label is a number and one has a fraction: a measurement, not a class.
    std::optional<Decimal> measurement() const;

    /// For the labels in `isUsed`: their numbers in the order of the classes, by value if all are whole
    /// numbers and otherwise by their bytes.
    std::vector<std::int32_t> order(const std::vector<bool> &isUsed) const;

  private:
    std::vector<std::string> m_texts;
    std::unordered_map<std::string, std::int32_t> m_numbers;
    std::optional<Decimal> m_decimal;
    bool m_areAllNumbers = true;
};

/// Text without spaces around it.
std::string_view trimmedText(std::string_view text);

} // namespace simclr
