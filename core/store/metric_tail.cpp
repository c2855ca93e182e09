// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/metric_tail.h"

#include "core/store/binder.h"
#include "core/store/columns.h"
#include "core/store/row_reader.h"

#include <SQLiteCpp/Database.h>

namespace simclr {

namespace {

constexpr Columns pointColumns{"step", "epoch", "value", "time"};

MetricPoint readPoint(const RowReader &row) {
    constexpr auto &at = pointColumns;
    return {row.whole(at["step"]), row.real(at["epoch"]), row.real(at["value"]), row.real(at["time"])};
}

constexpr const char *ofMetric = "WHERE run = ? AND metric = ? ";
constexpr const char *inRange = "AND step BETWEEN ? AND ? ";

} // namespace

MetricTail::MetricTail(SQLite::Database &database)
    : m_put(database, "INSERT OR REPLACE INTO metrics (run, metric, step, epoch, value, time) "
                      "VALUES (?, ?, ?, ?, ?, ?)"),
      m_points(database, pointColumns.selectFrom("metrics") + ofMetric + inRange + "ORDER BY step"),
      m_remove(database, std::string("DELETE FROM metrics ") + ofMetric + inRange),
      m_metrics(database, "SELECT id FROM metric_keys WHERE EXISTS (SELECT 1 FROM metrics WHERE run = ? AND "
                          "metric = metric_keys.id)"),
      m_stepAt(database,
               std::string("SELECT step FROM metrics ") + ofMetric + "ORDER BY step LIMIT 1 OFFSET ?") {}

void MetricTail::put(RunId run, std::int64_t metric, std::span<const MetricPoint> points) {
    for (const MetricPoint &point : points) {
        m_put.reset();
        Binder(m_put) << run << metric << point.step << point.epoch << point.value << point.time;
        m_put.exec();
    }
    m_put.reset();
}

std::vector<MetricPoint> MetricTail::points(RunId run, std::int64_t metric, const StepRange &steps) {
    m_points.reset();
    Binder(m_points) << run << metric << steps.first << steps.last;
    std::vector<MetricPoint> points;
    while (m_points.executeStep())
        points.push_back(readPoint(RowReader(m_points)));
    m_points.reset();
    return points;
}

void MetricTail::remove(RunId run, std::int64_t metric, const StepRange &steps) {
    m_remove.reset();
    Binder(m_remove) << run << metric << steps.first << steps.last;
    m_remove.exec();
    m_remove.reset();
}

std::vector<std::int64_t> MetricTail::metrics(RunId run) {
    m_metrics.reset();
    Binder(m_metrics) << run;
    std::vector<std::int64_t> metrics;
    while (m_metrics.executeStep())
        metrics.push_back(m_metrics.getColumn(0).getInt64());
    m_metrics.reset();
    return metrics;
}

std::optional<std::int64_t> MetricTail::stepAt(RunId run, std::int64_t metric, std::int64_t place) {
    m_stepAt.reset();
    Binder(m_stepAt) << run << metric << place;
    std::optional<std::int64_t> step;
    if (m_stepAt.executeStep())
        step = m_stepAt.getColumn(0).getInt64();
    m_stepAt.reset();
    return step;
}

} // namespace simclr
