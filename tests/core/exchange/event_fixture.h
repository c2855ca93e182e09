// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/event_import.h"
#include "core/exchange/event_writer.h"
#include "core/exchange/record_file.h"
#include "core/exchange/wire.h"
#include "core/store/run_store.h"
#include "tests/support/test_support.h"

#include <limits>

namespace simclr::test {

/// A file name that TensorBoard and this program take for an event file.
inline std::string eventFileName(int number = 0) {
    return "events.out.tfevents.170000000" + std::to_string(number) + ".host";
}

/// A record with one scalar at a second of step 0 plus the step.
inline std::string scalarRecord(const std::string &tag, std::int64_t step, double value,
                                double start = 1.7e9) {
    return scalarsRecord(start + static_cast<double>(step), step, std::vector<TaggedValue>{{tag, value}});
}

/// SessionLog.START at a step: what follows replaces what was written from that step on.
inline std::string restartRecord(std::int64_t step, double time) {
    const std::string log = WireWriter().add(1, std::int64_t{1}).message();
    return framedRecord(WireWriter().add(1, time).add(2, step).add(7, log).message());
}

/// All points, whatever their steps.
inline std::vector<MetricPoint> wholeCurve(const RunStore &store, RunId run, const std::string &metric) {
    return store.metrics().curve(run, metric, std::numeric_limits<std::int64_t>::min());
}

inline std::vector<std::int64_t> stepsOf(const std::vector<MetricPoint> &points) {
    std::vector<std::int64_t> steps;
    for (const MetricPoint &point : points)
        steps.push_back(point.step);
    return steps;
}

} // namespace simclr::test
