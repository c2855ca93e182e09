// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace simclr {

/// The columns that a query reads, named once: they make its text, and a column is read by its name, whose
/// place is found when the program is compiled.
template <std::size_t Count>
class Columns {
  public:
    template <typename... Names>
    consteval explicit Columns(Names... names) : m_names{std::string_view(names)...} {}

    /// The place of a column in the rows; any other name does not compile.
    consteval int operator[](std::string_view name) const {
        std::size_t place = 0;
        while (place < Count && m_names[place] != name)
            ++place;
        if (place == Count)
            throw "there is no such column"; // stops the compiler
        return static_cast<int>(place);
    }

    /// "SELECT id, name FROM runs ", of the first `count` columns.
    std::string selectFrom(const std::string &table, std::size_t count = Count) const {
        std::string text = "SELECT ";
        for (std::size_t place = 0; place < count; ++place)
            text += (place == 0 ? "" : ", ") + std::string(m_names[place]);
        return text + " FROM " + table + " ";
    }

  private:
    std::array<std::string_view, Count> m_names;
};

template <typename... Names>
Columns(Names...) -> Columns<sizeof...(Names)>;

} // namespace simclr
