// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// The content of a CSV file. Every row has as many cells as the header; all text is valid UTF-8.
struct CsvTable {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;

    /// The place of the first column of this name.
    std::optional<std::size_t> column(std::string_view name) const;
};

/// Reads CSV (RFC 4180) from any source: fields separated by commas, or by semicolons or tabs if the first
/// line has more of these; quoted fields with line ends and doubled quotation marks; LF, CRLF or CR; a byte
/// order mark; empty lines are skipped. Cells that are missing at the end of a row are empty. Throws
/// InvalidInput, naming `origin` and the line: an open quotation mark, more cells than columns, more than 5
/// million cells, another encoding than UTF-8.
CsvTable parseCsv(std::string_view text, const std::string &origin);

/// The same for a regular file of at most 128 MiB. Throws IoError, InvalidInput.
CsvTable readCsvFile(const std::filesystem::path &path);

/// The number that a cell contains, "nan" and "inf" included, spaces around it ignored; nothing if it
/// contains anything else.
std::optional<double> csvNumber(std::string_view cell);

} // namespace simclr
