// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/metric_blocks.h"
#include "core/store/metric_tail.h"

#include <cstdint>
#include <vector>

namespace simclr {

/// Reads curves, whose points are partly in blocks and partly in the tail, in any order. Functions throw
/// SQLite::Exception and DamagedRecord; they need a transaction or a ReadMoment.
class StoredCurves {
  public:
    explicit StoredCurves(SQLite::Database &database) : m_blocks(database), m_tail(database) {}

    /// Decodes only blocks that overlap `steps`.
    std::vector<MetricPoint> points(RunId run, std::int64_t metric, const StepRange &steps);
    /// Decodes nothing.
    CurveOutline outline(RunId run, std::int64_t metric, const StepRange &steps);
    /// Of all points; count is 0 if there is none. Decodes nothing.
    PointSummary summary(RunId run, std::int64_t metric);

  private:
    MetricBlocks m_blocks;
    MetricTail m_tail;
};

/// The pieces of `points`, in the order of their steps, between which there is no block of `blocks`, in the
/// same order.
std::vector<std::span<const MetricPoint>> piecesBetween(std::span<const MetricPoint> points,
                                                        std::span<const MetricBlock> blocks);

} // namespace simclr
