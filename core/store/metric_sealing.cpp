// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/metric_sealing.h"

#include "core/store/metric_block.h"
#include "core/store/stored_curve.h"

#include <algorithm>

namespace simclr {

namespace {

/// Metrics that are measured once per epoch do not get a block for each few points.
constexpr std::size_t fewestOfOthers = MetricSealing::blockPoints / 4;

/// The points are in the order of their steps.
bool hasPointWithin(std::span<const MetricPoint> points, const StepRange &steps) {
    const auto next = std::ranges::lower_bound(points, steps.first, {}, &MetricPoint::step);
    return next != points.end() && steps.contains(next->step);
}

} // namespace

void MetricSealing::sealFull(RunId run) {
    while (const auto step = fullUntil(run))
        sealUntil(run, *step, fewestOfOthers);
}

void MetricSealing::sealAll(RunId run) {
    sealFull(run);
    sealUntil(run, StepRange{}.last, 1);
}

/// The lowest step at which a metric has enough points for a block: no metric has more up to there.
std::optional<std::int64_t> MetricSealing::fullUntil(RunId run) {
    std::optional<std::int64_t> lowest;
    for (const std::int64_t metric : m_tail.metrics(run))
        if (const auto step = m_tail.stepAt(run, metric, blockPoints - 1))
            lowest = std::min(lowest.value_or(*step), *step);
    return lowest;
}

void MetricSealing::sealUntil(RunId run, std::int64_t step, std::size_t fewest) {
    Axes axes;
    const StepRange steps{StepRange{}.first, step};
    for (const std::int64_t metric : m_tail.metrics(run)) {
        const std::vector<MetricPoint> points = m_tail.points(run, metric, steps);
        if (points.size() < std::max<std::size_t>(1, fewest))
            continue;
        const auto between = m_blocks.within(run, metric, {points.front().step, points.back().step});
        for (const std::span<const MetricPoint> piece : piecesBetween(points, between))
            seal(run, metric, piece, axes);
        m_tail.remove(run, metric, steps);
    }
}

void MetricSealing::seal(RunId run, std::int64_t metric, std::span<const MetricPoint> points, Axes &axes) {
    m_blocks.add(run, metric, axisOf(run, points, axes), points);
}

std::int64_t MetricSealing::axisOf(RunId run, std::span<const MetricPoint> points, Axes &axes) {
    std::string bytes = axisBytes(points);
    if (const auto known = axes.find(bytes); known != axes.end())
        return known->second;
    const std::int64_t id = m_blocks.addAxis(run, points, bytes);
    axes.emplace(std::move(bytes), id);
    return id;
}

bool MetricSealing::open(RunId run, std::int64_t metric, std::span<const MetricPoint> points) {
    bool isOpened = false;
    for (const MetricBlock &block : m_blocks.within(run, metric, {points.front().step, points.back().step})) {
        if (!hasPointWithin(points, block.outline.steps()))
            continue;
        m_tail.put(run, metric, m_blocks.points(block));
        m_blocks.remove(block);
        isOpened = true;
    }
    return isOpened;
}

void MetricSealing::cutAfter(RunId run, std::int64_t metric, std::int64_t step) {
    const StepRange later = StepRange::after(step);
    if (later.isEmpty())
        return;
    for (const MetricBlock &block : m_blocks.within(run, metric, later)) {
        if (block.outline.first.step <= step)
            m_tail.put(run, metric, m_blocks.points(block));
        m_blocks.remove(block);
    }
    m_tail.remove(run, metric, later);
}

} // namespace simclr
