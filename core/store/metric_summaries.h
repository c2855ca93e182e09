// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/point_summary.h"

#include <SQLiteCpp/Statement.h>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace simclr {

/// The table `metric_summaries`: one row per curve, so that last, lowest and highest values of many runs are
/// read without their points. Functions throw SQLite::Exception, and those that read DamagedRecord.
class MetricSummaries {
  public:
    explicit MetricSummaries(SQLite::Database &database);

    std::optional<PointSummary> of(RunId run, std::int64_t metric);
    /// Without points, the row is deleted.
    void write(RunId run, std::int64_t metric, const PointSummary &summary);
    /// The metrics of a run that have points after `step`.
    std::vector<std::int64_t> metricsAfter(RunId run, std::int64_t step);

  private:
    SQLite::Statement m_of;
    SQLite::Statement m_write;
    SQLite::Statement m_remove;
    SQLite::Statement m_metricsAfter;
};

/// All metrics of a run, in the order in which the database got to know their names.
std::vector<MetricSummary> readSummaries(SQLite::Database &database, RunId run);
/// These metrics of these runs, as far as there are any; those of a run in the order of `keys`.
std::unordered_map<RunId, std::vector<MetricSummary>>
readSummaries(SQLite::Database &database, std::span<const RunId> runs, std::span<const std::string> keys);

} // namespace simclr
