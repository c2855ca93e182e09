// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/metrics.h"

#include "core/store/binder.h"
#include "core/store/columns.h"
#include "core/store/connection.h"
#include "core/store/existing_run.h"
#include "core/store/row_reader.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace simclr {

namespace {

constexpr Columns pointColumns{"step", "epoch", "value", "time"};

MetricPoint readPoint(const RowReader &row) {
    constexpr auto &at = pointColumns;
    return {row.whole(at["step"]), row.real(at["epoch"]), row.real(at["value"]), row.real(at["time"])};
}

} // namespace

void Metrics::add(RunId run, std::span<const KeyedMetric> points) {
    if (points.empty())
        return;
    const auto last =
        std::ranges::max_element(points, {}, [](const KeyedMetric &metric) { return metric.point.step; });
    changeRun(m_connection, run, [&] {
        insert(run, points);
        SQLite::Statement update(m_connection.database(), "UPDATE runs SET last_step = MAX(last_step, ?), "
                                                          "last_epoch = MAX(last_epoch, ?) WHERE id = ?");
        Binder(update) << last->point.step << last->point.epoch << run;
        update.exec();
    });
}

void Metrics::insert(RunId run, std::span<const KeyedMetric> points) {
    std::map<std::string, std::int64_t> ids;
    for (const KeyedMetric &metric : points)
        ids.emplace(metric.key, 0);
    for (auto &[key, id] : ids)
        id = idOf(key);
    SQLite::Statement insert(m_connection.database(),
                             "INSERT OR REPLACE INTO metrics (run, metric, step, epoch, value, time) "
                             "VALUES (?, ?, ?, ?, ?, ?)");
    for (const auto &[key, point] : points) {
        Binder(insert) << run << ids.at(key) << point.step << point.epoch << point.value << point.time;
        insert.exec();
        insert.reset();
    }
}

/// The row of a metric's name, which is added if it is new.
std::int64_t Metrics::idOf(const std::string &key) {
    SQLite::Statement insert(m_connection.database(), "INSERT OR IGNORE INTO metric_keys (name) VALUES (?)");
    insert.bind(1, key);
    insert.exec();
    SQLite::Statement query(m_connection.database(), "SELECT id FROM metric_keys WHERE name = ?");
    query.bind(1, key);
    query.executeStep();
    return query.getColumn(0).getInt64();
}

void Metrics::removeAfter(RunId run, std::int64_t step) {
    changeRun(m_connection, run, [&] {
        SQLite::Statement remove(m_connection.database(), "DELETE FROM metrics WHERE run = ? AND step > ?");
        Binder(remove) << run << step;
        remove.exec();
    });
}

std::vector<std::string> Metrics::keys(RunId run) const {
    return m_connection.guarded([&] {
        SQLite::Statement query(m_connection.database(),
                                "SELECT name FROM metric_keys WHERE EXISTS (SELECT 1 FROM metrics WHERE run "
                                "= ? AND metric = metric_keys.id) ORDER BY metric_keys.id");
        query.bind(1, run);
        std::vector<std::string> keys;
        while (query.executeStep())
            keys.push_back(query.getColumn(0).getString());
        return keys;
    });
}

std::vector<MetricPoint> Metrics::curve(RunId run, const std::string &key, std::int64_t afterStep) const {
    return m_connection.guarded([&] {
        SQLite::Statement query(m_connection.database(),
                                pointColumns.selectFrom("metrics") +
                                    "WHERE run = ? AND metric = (SELECT id FROM metric_keys WHERE name = ?) "
                                    "AND step > ? ORDER BY step");
        Binder(query) << run << key << afterStep;
        std::vector<MetricPoint> points;
        while (query.executeStep())
            points.push_back(readPoint(RowReader(query)));
        return points;
    });
}

std::optional<double> Metrics::median(RunId run, const std::string &key) const {
    std::vector<double> values;
    for (const MetricPoint &point : curve(run, key, std::numeric_limits<std::int64_t>::min()))
        if (!std::isnan(point.value))
            values.push_back(point.value);
    if (values.empty())
        return std::nullopt;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    if (values.size() % 2 == 1)
        return *middle;
    return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

} // namespace simclr
