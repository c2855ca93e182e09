// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace simclr {

/// A number of a table, or the mean of several with their standard deviation.
struct NumberCell {
    double value = 0;
    std::optional<double> deviation; ///< standard deviation over runs; nothing for a single value
    std::optional<int> decimals;     ///< digits after the point where numbers are shown rounded; nothing: all
};

/// Empty, a text from any source, or a number.
using TableCell = std::variant<std::monostate, std::string, NumberCell>;

/// A table as values, for export. Every row has as many cells as the header.
struct ValueTable {
    std::vector<std::string> header;
    std::vector<std::vector<TableCell>> rows;
};

enum class TableFormat {
    Csv,      ///< RFC 4180
    Tsv,      ///< for the clipboard: spreadsheets paste it as cells
    Markdown, ///< a table of GitHub Flavored Markdown
    Latex,    ///< a tabular with the rules of the package booktabs
    JsonList, ///< a list with an object for each row
};

/// The table as text. CSV and TSV contain numbers in full, and a standard deviation in a column of its own,
/// "sd of …"; so does JSON, in which an empty cell is null. Markdown and LaTeX contain them rounded to their
/// decimals, "0.62 ± 0.01" and "$0.62 \pm 0.01$". Texts are text in every format: no formula, markup, command
/// or control character of theirs takes effect.
std::string toText(const ValueTable &table, TableFormat format);

} // namespace simclr
