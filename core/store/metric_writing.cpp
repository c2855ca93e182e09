// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/metric_writing.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace simclr {

namespace {

/// Whether there are enough points for a block is checked each time a curve has grown by so many.
constexpr std::int64_t pointsPerCheck = MetricSealing::blockPoints / 8;

std::vector<MetricPoint> inOrder(std::vector<MetricPoint> points) {
    std::ranges::stable_sort(points, {}, &MetricPoint::step);
    std::vector<MetricPoint> unique;
    for (const MetricPoint &point : points)
        if (!unique.empty() && unique.back().step == point.step)
            unique.back() = point;
        else
            unique.push_back(point);
    return unique;
}

/// As they are stored: there is one NaN.
bool isSame(double one, double other) {
    return one == other || (std::isnan(one) && std::isnan(other));
}

bool isSame(const MetricPoint &one, const MetricPoint &other) {
    return one.step == other.step && isSame(one.epoch, other.epoch) && isSame(one.value, other.value) &&
           isSame(one.time, other.time);
}

} // namespace

MetricWriting::MetricWriting(SQLite::Database &database, RunId run)
    : m_run(run), m_tail(database), m_sealing(database), m_summaries(database), m_curves(database) {}

void MetricWriting::add(std::int64_t metric, std::vector<MetricPoint> points) {
    points = inOrder(std::move(points));
    const auto summary = m_summaries.of(m_run, metric);
    if (!summary || points.front().step > summary->last.step)
        append(metric, points, summary.value_or(PointSummary{}));
    else
        replace(metric, std::move(points));
}

void MetricWriting::append(std::int64_t metric, const std::vector<MetricPoint> &points,
                           PointSummary summary) {
    const std::int64_t before = summary.count / pointsPerCheck;
    m_tail.put(m_run, metric, points);
    for (const MetricPoint &point : points)
        include(summary, point);
    m_summaries.write(m_run, metric, summary);
    m_isSealingDue = m_isSealingDue || summary.count / pointsPerCheck != before;
}

/// Some of the points may be within blocks. A journal is often applied again: what is stored stays.
void MetricWriting::replace(std::int64_t metric, std::vector<MetricPoint> points) {
    eraseStored(metric, points);
    if (points.empty())
        return;
    const bool isOpened = m_sealing.open(m_run, metric, points);
    m_tail.put(m_run, metric, points);
    m_summaries.write(m_run, metric, m_curves.summary(m_run, metric));
    m_isSealingDue = true;
    m_isTidyingDue = m_isTidyingDue || isOpened;
}

void MetricWriting::eraseStored(std::int64_t metric, std::vector<MetricPoint> &points) {
    const std::vector<MetricPoint> stored =
        m_curves.points(m_run, metric, {points.front().step, points.back().step});
    std::erase_if(points, [&](const MetricPoint &point) {
        const auto found = std::ranges::lower_bound(stored, point.step, {}, &MetricPoint::step);
        return found != stored.end() && isSame(*found, point);
    });
}

void MetricWriting::removeAfter(std::int64_t step) {
    for (const std::int64_t metric : m_summaries.metricsAfter(m_run, step)) {
        m_sealing.cutAfter(m_run, metric, step);
        m_summaries.write(m_run, metric, m_curves.summary(m_run, metric));
    }
    m_isTidyingDue = true;
}

void MetricWriting::finish() {
    if (m_isSealingDue)
        m_sealing.sealFull(m_run);
    if (m_isTidyingDue)
        m_sealing.tidy(m_run);
}

} // namespace simclr
