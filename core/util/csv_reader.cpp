// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/csv_reader.h"

#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <charconv>

namespace simclr {

namespace {

constexpr std::uintmax_t maxFileBytes = 128u << 20;
constexpr std::size_t mostCells = 5'000'000;

using Row = std::vector<std::string>;

/// The one of , ; and tab that the first line has most of, outside quotation marks.
char separatorOf(std::string_view text) {
    std::size_t commas = 0;
    std::size_t semicolons = 0;
    std::size_t tabs = 0;
    bool isQuoted = false;
    for (const char letter : text) {
        isQuoted = isQuoted != (letter == '"');
        if (!isQuoted && (letter == '\n' || letter == '\r'))
            break;
        commas += !isQuoted && letter == ',' ? 1 : 0;
        semicolons += !isQuoted && letter == ';' ? 1 : 0;
        tabs += !isQuoted && letter == '\t' ? 1 : 0;
    }
    if (tabs > commas && tabs > semicolons)
        return '\t';
    return semicolons > commas ? ';' : ',';
}

class CsvParser {
  public:
    CsvParser(std::string_view text, const std::string &origin)
        : m_text(text), m_origin(origin), m_separator(separatorOf(text)) {}

    CsvTable parse() {
        CsvTable table;
        while (m_at < m_text.size()) {
            const std::size_t line = m_line;
            Row row = readRow();
            if (row.size() == 1 && row.front().empty())
                continue;
            if (table.header.empty())
                table.header = std::move(row);
            else
                table.rows.push_back(fitted(std::move(row), table.header.size(), line));
        }
        if (table.header.empty())
            throw InvalidInput(m_origin + " is empty");
        return table;
    }

  private:
    [[noreturn]] void refuse(std::size_t line, const std::string &reason) const {
        throw InvalidInput(m_origin + ", line " + std::to_string(line) + ": " + reason);
    }

    /// The cells that a short line lacks count too: their memory is used.
    Row fitted(Row row, std::size_t columns, std::size_t line) {
        if (row.size() > columns)
            refuse(line, "there are more cells than columns (" + std::to_string(row.size()) + " instead of " +
                             std::to_string(columns) + ")");
        m_cells += columns - row.size();
        if (m_cells > mostCells)
            refuse(line, "there are more than " + std::to_string(mostCells) + " cells");
        row.resize(columns);
        return row;
    }

    Row readRow() {
        Row row;
        do {
            if (++m_cells > mostCells)
                refuse(m_line, "there are more than " + std::to_string(mostCells) + " cells");
            row.push_back(toValidUtf8(readCell()));
        } while (take(m_separator));
        endLine();
        return row;
    }

    std::string readCell() {
        std::string cell = isNext('"') ? readQuoted() : std::string();
        const std::string_view stops = m_separator == ',' ? ",\r\n" : m_separator == ';' ? ";\r\n" : "\t\r\n";
        const std::size_t end = std::min(m_text.find_first_of(stops, m_at), m_text.size());
        cell += m_text.substr(m_at, end - m_at);
        m_at = end;
        return cell;
    }

    std::string readQuoted() {
        const std::size_t line = m_line;
        std::string cell;
        ++m_at;
        for (;; ++m_at) {
            if (m_at == m_text.size())
                refuse(line, "a quotation mark is not closed");
            if (m_text[m_at] == '"' && !isDoubled())
                break;
            m_line += m_text[m_at] == '\n' ? 1 : 0;
            cell += m_text[m_at];
        }
        ++m_at;
        return cell;
    }

    /// Whether this quotation mark is the first of two, which stand for one; if so, moves to the second.
    bool isDoubled() {
        if (m_at + 1 == m_text.size() || m_text[m_at + 1] != '"')
            return false;
        ++m_at;
        return true;
    }

    bool isNext(char letter) const { return m_at < m_text.size() && m_text[m_at] == letter; }

    bool take(char letter) {
        if (!isNext(letter))
            return false;
        ++m_at;
        return true;
    }

    void endLine() {
        take('\r');
        take('\n');
        ++m_line;
    }

    std::string_view m_text;
    const std::string &m_origin;
    char m_separator;
    std::size_t m_at = 0;
    std::size_t m_line = 1;
    std::size_t m_cells = 0;
};

} // namespace

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
    const auto found = std::ranges::find(header, name);
    if (found == header.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - header.begin());
}

CsvTable parseCsv(std::string_view text, const std::string &origin) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        throw InvalidInput(origin + " is UTF-16; save it as UTF-8");
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    return CsvParser(text, origin).parse();
}

CsvTable readCsvFile(const std::filesystem::path &path) {
    return parseCsv(readFile(path, maxFileBytes), displayName(path));
}

std::optional<double> csvNumber(std::string_view cell) {
    while (!cell.empty() && cell.front() == ' ')
        cell.remove_prefix(1);
    while (!cell.empty() && cell.back() == ' ')
        cell.remove_suffix(1);
    double number = 0;
    const auto [end, failure] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
    if (cell.empty() || failure != std::errc() || end != cell.data() + cell.size())
        return std::nullopt;
    return number;
}

} // namespace simclr
