// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/metric_blocks.h"
#include "core/store/metric_tail.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>

namespace simclr {

/// Moves points from the tail into blocks and back. Part of the transaction of its caller, who brings the
/// summaries up to date. Functions throw SQLite::Exception and DamagedRecord. Version 8 of the database is
/// made with it: if the tables ever change, the migration needs a copy of it as it is.
class MetricSealing {
  public:
    /// The most points of a block. With this number, rows of float32 as well as of float64 values fill their
    /// overflow pages of 4 KiB.
    static constexpr std::int64_t blockPoints = 1120;

    explicit MetricSealing(SQLite::Database &database) : m_blocks(database), m_tail(database) {}

    /// As long as a metric has enough points for a block: seals its oldest ones, and those of the other
    /// metrics up to the same step, unless they are very few.
    void sealFull(RunId run);
    /// Seals all points of a run.
    void sealAll(RunId run);

    /// Puts the points of all blocks into the tail that have one of `points` in their range of steps. Returns
    /// whether there were some.
    bool open(RunId run, std::int64_t metric, std::span<const MetricPoint> points);
    /// Deletes the points after `step`; the rest of a block that is cut is in the tail.
    void cutAfter(RunId run, std::int64_t metric, std::int64_t step);
    /// After open() and cutAfter(), at the end.
    void tidy(RunId run) { m_blocks.removeUnusedAxes(run); }

  private:
    using Axes = std::map<std::string, std::int64_t>; ///< ids by their bytes

    std::optional<std::int64_t> fullUntil(RunId run);
    void sealUntil(RunId run, std::int64_t step, std::size_t fewest);
    void seal(RunId run, std::int64_t metric, std::span<const MetricPoint> points, Axes &axes);
    std::int64_t axisOf(RunId run, std::span<const MetricPoint> points, Axes &axes);

    MetricBlocks m_blocks;
    MetricTail m_tail;
};

} // namespace simclr
