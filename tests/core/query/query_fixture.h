// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/field.h"
#include "core/query/parser.h"

#include <array>
#include <string>
#include <utility>

namespace simclr::test {

/// Names as a database with two kinds of runs would give them.
inline KnownNames sampleNames() {
    return {{"batch", "encoder", "learning_rate", "mine.loss", "optimiser.decay", "optimiser.momentum",
             "schedule.decay", "seed"},
            {"loss", "train/accuracy"},
            {"running", "completed", "cancelled", "failed", "interrupted"}};
}

/// An expression with all of its parentheses, "(a > 1 AND NOT b ~ 'x')", values in apostrophes if quoted.
inline std::string textOf(const Expression &expression);

inline std::string textOf(const Literal &literal) {
    return literal.isQuoted ? "'" + literal.text + "'" : literal.text;
}

inline std::string textOf(const FieldName &field) {
    return field.function.empty() ? field.name
                                  : field.function + "(" + field.name +
                                        (field.argument.empty() ? "" : ", " + field.argument) + ")";
}

inline std::string textOf(const Condition &condition) {
    static constexpr std::array operators{"=", "!=", "<", "<=", ">", ">=", "~", "!~"};
    if (const auto *word = std::get_if<BareWord>(&condition))
        return textOf(word->word);
    if (const auto *comparison = std::get_if<Comparison>(&condition))
        return textOf(comparison->field) + " " + operators[static_cast<std::size_t>(comparison->op)] + " " +
               textOf(comparison->value);
    if (const auto *emptiness = std::get_if<Emptiness>(&condition))
        return textOf(emptiness->field) + (emptiness->isNegated ? " IS NOT EMPTY" : " IS EMPTY");
    const auto &membership = std::get<Membership>(condition);
    std::string values;
    for (const Literal &value : membership.values)
        values += (values.empty() ? "" : " ") + textOf(value);
    return textOf(membership.field) + (membership.isNegated ? " NOT IN [" : " IN [") + values + "]";
}

inline std::string textOf(const Expression &expression) {
    const auto *group = std::get_if<Group>(&expression.node);
    if (group == nullptr)
        return textOf(std::get<Condition>(expression.node));
    std::string text;
    for (const Expression &part : group->parts)
        text += (text.empty() ? "" : group->kind == Group::Kind::All ? " AND " : " OR ") + textOf(part);
    return group->kind == Group::Kind::Not ? "NOT " + text : "(" + text + ")";
}

/// The error that `call` throws; one with an empty message if none.
template <typename Call>
QueryError queryErrorOf(Call &&call) {
    try {
        std::forward<Call>(call)();
    } catch (const QueryError &error) {
        return error;
    }
    return {"", {}};
}

} // namespace simclr::test
