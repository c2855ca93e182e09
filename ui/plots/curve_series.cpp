// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_series.h"

#include "core/curves/value_range.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace simclr::ui {

CurveSeries::CurveSeries(const CurveStyle &style, const Smoothing &smoothing, bool isLogarithmic)
    : m_style(style), m_smoothing(smoothing), m_isLogarithmic(isLogarithmic) {
    m_raw.setLogarithmic(isLogarithmic);
}

template <typename Action>
void CurveSeries::forEachLine(Action action) {
    action(m_raw);
    for (std::optional<CurveLine> *line : {&m_smooth, &m_low, &m_high})
        if (*line)
            action(**line);
}

void CurveSeries::assign(const QList<double> &xs, const QList<double> &ys) {
    m_isGroup = false;
    m_group = {};
    m_falls.clear();
    m_low.reset();
    m_high.reset();
    m_xs.assign(xs.begin(), xs.end());
    m_raw.assign({ys.begin(), ys.end()});
    if (m_isSmoothedElsewhere)
        m_smooth.reset(); // of other points
    smoothAll();
}

void CurveSeries::append(std::span<const QPointF> points) {
    std::vector<double> ys;
    ys.reserve(points.size());
    for (const QPointF &point : points) {
        m_xs.push_back(point.x());
        ys.push_back(point.y());
    }
    m_raw.append(ys);
    smoothAll();
}

void CurveSeries::assignGroup(GroupCurve group, std::vector<double> raw) {
    m_isGroup = true;
    m_falls = fallsOfCount(group);
    m_smooth.reset();
    m_xs = std::exchange(group.xs, {});
    std::vector<double> mean = std::exchange(group.mean, {});
    if (!raw.empty()) {
        m_raw.assign(std::move(raw));
        m_smooth.emplace().assign(std::move(mean));
    } else {
        m_raw.assign(std::move(mean));
    }
    m_low.emplace().assign(group.low);
    m_high.emplace().assign(group.high);
    m_group = std::move(group);
    forEachLine([this](CurveLine &line) { line.setLogarithmic(m_isLogarithmic); });
    changed();
}

void CurveSeries::setSmoothing(const Smoothing &smoothing) {
    m_smoothing = smoothing;
    smoothAll();
}

/// From all points, because the typical distance of all of them is its unit.
void CurveSeries::smoothAll() {
    changed();
    if (m_isGroup)
        return;
    if (!m_smoothing.isActive()) {
        m_smooth.reset();
        return;
    }
    if (m_isSmoothedElsewhere) {
        extendSmoothed();
        return;
    }
    if (!m_smooth)
        m_smooth.emplace().setLogarithmic(m_isLogarithmic);
    m_smooth->assign(smoothed({m_xs, m_raw.values()}, m_smoothing));
}

/// New points have no smoothed value until the next ones come.
void CurveSeries::extendSmoothed() {
    const std::size_t known = m_smooth ? m_smooth->values().size() : 0;
    if (known > 0 && known < m_xs.size())
        m_smooth->append(std::vector<double>(m_xs.size() - known, std::numeric_limits<double>::quiet_NaN()));
}

void CurveSeries::assignSmoothed(std::vector<double> values) {
    if (m_isGroup || !m_smoothing.isActive())
        return;
    values.resize(m_xs.size(), std::numeric_limits<double>::quiet_NaN());
    if (!m_smooth)
        m_smooth.emplace().setLogarithmic(m_isLogarithmic);
    m_smooth->assign(std::move(values));
    changed();
}

void CurveSeries::setLogarithmic(bool isLogarithmic) {
    m_isLogarithmic = isLogarithmic;
    forEachLine([isLogarithmic](CurveLine &line) { line.setLogarithmic(isLogarithmic); });
    changed();
}

QList<QPointF> CurveSeries::pointsOf(const CurveLine &line) const {
    QList<QPointF> result;
    result.reserve(size());
    for (std::size_t i = 0; i < m_xs.size(); ++i)
        result.append(QPointF(m_xs[i], line.values()[i]));
    return result;
}

Extremes CurveSeries::xRange(bool isLogarithmic) const {
    const auto first = isLogarithmic ? std::ranges::upper_bound(m_xs, 0.0) : m_xs.begin();
    if (first == m_xs.end() || m_raw.extremes().isEmpty())
        return {};
    return {*first, m_xs.back()};
}

Extremes CurveSeries::yRange(bool leavesOutliersOut) const {
    Extremes range;
    if (!leavesOutliersOut) {
        range.cover(m_raw.extremes());
        for (const std::optional<CurveLine> *line : {&m_smooth, &m_low, &m_high})
            if (*line)
                range.cover((*line)->extremes());
        return range;
    }
    if (!m_quantiles)
        m_quantiles = rangeWithoutOutliers(main().shown());
    return *m_quantiles;
}

std::size_t CurveSeries::nearestIndex(double x) const {
    auto right = std::ranges::lower_bound(m_xs, x);
    if (right == m_xs.end() || (right != m_xs.begin() && x - *(right - 1) < *right - x))
        --right;
    return static_cast<std::size_t>(right - m_xs.begin());
}

std::optional<QPointF> CurveSeries::nearest(double x) const {
    if (isEmpty())
        return std::nullopt;
    const std::size_t index = nearestIndex(x);
    return QPointF(m_xs[index], main().values()[index]);
}

double CurveSeries::spacingAt(double x) const {
    double spacing = std::numeric_limits<double>::infinity();
    if (isEmpty())
        return spacing;
    const std::size_t index = nearestIndex(x);
    if (index > 0)
        spacing = m_xs[index] - m_xs[index - 1];
    if (index + 1 < m_xs.size())
        spacing = std::min(spacing, m_xs[index + 1] - m_xs[index]);
    return spacing;
}

} // namespace simclr::ui
