// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/expression.h"
#include "core/query/lexer.h"

namespace simclr {

/// What the grammar of parseFilter() allows next.
enum class FilterPart {
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

/// Follows the grammar over the tokens of an unfinished filter line, without errors. Plain value.
class FilterProgress {
  public:
    void read(const Token &token) { m_expected = after(token); }

    FilterPart expected() const { return m_expected; }
    /// The field of the current condition.
    const FieldName &field() const { return m_field; }

  private:
    FilterPart after(const Token &token);
    FilterPart afterBegin(const Token &token);
    FilterPart afterField(const Token &token);

    FilterPart m_expected = FilterPart::Condition;
    FieldName m_field;
};

} // namespace simclr
