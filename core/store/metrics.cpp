// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/metrics.h"

#include "core/store/binder.h"
#include "core/store/connection.h"
#include "core/store/existing_run.h"
#include "core/store/metric_writing.h"
#include "core/store/read_moment.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace simclr {

void Metrics::add(RunId run, std::span<const KeyedMetric> points) {
    if (points.empty())
        return;
    const auto last =
        std::ranges::max_element(points, {}, [](const KeyedMetric &metric) { return metric.point.step; });
    std::map<std::string, std::vector<MetricPoint>> curves;
    for (const auto &[key, point] : points)
        curves[key].push_back(point);
    changeRun(m_connection, run, [&] {
        MetricWriting writing(m_connection.database(), run);
        for (auto &[key, curve] : curves)
            writing.add(idOf(key), std::move(curve));
        writing.finish();
        SQLite::Statement update(m_connection.database(), "UPDATE runs SET last_step = MAX(last_step, ?), "
                                                          "last_epoch = MAX(last_epoch, ?) WHERE id = ?");
        Binder(update) << last->point.step << last->point.epoch << run;
        update.exec();
    });
}

/// The row of a metric's name, which is added if it is new.
std::int64_t Metrics::idOf(const std::string &key) {
    if (const auto known = knownId(key))
        return *known;
    SQLite::Statement insert(m_connection.database(), "INSERT INTO metric_keys (name) VALUES (?)");
    insert.bind(1, key);
    insert.exec();
    return m_connection.database().getLastInsertRowid();
}

std::optional<std::int64_t> Metrics::knownId(const std::string &key) const {
    SQLite::Statement query(m_connection.database(), "SELECT id FROM metric_keys WHERE name = ?");
    query.bind(1, key);
    return query.executeStep() ? std::optional(query.getColumn(0).getInt64()) : std::nullopt;
}

void Metrics::removeAfter(RunId run, std::int64_t step) {
    changeRun(m_connection, run, [&] {
        MetricWriting writing(m_connection.database(), run);
        writing.removeAfter(step);
        writing.finish();
    });
}

void Metrics::seal(RunId run) {
    changeRun(m_connection, run, [&] { MetricSealing(m_connection.database()).sealAll(run); });
}

std::vector<std::string> Metrics::keys(RunId run) const {
    return m_connection.guarded([&] {
        SQLite::Statement query(
            m_connection.database(),
            "SELECT name FROM metric_summaries JOIN metric_keys ON metric_keys.id = metric "
            "WHERE run = ? ORDER BY metric");
        query.bind(1, run);
        std::vector<std::string> keys;
        while (query.executeStep())
            keys.push_back(query.getColumn(0).getString());
        return keys;
    });
}

std::vector<MetricPoint> Metrics::curve(RunId run, const std::string &key, std::int64_t afterStep) const {
    return m_connection.guarded([&] {
        const ReadMoment moment(m_connection.database());
        const auto metric = knownId(key);
        const StepRange steps = StepRange::after(afterStep);
        if (!metric || steps.isEmpty())
            return std::vector<MetricPoint>();
        return StoredCurves(m_connection.database()).points(run, *metric, steps);
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

CurveOutline Metrics::outline(RunId run, const std::string &key, std::int64_t fromStep,
                              std::int64_t toStep) const {
    return m_connection.guarded([&] {
        const ReadMoment moment(m_connection.database());
        const auto metric = knownId(key);
        const StepRange steps{fromStep, toStep};
        if (!metric || steps.isEmpty())
            return CurveOutline();
        return StoredCurves(m_connection.database()).outline(run, *metric, steps);
    });
}

std::vector<MetricSummary> Metrics::summaries(RunId run) const {
    return m_connection.guarded([&] { return readSummaries(m_connection.database(), run); });
}

std::unordered_map<RunId, std::vector<MetricSummary>>
Metrics::summaries(std::span<const RunId> runs, std::span<const std::string> keys) const {
    return m_connection.guarded([&] {
        const ReadMoment moment(m_connection.database());
        return readSummaries(m_connection.database(), runs, keys);
    });
}

} // namespace simclr
