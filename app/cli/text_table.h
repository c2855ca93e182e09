// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace simclr::cli {

/// Text for a terminal: invalid UTF-8 and control characters are replaced, so that no name can move the
/// cursor.
std::string printable(const std::string &text);

/// A table in plain text, its columns as wide as needed. The first row is the heading.
class TextTable {
  public:
    enum class Alignment { Left, Right };

    /// One alignment per column.
    explicit TextTable(std::vector<Alignment> alignments) : m_alignments(std::move(alignments)) {}

    void addRow(std::vector<std::string> cells);
    std::string text() const;

  private:
    std::vector<Alignment> m_alignments;
    std::vector<std::vector<std::string>> m_rows;
};

/// "62.5 %", or a dash if there is no value.
std::string percentText(const double *accuracy);

/// `number` with `decimals` digits after the point, rounded as in the window.
std::string fixedText(double number, int decimals);

/// "45 s", "3 min 10 s", "2 h 5 min".
std::string durationText(double seconds);

} // namespace simclr::cli
