// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/binder.h"
#include "core/store/damaged_record.h"
#include "core/store/point_summary.h"
#include "core/store/row_reader.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>

namespace simclr {

// The columns count, nan_count, low, low_step, low_epoch, high, high_step, high_epoch, in this order, of
// blocks and of summaries.

inline Binder &operator<<(Binder &binder, const std::optional<MetricExtreme> &extreme) {
    constexpr double null = std::numeric_limits<double>::quiet_NaN(); // SQLite has no NaN
    if (!extreme)
        return binder << null << null << null;
    return binder << extreme->value << extreme->step << extreme->epoch;
}

inline Binder &operator<<(Binder &binder, const PointSummary &summary) {
    return binder << summary.count << summary.nanCount << summary.low << summary.high;
}

inline std::optional<MetricExtreme> readExtreme(const RowReader &row, int column) {
    const std::optional<double> value = row.optionalReal(column);
    if (!value)
        return std::nullopt;
    return MetricExtreme{*value, row.whole(column + 1), row.real(column + 2)};
}

/// Without the last point. Throws DamagedRecord if the counts are not between 1 and `most`.
inline void readSummary(const RowReader &row, int column, RunId run, std::int64_t most,
                        PointSummary &summary) {
    summary.count = row.whole(column);
    summary.nanCount = row.whole(column + 1);
    summary.low = readExtreme(row, column + 2);
    summary.high = readExtreme(row, column + 5);
    if (summary.count < 1 || summary.count > most || summary.nanCount < 0 || summary.nanCount > summary.count)
        throw DamagedRecord("the metrics of run " + std::to_string(run) +
                            " have an impossible number of points");
}

} // namespace simclr
