// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/value_table.h"

#include "core/exchange/text_escapes.h"
#include "core/util/csv.h"
#include "core/util/json.h"
#include "core/util/number_text.h"
#include "core/util/rounding.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iterator>

namespace simclr {

namespace {

/// "0.62", or all digits if `decimals` is not known.
std::string roundedText(double number, std::optional<int> decimals) {
    if (!decimals || !std::isfinite(number))
        return numberText(number);
    std::array<char, 400> text{};
    std::snprintf(text.data(), text.size(), "%.*f", std::clamp(*decimals, 0, 20),
                  roundedTo(number, *decimals));
    return text.data();
}

const NumberCell *numberIn(const TableCell &cell) {
    return std::get_if<NumberCell>(&cell);
}

bool isNumeric(const ValueTable &table, std::size_t column) {
    return std::ranges::any_of(table.rows, [&](const auto &row) { return numberIn(row[column]) != nullptr; });
}

bool hasDeviation(const ValueTable &table, std::size_t column) {
    return std::ranges::any_of(table.rows, [&](const auto &row) {
        const NumberCell *number = numberIn(row[column]);
        return number && number->deviation;
    });
}

// ---- CSV and TSV

/// The columns with a deviation become two. Fields contain no tab and no line end: spreadsheets split pasted
/// text at these, whether quoted or not.
class SeparatedText {
  public:
    SeparatedText(const ValueTable &table, char separator) : m_table(table), m_separator(separator) {
        for (std::size_t column = 0; column < table.header.size(); ++column)
            m_hasDeviation.push_back(hasDeviation(table, column));
    }

    std::string text() {
        for (std::size_t column = 0; column < m_table.header.size(); ++column) {
            add(csvField(m_table.header[column]));
            if (m_hasDeviation[column])
                add(csvField("sd of " + m_table.header[column]));
        }
        endRow();
        for (const auto &row : m_table.rows)
            addRow(row);
        return std::move(m_text);
    }

  private:
    void addRow(const std::vector<TableCell> &row) {
        for (std::size_t column = 0; column < row.size(); ++column) {
            const NumberCell *number = numberIn(row[column]);
            const auto *text = std::get_if<std::string>(&row[column]);
            add(number ? numberText(number->value) : text ? csvField(*text) : std::string());
            if (m_hasDeviation[column])
                add(number && number->deviation ? numberText(*number->deviation) : std::string());
        }
        endRow();
    }

    void add(const std::string &field) {
        if (!m_isRowStart)
            m_text += m_separator;
        m_text += field;
        m_isRowStart = false;
    }

    void endRow() {
        m_text += '\n';
        m_isRowStart = true;
    }

    const ValueTable &m_table;
    char m_separator;
    std::vector<bool> m_hasDeviation;
    std::string m_text;
    bool m_isRowStart = true;
};

// ---- Markdown

std::string markdownCell(const TableCell &cell) {
    if (const auto *text = std::get_if<std::string>(&cell))
        return markdownText(*text);
    const NumberCell *number = numberIn(cell);
    if (!number)
        return {};
    const std::string mean = roundedText(number->value, number->decimals);
    return number->deviation ? mean + " ± " + roundedText(*number->deviation, number->decimals) : mean;
}

std::string markdownRow(const std::vector<std::string> &cells) {
    std::string row = "|";
    for (const std::string &cell : cells)
        row += " " + cell + " |";
    return row + "\n";
}

std::string markdownTable(const ValueTable &table) {
    std::vector<std::string> titles;
    std::vector<std::string> alignments;
    for (std::size_t column = 0; column < table.header.size(); ++column) {
        titles.push_back(markdownText(table.header[column]));
        alignments.push_back(isNumeric(table, column) ? "---:" : "---");
    }
    std::string text = markdownRow(titles) + markdownRow(alignments);
    for (const auto &row : table.rows) {
        std::vector<std::string> cells;
        std::ranges::transform(row, std::back_inserter(cells), markdownCell);
        text += markdownRow(cells);
    }
    return text;
}

// ---- LaTeX

std::string latexNumber(const NumberCell &number) {
    if (!std::isfinite(number.value))
        return latexText(numberText(number.value));
    const std::string mean = roundedText(number.value, number.decimals);
    if (!number.deviation || !std::isfinite(*number.deviation))
        return "$" + mean + "$";
    return "$" + mean + " \\pm " + roundedText(*number.deviation, number.decimals) + "$";
}

std::string latexCell(const TableCell &cell) {
    if (const auto *text = std::get_if<std::string>(&cell))
        return latexText(*text);
    const NumberCell *number = numberIn(cell);
    return number ? latexNumber(*number) : std::string();
}

std::string latexRow(const std::vector<std::string> &cells) {
    std::string row;
    for (const std::string &cell : cells)
        row += (row.empty() ? "    " : " & ") + cell;
    return row + " \\\\\n";
}

std::string latexTable(const ValueTable &table) {
    std::string alignments;
    std::vector<std::string> titles;
    for (std::size_t column = 0; column < table.header.size(); ++column) {
        alignments += isNumeric(table, column) ? 'r' : 'l';
        titles.push_back(latexText(table.header[column]));
    }
    std::string text = "% needs \\usepackage{booktabs}\n\\begin{tabular}{" + alignments +
                       "}\n    \\toprule\n" + latexRow(titles) + "    \\midrule\n";
    for (const auto &row : table.rows) {
        std::vector<std::string> cells;
        std::ranges::transform(row, std::back_inserter(cells), latexCell);
        text += latexRow(cells);
    }
    return text + "    \\bottomrule\n\\end{tabular}\n";
}

// ---- JSON

Json finite(double number) {
    return std::isfinite(number) ? Json(number) : Json();
}

Json jsonRow(const ValueTable &table, const std::vector<TableCell> &row) {
    Json object = Json::object();
    for (std::size_t column = 0; column < row.size(); ++column) {
        const NumberCell *number = numberIn(row[column]);
        const auto *text = std::get_if<std::string>(&row[column]);
        object[table.header[column]] = number ? finite(number->value) : text ? Json(*text) : Json();
        if (hasDeviation(table, column))
            object["sd of " + table.header[column]] =
                number && number->deviation ? finite(*number->deviation) : Json();
    }
    return object;
}

std::string jsonList(const ValueTable &table) {
    Json list = Json::array();
    for (const auto &row : table.rows)
        list.push_back(jsonRow(table, row));
    return toText(list);
}

} // namespace

std::string toText(const ValueTable &table, TableFormat format) {
    switch (format) {
    case TableFormat::Csv:
        return SeparatedText(table, ',').text();
    case TableFormat::Tsv:
        return SeparatedText(table, '\t').text();
    case TableFormat::Markdown:
        return markdownTable(table);
    case TableFormat::Latex:
        return latexTable(table);
    case TableFormat::JsonList:
        break;
    }
    return jsonList(table);
}

} // namespace simclr
