// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/html_table.h"

#include <algorithm>
#include <utility>

namespace simclr {

namespace {

bool isNumeric(const std::vector<HtmlRow> &rows, std::size_t column) {
    return std::ranges::any_of(rows, [column](const HtmlRow &row) { return row[column].isNumber; });
}

void writeHeader(HtmlWriter &html, const std::vector<std::string> &header, const std::vector<HtmlRow> &rows) {
    const auto head = html.element("thead");
    const auto line = html.element("tr");
    for (std::size_t column = 0; column < header.size(); ++column) {
        HtmlWriter::Attributes attributes{{"scope", "col"}};
        if (isNumeric(rows, column))
            attributes.emplace_back("class", "number");
        html.element("th", attributes, header[column]);
    }
}

void writeCell(HtmlWriter &html, const HtmlCell &cell) {
    HtmlWriter::Attributes attributes;
    if (cell.isNumber)
        attributes.emplace_back("class", "number");
    const auto written = html.element("td", attributes);
    if (cell.isBest)
        html.element("b", {}, cell.text);
    else
        html.text(cell.text);
    if (!cell.detail.empty())
        html.element("div", {{"class", "muted"}}, cell.detail);
}

} // namespace

void writeTable(HtmlWriter &html, const std::vector<std::string> &header, const std::vector<HtmlRow> &rows) {
    const auto frame = html.element("div", {{"class", "wide"}});
    const auto table = html.element("table");
    writeHeader(html, header, rows);
    const auto body = html.element("tbody");
    for (const HtmlRow &row : rows) {
        const auto line = html.element("tr");
        for (const HtmlCell &cell : row)
            writeCell(html, cell);
    }
}

HtmlCell numberCell(std::string text, std::string detail) {
    return {.text = std::move(text), .detail = std::move(detail), .isNumber = true};
}

} // namespace simclr
