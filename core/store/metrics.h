// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace simclr {

class Connection;

/// The curves of the runs of a database. A part of RunStore, see there.
class Metrics {
  public:
    explicit Metrics(Connection &connection) : m_connection(connection) {}

    /// One transaction for all points; also moves the run's last step and epoch.
    void add(RunId run, std::span<const KeyedMetric> points);
    void removeAfter(RunId run, std::int64_t step);

    std::vector<std::string> keys(RunId run) const;
    /// One curve in the order of its steps, from the step after `afterStep`.
    std::vector<MetricPoint> curve(RunId run, const std::string &key, std::int64_t afterStep = 0) const;
    /// The median of the values that are not NaN.
    std::optional<double> median(RunId run, const std::string &key) const;

  private:
    void insert(RunId run, std::span<const KeyedMetric> points);
    std::int64_t idOf(const std::string &key);

    Connection &m_connection;
};

} // namespace simclr
