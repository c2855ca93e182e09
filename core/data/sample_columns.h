// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// The further columns of a table of images, such as a patient or a device: text for every row, in a compact
/// form.
class SampleColumns {
  public:
    SampleColumns() = default;
    explicit SampleColumns(std::vector<std::string> names) : m_names(std::move(names)) {}

    /// Valid UTF-8.
    const std::vector<std::string> &names() const { return m_names; }
    std::uint32_t rows() const { return m_names.empty() ? 0 : std::uint32_t(m_ends.size() / m_names.size()); }

    /// Appends a row: `values`, valid UTF-8, one for each column.
    void add(const std::vector<std::string_view> &values) {
        for (const std::string_view value : values) {
            m_text += value;
            m_ends.push_back(m_text.size());
        }
    }

    std::string_view value(std::uint32_t row, std::size_t column) const {
        const std::size_t i = row * m_names.size() + column;
        const std::size_t begin = i == 0 ? 0 : m_ends[i - 1];
        return std::string_view(m_text).substr(begin, m_ends[i] - begin);
    }

    /// The text of the first column of this name; empty if there is none.
    std::string valueOf(std::uint32_t row, const std::string &column) const {
        for (std::size_t i = 0; i < m_names.size(); ++i)
            if (m_names[i] == column)
                return std::string(value(row, i));
        return {};
    }

    /// The rows `rows`, in this order.
    SampleColumns selected(const std::vector<std::uint32_t> &rows) const {
        SampleColumns chosen(m_names);
        std::vector<std::string_view> values(m_names.size());
        for (const std::uint32_t row : rows) {
            for (std::size_t column = 0; column < values.size(); ++column)
                values[column] = value(row, column);
            chosen.add(values);
        }
        return chosen;
    }

  private:
    std::vector<std::string> m_names;
    std::string m_text;
    std::vector<std::size_t> m_ends; ///< of the values in m_text, row by row
};

} // namespace simclr
