// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/point_summary.h"
#include "core/store/records.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace simclr {

class Connection;

/// The curves of the runs of a database. New points are rows; when a metric has enough of them, the oldest
/// are sealed in a block (metric_block.h), without any change of what is read. A part of RunStore, see there.
class Metrics {
  public:
    explicit Metrics(Connection &connection) : m_connection(connection) {}

    /// One transaction for all points; also moves the run's last step and epoch. A point at the step of an
    /// earlier one of its metric replaces it.
    void add(RunId run, std::span<const KeyedMetric> points);
    void removeAfter(RunId run, std::int64_t step);
    /// Seals all points of a run that has ended. More points may follow.
    void seal(RunId run);

    std::vector<std::string> keys(RunId run) const;
    /// One curve in the order of its steps, from the step after `afterStep`. Blocks that end before are not
    /// decoded.
    std::vector<MetricPoint> curve(RunId run, const std::string &key, std::int64_t afterStep = 0) const;
    /// The median of the values that are not NaN.
    std::optional<double> median(RunId run, const std::string &key) const;

    /// The blocks with points from `fromStep` to `toStep`, whole, and the points in that range that are not
    /// sealed, as one more part. Points are not decoded: a part has up to 1,120, so that this is for curves
    /// of which many points share a pixel.
    CurveOutline outline(RunId run, const std::string &key, std::int64_t fromStep, std::int64_t toStep) const;
    /// All metrics of a run, in the order in which the database got to know their names.
    std::vector<MetricSummary> summaries(RunId run) const;
    /// These metrics of these runs, as far as there are any; those of a run in the order of `keys`.
    std::unordered_map<RunId, std::vector<MetricSummary>> summaries(std::span<const RunId> runs,
                                                                    std::span<const std::string> keys) const;

  private:
    std::int64_t idOf(const std::string &key);
    std::optional<std::int64_t> knownId(const std::string &key) const;

    Connection &m_connection;
};

} // namespace simclr
