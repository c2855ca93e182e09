// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/event.h"
#include "core/exchange/imported_run.h"

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <vector>

namespace simclr {

/// Makes the curves of a run from its events, in the order in which they were written. As in TensorBoard
/// (event_processing/event_accumulator.py), a run that restarts at a step replaces what it wrote from that
/// step on: in files of version 2 at a SessionLog.START, for all tags; in older files, and those that do not
/// state their version, whenever a step is smaller than an earlier one, for the tags of that event. If two
/// values of a tag have one step after this, the one written later is kept.
class CurveCollector {
  public:
    static constexpr std::size_t mostPoints = 10'000'000; ///< of a run, 32 bytes each
    static constexpr std::size_t mostCurves = 10'000;
    static constexpr std::size_t longestTag = 1000; ///< bytes

    void add(const Event &event);
    /// Call it once, last. A scalar named "epoch" gives the epochs of all points.
    Curves take();

    /// One sentence for each kind of value that was left out.
    std::vector<std::string> problems() const;

  private:
    struct Point {
        std::int64_t step;
        double value;
        double time;
        std::int64_t order; ///< number of the event
    };
    /// From this event on, earlier data of later steps is replaced.
    struct Restart {
        std::int64_t order;
        std::int64_t step;
    };
    struct Curve {
        bool isScalar = true; ///< false if it belongs to another plugin than the one for scalars
        std::vector<Point> points;
        std::vector<Restart> restarts;
    };

    void noteRestart(const Event &event);
    void addRestart(std::int64_t step);
    static void keepLowestSteps(std::vector<Restart> &restarts);
    static bool isReplaced(const Point &point, const std::vector<Restart> &restarts);
    void add(const EventValue &value, const Event &event);
    Curve *curveOf(const EventValue &value);
    std::vector<MetricPoint> pointsOf(Curve curve) const;

    std::map<std::string, Curve, std::less<>> m_curves;
    std::vector<Restart> m_restarts; ///< of all tags
    int m_fileVersion = 0;
    std::int64_t m_highestStep = std::numeric_limits<std::int64_t>::min();
    bool m_isBehind = false; ///< the current event of an old file has a smaller step than an earlier one
    std::int64_t m_order = 0;
    double m_time = 0; ///< the last plausible one
    std::size_t m_points = 0;
    std::size_t m_pointsAtRestart = 0;
    std::int64_t m_longTags = 0;
    std::int64_t m_furtherCurves = 0;
    std::int64_t m_furtherPoints = 0;
};

} // namespace simclr
