// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/point_summary.h"

#include <SQLiteCpp/Statement.h>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace simclr {

/// A sealed part of a curve, without its points.
struct MetricBlock {
    RunId run = 0;
    std::int64_t metric = 0;
    std::int64_t axis = 0;
    OutlinePart outline;
};

/// The tables `metric_blocks` and `metric_axes`: the points that are sealed. The blocks of a curve do not
/// overlap. Functions throw SQLite::Exception, and those that read DamagedRecord.
class MetricBlocks {
  public:
    explicit MetricBlocks(SQLite::Database &database);

    /// Those whose range of steps overlaps `steps`, in their order.
    std::vector<MetricBlock> within(RunId run, std::int64_t metric, const StepRange &steps);
    std::vector<MetricPoint> points(const MetricBlock &block);

    /// `bytes` are axisBytes(points). Returns the id of the axis.
    std::int64_t addAxis(RunId run, std::span<const MetricPoint> points, const std::string &bytes);
    void add(RunId run, std::int64_t metric, std::int64_t axis, std::span<const MetricPoint> points);
    void remove(const MetricBlock &block);
    /// Deletes the axes that no block of the run uses any more.
    void removeUnusedAxes(RunId run);

  private:
    std::vector<MetricPoint> decoded(const MetricBlock &block);

    SQLite::Database &m_database;
    SQLite::Statement m_within;
    SQLite::Statement m_bytes;
    SQLite::Statement m_addAxis;
    SQLite::Statement m_add;
    SQLite::Statement m_remove;
    SQLite::Statement m_removeUnusedAxes;
};

} // namespace simclr
