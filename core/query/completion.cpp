// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/completion.h"

#include "core/query/filter_progress.h"
#include "core/query/lexer.h"
#include "core/util/fold_case.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace simclr {

namespace {

std::vector<std::string> fieldTexts(const KnownNames &known) {
    std::vector<std::string> texts;
    for (const std::string &name : fieldNames(known))
        texts.push_back(quotedIfNeeded(name));
    for (const std::string &function : functionNames())
        texts.push_back(function + "(");
    texts.emplace_back("not");
    return texts;
}

std::vector<std::string> quotedAll(std::vector<std::string> texts) {
    for (std::string &text : texts)
        text = quotedIfNeeded(text);
    return texts;
}

std::optional<ValueKind> kindOf(const FieldName &name, const KnownNames &known) {
    try {
        return kindOf(resolveField(name, known));
    } catch (const QueryError &) {
        return std::nullopt;
    }
}

std::vector<std::string> operatorTexts(std::optional<ValueKind> kind) {
    if (!kind)
        return {"and", "or"}; // a word that is searched for
    switch (*kind) {
    case ValueKind::Flag:
        return {"=", "!=", "and", "or"};
    case ValueKind::Choice:
    case ValueKind::Tags:
        return {"=", "!=", "in (", "not in (", "~", "!~", "is empty", "is not empty"};
    case ValueKind::Text:
        return {"~", "=", "!=", "!~", "in (", "not in (", "is empty", "is not empty"};
    case ValueKind::Any:
        return {"=", "!=", "<", "<=", ">", ">=", "in (", "not in (", "~", "!~", "is empty", "is not empty"};
    default:
        return {">", ">=", "<", "<=", "=", "!=", "in (", "not in (", "is empty", "is not empty"};
    }
}

std::vector<std::string> valueTexts(const FieldName &field, const KnownNames &known,
                                    const ValuesOf &valuesOf) {
    const std::optional<ValueKind> kind = kindOf(field, known);
    if (kind == ValueKind::Flag)
        return {"true", "false"};
    if (kind == ValueKind::Moment)
        return {"today", "yesterday", "-7d"};
    if (kind == ValueKind::Duration)
        return {"10min", "1h", "1d", "7d"};
    try {
        return kind && valuesOf ? quotedAll(valuesOf(field)) : std::vector<std::string>();
    } catch (const QueryError &) {
        return {};
    }
}

std::vector<std::string> textsFor(const FilterProgress &progress, const KnownNames &known,
                                  const ValuesOf &valuesOf) {
    switch (progress.expected()) {
    case FilterPart::Condition:
        return fieldTexts(known);
    case FilterPart::Metric:
        return quotedAll(metricNames(known));
    case FilterPart::AfterMetric:
        return takesNumber(progress.field().function) ? std::vector<std::string>{","}
                                                      : std::vector<std::string>{")"};
    case FilterPart::Number:
        return {"10", "100"};
    case FilterPart::AfterNumber:
        return {")"};
    case FilterPart::Operator:
        return operatorTexts(kindOf(progress.field(), known));
    case FilterPart::In:
        return {"in ("};
    case FilterPart::Value:
    case FilterPart::ListValue:
        return valueTexts(progress.field(), known, valuesOf);
    case FilterPart::List:
        return {"("};
    case FilterPart::AfterListValue:
        return {",", ")"};
    case FilterPart::Empty:
        return {"empty", "not empty"};
    case FilterPart::Connective:
        return {"and", "or"};
    case FilterPart::Nothing:
        break;
    }
    return {};
}

/// Those that begin with `typed`, then those that contain it.
std::vector<std::string> matching(std::vector<std::string> texts, const std::string &typed) {
    const std::string part = foldCase(typed);
    const auto isOther = [&](const std::string &text) {
        return foldCase(text).find(part) == std::string::npos;
    };
    const auto isFirst = [&](const std::string &text) {
        const std::string folded = foldCase(text);
        return folded.starts_with(part) || folded.starts_with('"' + part);
    };
    std::erase_if(texts, isOther);
    std::ranges::stable_partition(texts, isFirst);
    return texts;
}

/// The word or text that the cursor touches from the right or is within.
bool isTyped(const Token &token, std::size_t cursor) {
    const bool isValue = token.kind == TokenKind::Word || token.kind == TokenKind::Text;
    return isValue && token.where.begin < cursor && cursor <= token.where.end();
}

/// The part of a token left of the cursor, without its quotes.
std::string typedText(std::string_view line, const Token &token, std::size_t cursor) {
    if (token.kind == TokenKind::Word)
        return std::string(line.substr(token.where.begin, cursor - token.where.begin));
    return token.text;
}

Completion completed(std::string_view line, std::size_t cursor, const KnownNames &known,
                     const ValuesOf &valuesOf) {
    FilterProgress progress;
    for (const Token &token : tokensOf(line, OpenQuote::Kept)) {
        if (isTyped(token, cursor))
            return {token.where,
                    matching(textsFor(progress, known, valuesOf), typedText(line, token, cursor))};
        if (token.kind == TokenKind::End || token.where.begin >= cursor)
            break;
        progress.read(token);
    }
    return {{cursor, 0}, textsFor(progress, known, valuesOf)};
}

} // namespace

Completion completionsAt(std::string_view line, std::size_t cursor, const KnownNames &known,
                         const ValuesOf &valuesOf) {
    cursor = std::min(cursor, line.size());
    try {
        return completed(line, cursor, known, valuesOf);
    } catch (const QueryError &) {
        return {{cursor, 0}, {}};
    }
}

} // namespace simclr
