// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/condition_sql.h"

#include "core/query/literal.h"
#include "core/store/query/field_sql.h"
#include "core/util/fold_case.h"
#include "core/util/lower_case.h"

#include <algorithm>
#include <iterator>

namespace simclr {

namespace {

SqlText negated(const SqlText &condition, bool isNegated) {
    SqlText sql;
    return isNegated ? sql << "NOT (" << condition << ")" : condition;
}

SqlConstant symbolOf(Operator op) {
    switch (op) {
    case Operator::Less:
        return " < ";
    case Operator::LessOrEqual:
        return " <= ";
    case Operator::Greater:
        return " > ";
    case Operator::GreaterOrEqual:
        return " >= ";
    default:
        return " = ";
    }
}

bool isOrder(Operator op) {
    return op == Operator::Less || op == Operator::LessOrEqual || op == Operator::Greater ||
           op == Operator::GreaterOrEqual;
}

bool isText(ValueKind kind) {
    return kind == ValueKind::Text || kind == ValueKind::Choice || kind == ValueKind::Tags ||
           kind == ValueKind::Any;
}

[[noreturn]] void refuse(const Comparison &comparison, const std::string &reason) {
    throw QueryError("\"" + comparison.field.name + "\" " + reason,
                     spanOf(comparison.field.where, comparison.value.where));
}

/// Whether `text`, which is not NULL, contains the word.
SqlText hasPart(const SqlText &text, const Literal &word) {
    SqlText sql;
    sql << "text_contains(" << text << ", ";
    return sql.bind(foldCase(word.text)) << ")";
}

SqlText tagSql() {
    SqlText sql;
    return sql << "tag";
}

/// An option that is a truth is stored as 0 or 1.
void addTruth(std::vector<SqlValue> &values, const Literal &literal) {
    const std::string text = lowerCase(literal.text);
    if (text == "true" || text == "false")
        values.emplace_back(std::int64_t{text == "true" ? 1 : 0});
}

/// What an option may be stored as for which the literal was written.
std::vector<SqlValue> optionValues(const Literal &literal) {
    std::vector<SqlValue> values{literal.text};
    if (literal.isQuoted)
        return values;
    addTruth(values, literal);
    const std::string digits =
        literal.text.ends_with('%') ? literal.text.substr(0, literal.text.size() - 1) : literal.text;
    if (parseNumber(digits))
        values.emplace_back(numberOf(literal));
    return values;
}

} // namespace

SqlText ConditionSql::written(const Comparison &comparison) const {
    const Field field = resolveField(comparison.field, m_known);
    const bool isContains = comparison.op == Operator::Contains || comparison.op == Operator::ContainsNot;
    if (isContains)
        return negated(contained(field, comparison), comparison.op == Operator::ContainsNot);
    if (isOrder(comparison.op))
        return compared(field, comparison);
    return negated(equalToOne(field, {comparison.value}), comparison.op == Operator::NotEqual);
}

SqlText ConditionSql::written(const Membership &membership) const {
    return negated(equalToOne(resolveField(membership.field, m_known), membership.values),
                   membership.isNegated);
}

SqlText ConditionSql::written(const Emptiness &emptiness) const {
    SqlText sql;
    sql << valueSql(resolveField(emptiness.field, m_known), m_now);
    return emptiness.isNegated ? sql << " IS NOT NULL" : sql << " IS NULL";
}

SqlText ConditionSql::written(const BareWord &word) const {
    if (const auto flag = flagOf(word.word))
        return valueSql(*flag, m_now);
    SqlText sql;
    return sql << "(" << hasPart(searchedText(), word.word) << " OR r.id IN "
               << runsWithTag(hasPart(tagSql(), word.word)) << ")";
}

/// < <= > >=
SqlText ConditionSql::compared(const Field &field, const Comparison &comparison) const {
    const ValueKind kind = kindOf(field);
    if (kind == ValueKind::Flag || kind == ValueKind::Choice || kind == ValueKind::Tags)
        refuse(comparison, "has no order; use = or in");
    if (kind == ValueKind::Moment)
        return momentCompared(field, comparison);
    if (const auto *option = std::get_if<OptionField>(&field))
        return optionCompared(*option, comparison);
    SqlText sql;
    sql << valueSql(field, m_now) << symbolOf(comparison.op);
    return sql.bind(only(kind, comparison.value));
}

SqlText ConditionSql::optionCompared(const OptionField &field, const Comparison &comparison) const {
    const SqlValue value = optionValues(comparison.value).back(); // a number if it may be one
    const bool isNumber = std::holds_alternative<double>(value);
    SqlText sql;
    sql << valueSql(field, isNumber ? StoredType::Number : StoredType::Text) << symbolOf(comparison.op);
    return sql.bind(isNumber ? value : SqlValue(comparison.value.text));
}

/// After a day means after its end, from a day on from its begin.
SqlText ConditionSql::momentCompared(const Field &field, const Comparison &comparison) const {
    const MomentRange range = momentOf(comparison.value, m_now);
    SqlText sql;
    sql << valueSql(field, m_now);
    switch (comparison.op) {
    case Operator::Less:
        return (sql << " < ").bind(range.from);
    case Operator::LessOrEqual:
        return (sql << " < ").bind(range.to);
    case Operator::Greater:
        return (sql << " >= ").bind(range.to);
    default:
        return (sql << " >= ").bind(range.from);
    }
}

SqlText ConditionSql::contained(const Field &field, const Comparison &comparison) const {
    const ValueKind kind = kindOf(field);
    if (!isText(kind))
        refuse(comparison, "is not a text; ~ compares texts");
    SqlText sql;
    if (kind == ValueKind::Tags)
        return sql << "r.id IN " << runsWithTag(hasPart(tagSql(), comparison.value));
    return hasPart(valueSql(field, m_now), comparison.value);
}

/// = and in.
SqlText ConditionSql::equalToOne(const Field &field, const std::vector<Literal> &values) const {
    const ValueKind kind = kindOf(field);
    if (kind == ValueKind::Moment)
        return inMoments(field, values);
    std::vector<SqlValue> all;
    for (const Literal &literal : values)
        std::ranges::move(alternatives(kind, literal), std::back_inserter(all));
    SqlText sql;
    if (kind == ValueKind::Tags)
        return sql << "r.id IN " << runsWithTag(SqlText() << "tag IN (" << boundList(all) << ")");
    return sql << valueSql(field, m_now) << " IN (" << boundList(all) << ")";
}

SqlText ConditionSql::inMoments(const Field &field, const std::vector<Literal> &values) const {
    constexpr std::size_t longestChain = 100; // SQLite limits the depth of an expression, and so of a chain
    SqlText sql;
    sql << "((";
    for (std::size_t i = 0; i < values.size(); ++i) {
        const MomentRange range = momentOf(values[i], m_now);
        const SqlConstant separator = i % longestChain == 0 ? SqlConstant(") OR (") : SqlConstant(" OR ");
        sql << (i == 0 ? SqlConstant("") : separator) << valueSql(field, m_now) << " >= ";
        sql.bind(range.from) << " AND " << valueSql(field, m_now) << " < ";
        sql.bind(range.to);
    }
    return sql << "))";
}

std::vector<SqlValue> ConditionSql::alternatives(ValueKind kind, const Literal &literal) const {
    return kind == ValueKind::Any ? optionValues(literal) : std::vector{only(kind, literal)};
}

SqlValue ConditionSql::only(ValueKind kind, const Literal &literal) const {
    switch (kind) {
    case ValueKind::Number:
        return numberOf(literal);
    case ValueKind::Share:
        return shareOf(literal);
    case ValueKind::Duration:
        return secondsOf(literal);
    case ValueKind::Flag:
        return std::int64_t{truthOf(literal) ? 1 : 0};
    case ValueKind::Choice:
        return choiceOf(literal, m_known.statuses);
    default:
        return literal.text;
    }
}

} // namespace simclr
