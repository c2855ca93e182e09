// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_query.h"

#include "core/store/connection.h"
#include "core/store/query/field_sql.h"
#include "core/store/query/filter_sql.h"
#include "core/store/query/text_search.h"
#include "core/util/number_text.h"
#include "core/util/steady_time.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <unordered_map>

namespace simclr {

namespace {

std::vector<std::string> textsOf(SQLite::Statement query) {
    std::vector<std::string> texts;
    while (query.executeStep())
        texts.push_back(query.getColumn(0).getString());
    return texts;
}

FieldValue valueOf(const SQLite::Column &column) {
    if (column.isNull())
        return std::monostate();
    if (column.isInteger())
        return column.getInt64();
    if (column.isFloat())
        return column.getDouble();
    return column.getString();
}

/// As a user writes it in a filter.
std::string textOf(const SQLite::Column &column) {
    return column.isFloat() ? numberText(column.getDouble()) : column.getString();
}

/// As a JSON array: one bound value for any number of runs.
std::string listOf(std::span<const RunId> runs) {
    std::string list;
    for (const RunId run : runs) {
        list += list.empty() ? '[' : ',';
        list += std::to_string(run);
    }
    return list.empty() ? "[]" : list + ']';
}

SqlText orderOf(const std::vector<SortKey> &keys, const KnownNames &known, double now) {
    SqlText sql;
    sql << " ORDER BY ";
    for (const SortKey &key : keys)
        sql << valueSql(resolveField(key.field, known), now) << " COLLATE NOCASE "
            << (key.isDescending ? SqlConstant("DESC NULLS LAST, ") : SqlConstant("ASC NULLS LAST, "));
    if (keys.empty())
        sql << "r.created DESC, ";
    return sql << "r.id DESC";
}

/// Each tag by itself, unlike its value in a column.
SqlText frequentTags() {
    SqlText sql;
    return sql << "SELECT tag FROM run_tags GROUP BY tag ORDER BY COUNT(*) DESC, tag LIMIT ";
}

SqlText frequent(const Field &field, double now) {
    SqlText sql;
    return sql
           << "SELECT value FROM (SELECT " << valueSql(field, now)
           << " AS value FROM runs r) WHERE value IS NOT NULL GROUP BY value ORDER BY COUNT(*) DESC, value "
              "LIMIT ";
}

} // namespace

std::vector<RunId> RunQuery::ids(const RunSelection &selection) const {
    return m_connection.guarded([&] {
        addTextSearch(m_connection.database());
        SQLite::Statement query = prepared(m_connection.database(), compiled(selection));
        std::vector<RunId> runs;
        while (query.executeStep())
            runs.push_back(query.getColumn(0).getInt64());
        return runs;
    });
}

SqlText RunQuery::compiled(const RunSelection &selection) const {
    const KnownNames known = names();
    const double now = wallTime();
    const FilterSql filter(selection.filter, known, now);
    SqlText sql;
    sql << filter.tables() << " SELECT r.id FROM runs r WHERE " << filter.condition();
    if (!selection.withTrashed && !mentions(selection.filter, RunField::Trashed))
        sql << " AND r.trashed IS NULL";
    if (!selection.withArchived && !mentions(selection.filter, RunField::Archived))
        sql << " AND r.archived = 0";
    return sql << orderOf(selection.order, known, now);
}

std::vector<FieldValue> RunQuery::values(const FieldName &field, std::span<const RunId> runs) const {
    return m_connection.guarded([&] {
        SqlText sql;
        sql << "SELECT r.id, " << valueSql(resolveField(field, names()), wallTime())
            << " FROM runs r WHERE r.id IN (SELECT value FROM json_each(";
        SQLite::Statement query = prepared(m_connection.database(), sql.bind(listOf(runs)) << "))");
        std::unordered_map<RunId, FieldValue> found;
        while (query.executeStep())
            found.emplace(query.getColumn(0).getInt64(), valueOf(query.getColumn(1)));
        std::vector<FieldValue> values;
        for (const RunId run : runs)
            values.push_back(found[run]);
        return values;
    });
}

ValueKind RunQuery::kind(const FieldName &field) const {
    return kindOf(resolveField(field, names()));
}

KnownNames RunQuery::names() const {
    return m_connection.guarded([&] {
        SQLite::Database &database = m_connection.database();
        KnownNames known{textsOf({database, "SELECT path FROM option_keys ORDER BY path"}),
                         textsOf({database, "SELECT name FROM metric_keys ORDER BY name"}),
                         {}};
        for (const RunStatus status : {RunStatus::Running, RunStatus::Completed, RunStatus::Cancelled,
                                       RunStatus::Failed, RunStatus::Interrupted})
            known.statuses.push_back(statusName(status));
        return known;
    });
}

std::vector<std::string> RunQuery::frequentValues(const FieldName &field, int limit) const {
    return m_connection.guarded([&] {
        const KnownNames known = names();
        const Field resolved = resolveField(field, known);
        const ValueKind kind = kindOf(resolved);
        if (kind == ValueKind::Choice)
            return known.statuses;
        SqlText sql = kind == ValueKind::Tags ? frequentTags() : frequent(resolved, wallTime());
        SQLite::Statement query = prepared(m_connection.database(), sql.bind(std::int64_t{limit}));
        std::vector<std::string> values;
        while (query.executeStep())
            values.push_back(textOf(query.getColumn(0)));
        return values;
    });
}

} // namespace simclr
