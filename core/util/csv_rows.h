// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace simclr {

/// Reads a CSV file (RFC 4180) row by row, in memory that does not depend on its length: fields separated by
/// commas, or by semicolons or tabs if the first line has more of these; quoted fields with line ends and
/// doubled quotation marks; LF, CRLF or CR; a byte order mark; empty lines are skipped. Unlike parseCsv(), it
/// returns the bytes of the file, which need not be UTF-8, and refuses text between a closing quotation mark
/// and the next separator: the sign of an earlier mark that is not closed.
class CsvRows {
  public:
    /// Reads the header. Throws IoError if the file cannot be read or is not a regular file, and
    /// InvalidInput, naming the file and the line: an empty file, UTF-16, and what next() refuses.
    explicit CsvRows(const std::filesystem::path &path);

    const std::vector<std::string> &header() const { return m_header; }

    /// Reads the next row; false at the end. Throws InvalidInput, naming the file and the line: a quotation
    /// mark that is not closed, a field of more than 64 KiB, more fields than columns.
    bool next();

    /// The fields of the row, as many as the header has; those missing at its end are empty.
    const std::vector<std::string> &row() const { return m_row; }
    /// Whether fields at its end are missing.
    bool isShort() const { return m_isShort; }
    /// The line in which the row begins; the first one is 1.
    std::size_t line() const { return m_rowLine; }

    /// Throws InvalidInput with the file's name, a line and the reason.
    [[noreturn]] void refuse(std::size_t line, const std::string &reason) const;

  private:
    void skipMark();
    char separatorOfFirstLine();
    bool readRow(std::vector<std::string> &row);
    void readField(std::string &field);
    void readQuoted(std::string &field);
    void append(std::string &field, int letter, std::size_t firstLine, bool isQuoted);
    bool isAtFieldEnd();
    void endLine();
    int peek() { return m_file.rdbuf()->sgetc(); }
    int take() { return m_file.rdbuf()->sbumpc(); }

    std::filesystem::path m_path;
    std::ifstream m_file;
    char m_separator = ',';
    std::size_t m_line = 1;
    std::size_t m_rowLine = 1;
    std::vector<std::string> m_header;
    std::vector<std::string> m_row;
    bool m_isShort = false;
};

} // namespace simclr
