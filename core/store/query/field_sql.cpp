// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/field_sql.h"

namespace simclr {

namespace {

SqlText option(const std::string &path, SqlConstant condition) {
    SqlText sql;
    sql << "(SELECT value FROM run_options WHERE option = (SELECT id FROM option_keys WHERE path = ";
    sql.bind(path) << ") AND run = r.id" << condition << ")";
    return sql;
}

/// The column of a RunField, or an expression over columns.
SqlConstant columnOf(RunField field) {
    switch (field) {
    case RunField::Id:
        return "r.id";
    case RunField::Name:
        return "r.name";
    case RunField::Status:
        return "r.status";
    case RunField::Note:
        return "NULLIF(r.note, '')";
    case RunField::Tag:
        return "(SELECT group_concat(tag, ', ') FROM (SELECT tag FROM run_tags WHERE run = r.id ORDER BY "
               "tag))";
    case RunField::Starred:
        return "(r.starred <> 0)";
    case RunField::Archived:
        return "(r.archived <> 0)";
    case RunField::Trashed:
        return "(r.trashed IS NOT NULL)";
    case RunField::Created:
    case RunField::Age: // counted from there, see valueSql()
        return "r.created";
    case RunField::Finished:
        return "r.finished";
    case RunField::Duration:
        return "(r.finished - r.created)";
    case RunField::Seed:
        return "r.seed";
    case RunField::Device:
        return "NULLIF(r.device, '')";
    case RunField::Precision:
        return "NULLIF(r.precision, '')";
    case RunField::Images:
        return "NULLIF(r.dataset_title, '')";
    case RunField::Pipeline: // a row of run_options, see valueSql()
        return "pipeline";
    case RunField::Epoch:
        return "r.last_epoch";
    case RunField::Step:
        return "r.last_step";
    case RunField::Failure:
        return "NULLIF(r.failure, '')";
    case RunField::ImagesPerSecond:
        return "r.images_per_second";
    }
    return "NULL";
}

SqlText value(RunField field, double now) {
    const SqlConstant column = columnOf(field);
    SqlText sql;
    if (field == RunField::Pipeline)
        return option(std::string(column.text()), "");
    if (field == RunField::Age)
        return (sql << "(").bind(now) << " - " << column << ")";
    return sql << column;
}

SqlConstant summaryColumn(Summary summary) {
    switch (summary) {
    case Summary::Lowest:
        return "low";
    case Summary::Highest:
        return "high";
    case Summary::Count:
        return "count";
    default:
        return "last_value";
    }
}

/// Of the points of the curve, see curve_functions.h.
SqlText curveValue(const MetricField &field, SqlConstant function) {
    SqlText sql;
    sql << function << "(r.id, (SELECT revision FROM run_revisions WHERE run = r.id), ";
    sql.bind(field.metric) << ", ";
    return sql.bind(field.argument) << ")";
}

SqlText value(const MetricField &field) {
    if (field.summary == Summary::At)
        return curveValue(field, "metric_at");
    if (field.summary == Summary::MeanOfLast)
        return curveValue(field, "metric_mean");
    SqlText sql;
    sql << "(SELECT " << summaryColumn(field.summary)
        << " FROM metric_summaries WHERE metric = (SELECT id FROM metric_keys WHERE name = ";
    sql.bind(field.metric) << ") AND run = r.id)";
    return sql;
}

/// As latestResult(), without baselines as isBaseline() has them. Plain results of one run differ in
/// protocol, split or epoch.
SqlText newestResult(Protocol protocol, Split split) {
    SqlText sql;
    sql << "(SELECT value FROM results WHERE plain = 1 AND protocol = ";
    sql.bind(nameOf(protocol)) << " AND split = ";
    sql.bind(nameOf(split)) << " AND run = r.id";
    if (protocol != Protocol::Supervised)
        sql << " AND (epoch > 0 OR r.total_epochs = 0)";
    return sql << " ORDER BY epoch DESC LIMIT 1)";
}

SqlText value(const ResultField &field) {
    if (field.split)
        return newestResult(field.protocol, *field.split);
    SqlText sql;
    return sql << "COALESCE(" << newestResult(field.protocol, Split::Test) << ", "
               << newestResult(field.protocol, Split::Validation) << ")";
}

} // namespace

SqlText valueSql(const Field &field, double now) {
    if (const auto *run = std::get_if<RunField>(&field))
        return value(*run, now);
    if (const auto *path = std::get_if<OptionField>(&field))
        return option(path->path, "");
    if (const auto *metric = std::get_if<MetricField>(&field))
        return value(*metric);
    return value(std::get<ResultField>(field));
}

SqlText valueSql(const OptionField &field, StoredType type) {
    return option(field.path, type == StoredType::Number
                                  ? SqlConstant(" AND typeof(value) IN ('integer', 'real')")
                                  : SqlConstant(" AND typeof(value) = 'text'"));
}

SqlText searchedText() {
    SqlText sql;
    sql << "r.name || char(10) || r.note || char(10) || r.dataset_title || char(10) || r.status";
    for (const char *path : {"pipeline", "encoder"})
        sql << " || char(10) || IFNULL(" << option(path, "") << ", '')";
    return sql;
}

SqlText runsWithTag(const SqlText &condition) {
    SqlText sql;
    return sql << "(SELECT run FROM run_tags WHERE " << condition << ")";
}

} // namespace simclr
