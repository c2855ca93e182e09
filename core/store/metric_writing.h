// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/metric_sealing.h"
#include "core/store/metric_summaries.h"
#include "core/store/stored_curve.h"

#include <cstdint>
#include <vector>

namespace simclr {

/// Changes the curves of one run, with their summaries. Exists for one transaction, which must not be
/// committed after an exception: SQLite::Exception or DamagedRecord.
class MetricWriting {
  public:
    MetricWriting(SQLite::Database &database, RunId run);

    /// The points are of one metric, in any order. Of several at one step, the last one counts.
    void add(std::int64_t metric, std::vector<MetricPoint> points);
    void removeAfter(std::int64_t step);
    /// At the end of the transaction.
    void finish();

  private:
    void append(std::int64_t metric, const std::vector<MetricPoint> &points, PointSummary summary);
    void replace(std::int64_t metric, std::vector<MetricPoint> points);
    void eraseStored(std::int64_t metric, std::vector<MetricPoint> &points);

    RunId m_run;
    MetricTail m_tail;
    MetricSealing m_sealing;
    MetricSummaries m_summaries;
    StoredCurves m_curves;
    bool m_isSealingDue = false;
    bool m_isTidyingDue = false;
};

} // namespace simclr
