// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/point_summary.h"

#include <SQLiteCpp/Statement.h>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace simclr {

/// The table `metrics`: the points that are not sealed in blocks yet, one row each. Functions throw
/// SQLite::Exception.
class MetricTail {
  public:
    explicit MetricTail(SQLite::Database &database);

    /// A point at the step of another one replaces it.
    void put(RunId run, std::int64_t metric, std::span<const MetricPoint> points);
    /// In the order of their steps.
    std::vector<MetricPoint> points(RunId run, std::int64_t metric, const StepRange &steps);
    void remove(RunId run, std::int64_t metric, const StepRange &steps);

    /// The metrics of a run that have points here.
    std::vector<std::int64_t> metrics(RunId run);
    /// The step of the point at `place`, counted from 0, if there are so many.
    std::optional<std::int64_t> stepAt(RunId run, std::int64_t metric, std::int64_t place);

  private:
    SQLite::Statement m_put;
    SQLite::Statement m_points;
    SQLite::Statement m_remove;
    SQLite::Statement m_metrics;
    SQLite::Statement m_stepAt;
};

} // namespace simclr
