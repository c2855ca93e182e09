// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_progress.h"

namespace simclr {

namespace {

FilterPart afterCondition(const Token &token) {
    if (token.kind == TokenKind::Close)
        return FilterPart::Connective;
    return isKeyword(token, "and") || isKeyword(token, "or") ? FilterPart::Condition : FilterPart::Nothing;
}

} // namespace

FilterPart FilterProgress::after(const Token &token) {
    const bool isValue = token.kind == TokenKind::Word || token.kind == TokenKind::Text;
    switch (m_expected) {
    case FilterPart::Condition:
        return afterBegin(token);
    case FilterPart::Metric:
        m_field = {m_field.name, token.text, token.where, {}};
        return isValue ? FilterPart::AfterMetric : FilterPart::Nothing;
    case FilterPart::AfterMetric:
        if (token.kind == TokenKind::Comma)
            return FilterPart::Number;
        return token.kind == TokenKind::Close ? FilterPart::Operator : FilterPart::Nothing;
    case FilterPart::Number:
        m_field.argument = token.text;
        return isValue ? FilterPart::AfterNumber : FilterPart::Nothing;
    case FilterPart::AfterNumber:
        return token.kind == TokenKind::Close ? FilterPart::Operator : FilterPart::Nothing;
    case FilterPart::Operator:
        return afterField(token);
    case FilterPart::In:
        return isKeyword(token, "in") ? FilterPart::List : FilterPart::Nothing;
    case FilterPart::Value:
        return isValue ? FilterPart::Connective : FilterPart::Nothing;
    case FilterPart::List:
        return token.kind == TokenKind::Open ? FilterPart::ListValue : FilterPart::Nothing;
    case FilterPart::ListValue:
        return isValue ? FilterPart::AfterListValue : FilterPart::Nothing;
    case FilterPart::AfterListValue:
        return token.kind == TokenKind::Comma ? FilterPart::ListValue : afterCondition(token);
    case FilterPart::Empty:
        return isKeyword(token, "not") ? FilterPart::Empty : FilterPart::Connective;
    case FilterPart::Connective:
        return afterCondition(token);
    case FilterPart::Nothing:
        break;
    }
    return FilterPart::Nothing;
}

FilterPart FilterProgress::afterBegin(const Token &token) {
    if (token.kind == TokenKind::Open || isKeyword(token, "not"))
        return FilterPart::Condition;
    m_field = {{}, token.text, token.where};
    const bool isName = token.kind == TokenKind::Word || token.kind == TokenKind::Text;
    return isName && !isAnyKeyword(token) ? FilterPart::Operator : FilterPart::Nothing;
}

FilterPart FilterProgress::afterField(const Token &token) {
    if (token.kind == TokenKind::Operator)
        return FilterPart::Value;
    if (token.kind == TokenKind::Open)
        return m_field.function.empty() ? FilterPart::Metric : FilterPart::Nothing;
    if (isKeyword(token, "in"))
        return FilterPart::List;
    if (isKeyword(token, "is"))
        return FilterPart::Empty;
    return isKeyword(token, "not") ? FilterPart::In : afterCondition(token);
}

} // namespace simclr
