// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/curve_functions.h"

#include "core/store/stored_curve.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <ranges>
#include <sqlite3.h>
#include <string>
#include <unordered_map>
#include <utility>

namespace simclr {

namespace {

/// Epochs are fractions of steps.
constexpr double tolerance = 1e-6;

std::optional<std::int64_t> metricId(SQLite::Database &database, const std::string &name) {
    SQLite::Statement query(database, "SELECT id FROM metric_keys WHERE name = ?");
    query.bind(1, name);
    return query.executeStep() ? std::optional(query.getColumn(0).getInt64()) : std::nullopt;
}

std::optional<double> valueAt(StoredCurves &curves, RunId run, std::int64_t metric, double epoch) {
    const CurveOutline outline = curves.outline(run, metric, {});
    if (outline.empty() || outline.back().last.epoch < epoch - tolerance)
        return std::nullopt;
    const auto isUpTo = [epoch](const auto &point) { return point.epoch <= epoch + tolerance; };
    const auto after = std::ranges::find_if_not(
        outline, [&](const OutlinePart &part) { return isUpTo(part.first); }); // epochs never decrease
    if (after == outline.begin())
        return std::nullopt;
    const std::vector<MetricPoint> points = curves.points(run, metric, std::prev(after)->steps());
    for (const MetricPoint &point : std::views::reverse(points))
        if (isUpTo(point))
            return point.value;
    return std::nullopt;
}

std::optional<double> meanOfLast(StoredCurves &curves, RunId run, std::int64_t metric, double count) {
    double sum = 0;
    double known = 0;
    const CurveOutline outline = curves.outline(run, metric, {});
    for (const OutlinePart &part : std::views::reverse(outline)) {
        const std::vector<MetricPoint> points = curves.points(run, metric, part.steps());
        for (const MetricPoint &point : std::views::reverse(points))
            if (!std::isnan(point.value) && known < count) {
                sum += point.value;
                ++known;
            }
        if (known >= count)
            break;
    }
    return known > 0 ? std::optional(sum / known) : std::nullopt;
}

/// What one of the functions has returned, by metric and argument.
class CurveFunction {
  public:
    using Compute = std::optional<double> (*)(StoredCurves &, RunId, std::int64_t, double);

    CurveFunction(SQLite::Database &database, Compute function) : m_database(database), m_compute(function) {}

    std::optional<double> value(RunId run, std::int64_t revision, const std::string &metric,
                                double argument) {
        if (m_columns.size() >= mostColumns)
            m_columns.clear();
        Known &known = m_columns[{metric, argument}][run];
        if (known.revision != revision)
            known = {revision, compute(run, metric, argument)};
        return known.value;
    }

  private:
    static constexpr std::size_t mostColumns = 64;

    struct Known {
        std::int64_t revision = -1;
        std::optional<double> value;
    };

    std::optional<double> compute(RunId run, const std::string &metric, double argument) const {
        const auto id = metricId(m_database, metric);
        if (!id)
            return std::nullopt;
        StoredCurves curves(m_database);
        const auto value = m_compute(curves, run, *id, argument);
        return value && !std::isnan(*value) ? value : std::nullopt;
    }

    SQLite::Database &m_database;
    Compute m_compute;
    std::map<std::pair<std::string, double>, std::unordered_map<RunId, Known>> m_columns;
};

/// No exception may pass through SQLite.
void call(sqlite3_context *context, int /*count*/, sqlite3_value **arguments) noexcept {
    auto &function = *static_cast<CurveFunction *>(sqlite3_user_data(context));
    try {
        const auto *name = reinterpret_cast<const char *>(sqlite3_value_text(arguments[2]));
        const auto value =
            function.value(sqlite3_value_int64(arguments[0]), sqlite3_value_int64(arguments[1]),
                           name == nullptr ? "" : name, sqlite3_value_double(arguments[3]));
        if (value)
            sqlite3_result_double(context, *value);
        else
            sqlite3_result_null(context);
    } catch (const std::bad_alloc &) {
        sqlite3_result_error_nomem(context);
    } catch (const std::exception &error) {
        sqlite3_result_error(context, error.what(), -1);
    }
}

void add(SQLite::Database &database, const char *name, CurveFunction::Compute compute) {
    constexpr int arguments = 4;
    const auto destroy = [](void *function) { delete static_cast<CurveFunction *>(function); };
    const int result =
        sqlite3_create_function_v2(database.getHandle(), name, arguments, SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                   new CurveFunction(database, compute), call, nullptr, nullptr,
                                   destroy); // also destroys it if it fails
    if (result != SQLITE_OK)
        throw SQLite::Exception(database.getHandle(), result);
}

} // namespace

void addCurveFunctions(SQLite::Database &database) {
    add(database, "metric_at", valueAt);
    add(database, "metric_mean", meanOfLast);
}

} // namespace simclr
