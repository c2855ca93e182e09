// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/curve_collector.h"

#include "core/exchange/curve_points.h"
#include "core/util/control_characters.h"
#include "core/util/counted.h"

#include <algorithm>
#include <utility>

namespace simclr {

namespace {

constexpr int versionWithSessions = 2;
constexpr std::string_view scalarsPlugin = "scalars";

} // namespace

void CurveCollector::add(const Event &event) {
    ++m_order;
    if (isPlausibleTime(event.wallTime))
        m_time = event.wallTime;
    if (event.fileVersion)
        m_fileVersion = *event.fileVersion;
    noteRestart(event);
    for (const EventValue &value : event.values)
        add(value, event);
}

void CurveCollector::noteRestart(const Event &event) {
    m_isBehind = false;
    if (m_fileVersion >= versionWithSessions) {
        if (event.isRestart && event.step <= m_highestStep)
            addRestart(event.step);
        m_highestStep = std::max(m_highestStep, event.step);
    } else if (event.step < m_highestStep && !event.values.empty()) {
        m_isBehind = true;
    } else {
        m_highestStep = event.step;
    }
}

/// Of two without a point between them, one is enough.
void CurveCollector::addRestart(std::int64_t step) {
    if (!m_restarts.empty() && m_pointsAtRestart == m_points)
        m_restarts.back() = {m_order, std::min(step, m_restarts.back().step)};
    else
        m_restarts.push_back({m_order, step});
    m_pointsAtRestart = m_points;
}

void CurveCollector::add(const EventValue &value, const Event &event) {
    Curve *curve = curveOf(value);
    if (!curve || !curve->isScalar || !value.value)
        return;
    if (m_points == mostPoints) {
        ++m_furtherPoints;
        return;
    }
    if (m_isBehind)
        curve->restarts.push_back({m_order, event.step});
    curve->points.push_back({event.step, *value.value, m_time, m_order});
    ++m_points;
}

/// Null if the value is left out. Only the first value of a tag states its plugin.
CurveCollector::Curve *CurveCollector::curveOf(const EventValue &value) {
    if (value.tag.size() > longestTag) {
        ++m_longTags;
        return nullptr;
    }
    const auto known = m_curves.find(value.tag);
    if (known != m_curves.end())
        return &known->second;
    if (m_curves.size() == mostCurves) {
        ++m_furtherCurves;
        return nullptr;
    }
    Curve &curve = m_curves[std::string(value.tag)];
    curve.isScalar = value.plugin.empty() || value.plugin == scalarsPlugin;
    return &curve;
}

Curves CurveCollector::take() {
    Curves curves;
    keepLowestSteps(m_restarts);
    for (auto &[tag, curve] : m_curves) {
        std::vector<MetricPoint> points = pointsOf(std::exchange(curve, {}));
        if (!points.empty())
            curves.insert_or_assign(replaceControls(tag, escapedControl), std::move(points));
    }
    takeEpochs(curves);
    return curves;
}

std::vector<MetricPoint> CurveCollector::pointsOf(Curve curve) const {
    keepLowestSteps(curve.restarts);
    std::vector<MetricPoint> points;
    for (const Point &point : curve.points)
        if (!isReplaced(point, m_restarts) && !isReplaced(point, curve.restarts))
            points.push_back({point.step, 0, point.value, point.time});
    orderBySteps(points);
    return points;
}

/// Each restart gets the lowest step of itself and all later ones.
void CurveCollector::keepLowestSteps(std::vector<Restart> &restarts) {
    for (std::size_t i = restarts.size(); i-- > 1;)
        restarts[i - 1].step = std::min(restarts[i - 1].step, restarts[i].step);
}

/// `restarts` in order, each with its lowest step.
bool CurveCollector::isReplaced(const Point &point, const std::vector<Restart> &restarts) {
    const auto later = std::ranges::upper_bound(restarts, point.order, {}, &Restart::order);
    return later != restarts.end() && point.step >= later->step;
}

std::vector<std::string> CurveCollector::problems() const {
    std::vector<std::string> problems;
    if (m_longTags > 0)
        problems.push_back("left out: " + counted(m_longTags, "value", "values") +
                           " with a tag of more than " + std::to_string(longestTag) + " bytes");
    if (m_furtherCurves > 0)
        problems.push_back("left out: " + counted(m_furtherCurves, "value", "values") +
                           " of further tags than the first " + std::to_string(mostCurves));
    if (m_furtherPoints > 0)
        problems.push_back("left out: " + counted(m_furtherPoints, "point", "points") + " after the first " +
                           std::to_string(mostPoints));
    return problems;
}

} // namespace simclr
