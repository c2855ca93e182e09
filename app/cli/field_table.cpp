// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/field_table.h"

#include "app/cli/common.h"
#include "app/cli/query_mistake.h"
#include "app/cli/text_table.h"
#include "core/util/time_text.h"

#include <array>
#include <cstdio>
#include <iostream>

namespace simclr::cli {

namespace {

struct FieldColumn {
    std::string title;
    ValueKind kind = ValueKind::Any;
    std::vector<FieldValue> values; ///< of each run
};

FieldColumn readColumn(const RunQuery &query, const std::vector<RunId> &runs, const std::string &field) {
    return orMistake(field, [&] {
        const FieldName name = parseFieldName(field);
        return FieldColumn{field, query.kind(name), query.values(name, runs)};
    });
}

/// Whole, or with six significant digits.
std::string shortNumber(double number) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.6g", number);
    return text.data();
}

std::string numberText(double number, ValueKind kind) {
    switch (kind) {
    case ValueKind::Share:
        return percentText(&number);
    case ValueKind::Duration:
        return durationText(number);
    case ValueKind::Moment:
        return timeText(number);
    default:
        return shortNumber(number);
    }
}

struct CellText {
    ValueKind kind;

    std::string operator()(std::monostate /*missing*/) const { return "—"; }
    std::string operator()(const std::string &text) const { return text; }
    std::string operator()(double number) const { return numberText(number, kind); }
    std::string operator()(std::int64_t number) const {
        if (kind == ValueKind::Flag)
            return number != 0 ? "yes" : "no";
        return kind == ValueKind::Number || kind == ValueKind::Any
                   ? std::to_string(number)
                   : numberText(static_cast<double>(number), kind);
    }
};

struct CellJson {
    ValueKind kind;

    Json operator()(std::monostate /*missing*/) const { return nullptr; }
    Json operator()(const std::string &text) const { return text; }
    Json operator()(double number) const {
        return kind == ValueKind::Moment ? Json(timeText(number)) : Json(number);
    }
    Json operator()(std::int64_t number) const {
        return kind == ValueKind::Flag ? Json(number != 0) : Json(number);
    }
};

struct CellValue {
    TableCell operator()(std::monostate /*missing*/) const { return {}; }
    TableCell operator()(const std::string &text) const { return text; }
    TableCell operator()(double number) const { return NumberCell{number, {}, {}}; }
    TableCell operator()(std::int64_t number) const { return NumberCell{static_cast<double>(number), {}, 0}; }
};

TextTable::Alignment alignmentOf(ValueKind kind) {
    const bool isNumber =
        kind == ValueKind::Number || kind == ValueKind::Share || kind == ValueKind::Duration;
    return isNumber ? TextTable::Alignment::Right : TextTable::Alignment::Left;
}

std::string tableOf(const std::vector<RunId> &runs, const std::vector<FieldColumn> &columns) {
    std::vector<TextTable::Alignment> alignments{TextTable::Alignment::Right};
    std::vector<std::string> titles{"id"};
    for (const FieldColumn &column : columns) {
        alignments.push_back(alignmentOf(column.kind));
        titles.push_back(column.title);
    }
    TextTable table(alignments);
    table.addRow(titles);
    for (std::size_t run = 0; run < runs.size(); ++run) {
        std::vector<std::string> cells{std::to_string(runs[run])};
        for (const FieldColumn &column : columns)
            cells.push_back(std::visit(CellText{column.kind}, column.values[run]));
        table.addRow(std::move(cells));
    }
    return table.text();
}

Json jsonOf(const std::vector<RunId> &runs, const std::vector<FieldColumn> &columns) {
    Json list = Json::array();
    for (std::size_t run = 0; run < runs.size(); ++run) {
        Json values = Json::object();
        for (const FieldColumn &column : columns)
            values[column.title] = std::visit(CellJson{column.kind}, column.values[run]);
        list.push_back({{"id", runs[run]}, {"values", std::move(values)}});
    }
    return list;
}

std::vector<FieldColumn> readColumns(const RunQuery &query, const std::vector<RunId> &runs,
                                     const std::vector<std::string> &fields) {
    std::vector<FieldColumn> columns;
    for (const std::string &field : fields)
        columns.push_back(readColumn(query, runs, field));
    return columns;
}

} // namespace

void printFields(const RunQuery &query, const std::vector<RunId> &runs,
                 const std::vector<std::string> &fields, bool json) {
    const std::vector<FieldColumn> columns = readColumns(query, runs, fields);
    if (json)
        printJson(jsonOf(runs, columns));
    else
        std::cout << tableOf(runs, columns) << std::flush;
}

ValueTable fieldValues(const RunQuery &query, const std::vector<RunId> &runs,
                       const std::vector<std::string> &fields) {
    ValueTable table;
    table.header = {"id"};
    table.header.insert(table.header.end(), fields.begin(), fields.end());
    const std::vector<FieldColumn> columns = readColumns(query, runs, fields);
    for (std::size_t run = 0; run < runs.size(); ++run) {
        std::vector<TableCell> cells{CellValue()(runs[run])};
        for (const FieldColumn &column : columns)
            cells.push_back(std::visit(CellValue(), column.values[run]));
        table.rows.push_back(std::move(cells));
    }
    return table;
}

} // namespace simclr::cli
