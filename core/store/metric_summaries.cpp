// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/metric_summaries.h"

#include "core/store/columns.h"
#include "core/store/summary_columns.h"
#include "core/util/json.h"

#include <SQLiteCpp/Database.h>

namespace simclr {

namespace {

constexpr Columns summaryColumns{"count",      "nan_count", "low",        "low_step",  "low_epoch",
                                 "high",       "high_step", "high_epoch", "last_step", "last_epoch",
                                 "last_value", "last_time", "run",        "name"};

/// So many points fit into no database, and two such numbers can be added.
constexpr std::int64_t mostPoints = std::int64_t{1} << 60;

std::string selectSummaries() {
    return summaryColumns.selectFrom("metric_summaries JOIN metric_keys ON metric_keys.id = metric");
}

PointSummary readSummary(const RowReader &row, RunId run) {
    constexpr auto &at = summaryColumns;
    PointSummary summary;
    readSummary(row, at["count"], run, mostPoints, summary);
    summary.last = {row.whole(at["last_step"]), row.real(at["last_epoch"]), row.real(at["last_value"]),
                    row.real(at["last_time"])};
    return summary;
}

MetricSummary readNamed(const RowReader &row) {
    const RunId run = row.whole(summaryColumns["run"]);
    return {readSummary(row, run), row.text(summaryColumns["name"])};
}

} // namespace

MetricSummaries::MetricSummaries(SQLite::Database &database)
    : m_of(database, selectSummaries() + "WHERE metric = ? AND run = ?"),
      m_write(database,
              "INSERT OR REPLACE INTO metric_summaries (metric, run, count, nan_count, low, low_step, "
              "low_epoch, high, high_step, high_epoch, last_step, last_epoch, last_value, last_time) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      m_remove(database, "DELETE FROM metric_summaries WHERE metric = ? AND run = ?"),
      m_metricsAfter(database, "SELECT metric FROM metric_summaries WHERE run = ? AND last_step > ?") {}

std::optional<PointSummary> MetricSummaries::of(RunId run, std::int64_t metric) {
    m_of.reset();
    Binder(m_of) << metric << run;
    std::optional<PointSummary> summary;
    if (m_of.executeStep())
        summary = readSummary(RowReader(m_of), run);
    m_of.reset();
    return summary;
}

void MetricSummaries::write(RunId run, std::int64_t metric, const PointSummary &summary) {
    SQLite::Statement &statement = summary.count > 0 ? m_write : m_remove;
    statement.reset();
    Binder binder(statement);
    binder << metric << run;
    if (summary.count > 0)
        binder << summary << summary.last.step << summary.last.epoch << summary.last.value
               << summary.last.time;
    statement.exec();
    statement.reset();
}

std::vector<std::int64_t> MetricSummaries::metricsAfter(RunId run, std::int64_t step) {
    m_metricsAfter.reset();
    Binder(m_metricsAfter) << run << step;
    std::vector<std::int64_t> metrics;
    while (m_metricsAfter.executeStep())
        metrics.push_back(m_metricsAfter.getColumn(0).getInt64());
    m_metricsAfter.reset();
    return metrics;
}

std::vector<MetricSummary> readSummaries(SQLite::Database &database, RunId run) {
    SQLite::Statement query(database, selectSummaries() + "WHERE run = ? ORDER BY metric");
    Binder(query) << run;
    std::vector<MetricSummary> summaries;
    while (query.executeStep())
        summaries.push_back(readNamed(RowReader(query)));
    return summaries;
}

std::unordered_map<RunId, std::vector<MetricSummary>>
readSummaries(SQLite::Database &database, std::span<const RunId> runs, std::span<const std::string> keys) {
    SQLite::Statement query(database, selectSummaries() +
                                          "WHERE metric = (SELECT id FROM metric_keys WHERE name "
                                          "= ?) AND run IN (SELECT value FROM json_each(?))");
    const Json wanted = std::vector<RunId>(runs.begin(), runs.end());
    std::unordered_map<RunId, std::vector<MetricSummary>> summaries;
    for (const std::string &key : keys) {
        query.reset();
        Binder(query) << key << wanted;
        while (query.executeStep())
            summaries[query.getColumn(summaryColumns["run"]).getInt64()].push_back(
                readNamed(RowReader(query)));
    }
    return summaries;
}

} // namespace simclr
