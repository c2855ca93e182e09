// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/completion.h"

#include "core/query/lexer.h"
#include "core/util/fold_case.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace simclr {

namespace {

/// What the grammar of parseFilter() allows next.
enum class Expected {
    Condition,
    Metric,
    AfterMetric,
    Number,
    AfterNumber,
    Operator,
    In,
    Value,
    List,
    ListValue,
    AfterListValue,
    Empty,
    Connective,
    Nothing
};

/// Follows the grammar over the tokens left of the cursor, without errors.
class Progress {
  public:
    void read(const Token &token) { m_expected = after(token); }

    Expected expected() const { return m_expected; }
    const FieldName &field() const { return m_field; }

  private:
    Expected after(const Token &token) {
        const bool isValue = token.kind == TokenKind::Word || token.kind == TokenKind::Text;
        switch (m_expected) {
        case Expected::Condition:
            return afterBegin(token);
        case Expected::Metric:
            m_field = {m_field.name, token.text, token.where, {}};
            return isValue ? Expected::AfterMetric : Expected::Nothing;
        case Expected::AfterMetric:
            if (token.kind == TokenKind::Comma)
                return Expected::Number;
            return token.kind == TokenKind::Close ? Expected::Operator : Expected::Nothing;
        case Expected::Number:
            m_field.argument = token.text;
            return isValue ? Expected::AfterNumber : Expected::Nothing;
        case Expected::AfterNumber:
            return token.kind == TokenKind::Close ? Expected::Operator : Expected::Nothing;
        case Expected::Operator:
            return afterField(token);
        case Expected::In:
            return isKeyword(token, "in") ? Expected::List : Expected::Nothing;
        case Expected::Value:
            return isValue ? Expected::Connective : Expected::Nothing;
        case Expected::List:
            return token.kind == TokenKind::Open ? Expected::ListValue : Expected::Nothing;
        case Expected::ListValue:
            return isValue ? Expected::AfterListValue : Expected::Nothing;
        case Expected::AfterListValue:
            return token.kind == TokenKind::Comma ? Expected::ListValue : afterCondition(token);
        case Expected::Empty:
            return isKeyword(token, "not") ? Expected::Empty : Expected::Connective;
        case Expected::Connective:
            return afterCondition(token);
        case Expected::Nothing:
            break;
        }
        return Expected::Nothing;
    }

    Expected afterBegin(const Token &token) {
        if (token.kind == TokenKind::Open || isKeyword(token, "not"))
            return Expected::Condition;
        m_field = {{}, token.text, token.where};
        const bool isName = token.kind == TokenKind::Word || token.kind == TokenKind::Text;
        return isName && !isAnyKeyword(token) ? Expected::Operator : Expected::Nothing;
    }

    Expected afterField(const Token &token) {
        if (token.kind == TokenKind::Operator)
            return Expected::Value;
        if (token.kind == TokenKind::Open)
            return m_field.function.empty() ? Expected::Metric : Expected::Nothing;
        if (isKeyword(token, "in"))
            return Expected::List;
        if (isKeyword(token, "is"))
            return Expected::Empty;
        return isKeyword(token, "not") ? Expected::In : afterCondition(token);
    }

    static Expected afterCondition(const Token &token) {
        if (token.kind == TokenKind::Close)
            return Expected::Connective;
        return isKeyword(token, "and") || isKeyword(token, "or") ? Expected::Condition : Expected::Nothing;
    }

    Expected m_expected = Expected::Condition;
    FieldName m_field;
};

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

std::vector<std::string> textsFor(const Progress &progress, const KnownNames &known,
                                  const ValuesOf &valuesOf) {
    switch (progress.expected()) {
    case Expected::Condition:
        return fieldTexts(known);
    case Expected::Metric:
        return quotedAll(metricNames(known));
    case Expected::AfterMetric:
        return takesNumber(progress.field().function) ? std::vector<std::string>{","}
                                                      : std::vector<std::string>{")"};
    case Expected::Number:
        return {"10", "100"};
    case Expected::AfterNumber:
        return {")"};
    case Expected::Operator:
        return operatorTexts(kindOf(progress.field(), known));
    case Expected::In:
        return {"in ("};
    case Expected::Value:
    case Expected::ListValue:
        return valueTexts(progress.field(), known, valuesOf);
    case Expected::List:
        return {"("};
    case Expected::AfterListValue:
        return {",", ")"};
    case Expected::Empty:
        return {"empty", "not empty"};
    case Expected::Connective:
        return {"and", "or"};
    case Expected::Nothing:
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
    Progress progress;
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
