// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/filter_sql.h"

#include <algorithm>
#include <span>

namespace simclr {

namespace {

/// SQLite's parser has a stack of 100 entries, of which a level takes about three.
constexpr int levelsOfATable = 8;
/// "a OR b OR c" is a tree as deep as it is long; at most 1,000 levels are possible.
constexpr std::size_t longestChain = 50;

SqlText chain(std::span<const SqlText> parts, SqlConstant separator) {
    SqlText sql;
    for (const SqlText &part : parts)
        sql << (sql.isEmpty() ? SqlConstant("(") : separator) << part;
    return sql << ")";
}

/// In chains of chains.
SqlText joined(std::vector<SqlText> parts, SqlConstant separator) {
    while (parts.size() > longestChain) {
        std::vector<SqlText> shorter;
        for (std::span<const SqlText> rest = parts; !rest.empty();
             rest = rest.subspan(std::min(longestChain, rest.size())))
            shorter.push_back(chain(rest.first(std::min(longestChain, rest.size())), separator));
        parts = std::move(shorter);
    }
    return chain(parts, separator);
}

} // namespace

FilterSql::FilterSql(const Expression &filter, const KnownNames &known, double now)
    : m_conditions(known, now), m_condition(write(filter, false, 0)) {}

SqlText FilterSql::write(const Expression &part, bool isNegated, int level) {
    if (const auto *group = std::get_if<Group>(&part.node))
        return write(*group, isNegated, level);
    const SqlText condition = m_conditions.write(std::get<Condition>(part.node));
    return isNegated ? SqlText() << "NOT (" << condition << ")" : condition;
}

SqlText FilterSql::write(const Group &group, bool isNegated, int level) {
    if (group.parts.empty())
        return SqlText() << (isNegated ? SqlConstant("0") : SqlConstant("1"));
    if (group.kind == Group::Kind::Not)
        return write(group.parts.front(), !isNegated, level);
    std::vector<SqlText> parts;
    for (const Expression &part : group.parts)
        parts.push_back(write(part, isNegated, level + 1));
    const bool isAnd = (group.kind == Group::Kind::All) != isNegated;
    const SqlText condition = joined(std::move(parts), isAnd ? SqlConstant(" AND ") : SqlConstant(" OR "));
    return level > 0 && level % levelsOfATable == 0 ? asTable(condition) : condition;
}

SqlText FilterSql::asTable(const SqlText &condition) {
    m_tables << (m_tables.isEmpty() ? SqlConstant("WITH p") : SqlConstant(", p"));
    m_tables.number(++m_tableCount) << " (id) AS MATERIALIZED (SELECT r.id FROM runs r WHERE " << condition
                                    << ")";
    SqlText sql;
    sql << "r.id IN (SELECT id FROM p";
    return sql.number(m_tableCount) << ")";
}

} // namespace simclr
