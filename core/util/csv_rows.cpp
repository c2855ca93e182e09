// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/csv_rows.h"

#include "core/util/error.h"
#include "core/util/files.h"

#include <cerrno>
#include <cstring>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t longestField = 64 << 10;
constexpr int atEnd = std::char_traits<char>::eof();

/// Opening anything but a regular file may block.
void requireRegular(const fs::path &path) {
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (status.type() == fs::file_type::regular)
        return;
    const bool isMissing = status.type() == fs::file_type::not_found;
    throw IoError("cannot read " + displayName(path) + ": " +
                  (isMissing ? "no such file" : "it is not a regular file"));
}

} // namespace

CsvRows::CsvRows(const fs::path &path) : m_path(path) {
    requireRegular(path);
    m_file.open(path, std::ios::binary);
    if (!m_file)
        throw IoError("cannot read " + displayName(path) + ": " + std::strerror(errno));
    skipMark();
    m_separator = separatorOfFirstLine();
    if (!readRow(m_header))
        throw InvalidInput(displayName(path) + " is empty");
}

void CsvRows::refuse(std::size_t line, const std::string &reason) const {
    throw InvalidInput(displayName(m_path) + ", line " + std::to_string(line) + ": " + reason);
}

void CsvRows::skipMark() {
    char start[3] = {};
    m_file.read(start, 3);
    const std::string_view mark(start, static_cast<std::size_t>(m_file.gcount()));
    if (mark.starts_with("\xFF\xFE") || mark.starts_with("\xFE\xFF"))
        throw InvalidInput(displayName(m_path) + " is UTF-16; save it as UTF-8");
    m_file.clear();
    m_file.seekg(mark == "\xEF\xBB\xBF" ? 3 : 0);
}

/// The one of , ; and tab that the first line has most of, outside quotation marks.
char CsvRows::separatorOfFirstLine() {
    const std::streampos begin = m_file.tellg();
    std::size_t commas = 0;
    std::size_t semicolons = 0;
    std::size_t tabs = 0;
    bool isQuoted = false;
    for (std::size_t i = 0; i < longestField; ++i) {
        const int letter = take();
        if (letter == atEnd || (!isQuoted && (letter == '\n' || letter == '\r')))
            break;
        isQuoted = isQuoted != (letter == '"');
        commas += !isQuoted && letter == ',' ? 1 : 0;
        semicolons += !isQuoted && letter == ';' ? 1 : 0;
        tabs += !isQuoted && letter == '\t' ? 1 : 0;
    }
    m_file.seekg(begin);
    if (tabs > commas && tabs > semicolons)
        return '\t';
    return semicolons > commas ? ';' : ',';
}

bool CsvRows::next() {
    if (!readRow(m_row))
        return false;
    if (m_row.size() > m_header.size())
        refuse(m_rowLine, "there are more cells than columns (" + std::to_string(m_row.size()) +
                              " instead of " + std::to_string(m_header.size()) + ")");
    m_isShort = m_row.size() < m_header.size();
    m_row.resize(m_header.size());
    return true;
}

/// False at the end of the file; skips empty lines.
bool CsvRows::readRow(std::vector<std::string> &row) {
    constexpr std::size_t mostFields = 10'000;
    while (peek() != atEnd) {
        m_rowLine = m_line;
        std::size_t count = 0;
        for (bool isMore = true; isMore; isMore = peek() == m_separator && take() != atEnd) {
            if (count == mostFields)
                refuse(m_rowLine, "there are more than " + std::to_string(mostFields) + " cells");
            if (row.size() == count)
                row.emplace_back();
            readField(row[count++]);
        }
        row.resize(count);
        endLine();
        if (count > 1 || !row.front().empty())
            return true;
    }
    return false;
}

void CsvRows::readField(std::string &field) {
    field.clear();
    if (peek() == '"')
        return readQuoted(field);
    while (!isAtFieldEnd())
        append(field, take(), m_line, false);
}

void CsvRows::readQuoted(std::string &field) {
    const std::size_t firstLine = m_line;
    take();
    for (int letter = take(); letter != '"' || peek() == '"'; letter = take()) {
        if (letter == atEnd)
            refuse(firstLine, "a quotation mark is not closed");
        if (letter == '"')
            take(); // the first of two, which stand for one
        m_line += letter == '\n' ? 1 : 0;
        append(field, letter, firstLine, true);
    }
    while (peek() == ' ')
        take();
    if (!isAtFieldEnd())
        refuse(firstLine, "a quotation mark is not closed: the next one, in line " + std::to_string(m_line) +
                              ", is followed by other text");
}

void CsvRows::append(std::string &field, int letter, std::size_t firstLine, bool isQuoted) {
    if (field.size() == longestField)
        refuse(firstLine,
               isQuoted ? "a quotation mark is not closed within 64 KiB" : "a cell is longer than 64 KiB");
    field += static_cast<char>(letter);
}

bool CsvRows::isAtFieldEnd() {
    const int letter = peek();
    return letter == atEnd || letter == m_separator || letter == '\n' || letter == '\r';
}

void CsvRows::endLine() {
    if (peek() == '\r')
        take();
    if (peek() == '\n')
        take();
    ++m_line;
}

} // namespace simclr
