// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/stored_curve.h"

#include <algorithm>
#include <iterator>

namespace simclr {

namespace {

void appendWithin(std::vector<MetricPoint> &points, const std::vector<MetricPoint> &more,
                  const StepRange &steps) {
    const auto begin = std::ranges::lower_bound(more, steps.first, {}, &MetricPoint::step);
    const auto end = std::ranges::upper_bound(more, steps.last, {}, &MetricPoint::step);
    points.insert(points.end(), begin, end);
}

std::int64_t firstStep(const OutlinePart &part) {
    return part.first.step;
}

} // namespace

std::vector<MetricPoint> StoredCurves::points(RunId run, std::int64_t metric, const StepRange &steps) {
    std::vector<MetricPoint> points;
    for (const MetricBlock &block : m_blocks.within(run, metric, steps))
        appendWithin(points, m_blocks.points(block), steps);
    const auto sealed = static_cast<std::ptrdiff_t>(points.size());
    std::ranges::copy(m_tail.points(run, metric, steps), std::back_inserter(points));
    std::ranges::inplace_merge(points, points.begin() + sealed, {}, &MetricPoint::step);
    return points;
}

CurveOutline StoredCurves::outline(RunId run, std::int64_t metric, const StepRange &steps) {
    const std::vector<MetricBlock> blocks = m_blocks.within(run, metric, steps);
    const std::vector<MetricPoint> tail = m_tail.points(run, metric, steps);
    CurveOutline outline;
    std::ranges::transform(blocks, std::back_inserter(outline), &MetricBlock::outline);
    std::ranges::transform(piecesBetween(tail, blocks), std::back_inserter(outline), outlineOf);
    std::ranges::sort(outline, {}, firstStep);
    return outline;
}

PointSummary StoredCurves::summary(RunId run, std::int64_t metric) {
    PointSummary summary;
    for (const OutlinePart &part : outline(run, metric, {}))
        include(summary, static_cast<const PointSummary &>(part));
    return summary;
}

std::vector<std::span<const MetricPoint>> piecesBetween(std::span<const MetricPoint> points,
                                                        std::span<const MetricBlock> blocks) {
    std::vector<std::span<const MetricPoint>> pieces;
    const auto add = [&](std::span<const MetricPoint> piece) {
        if (!piece.empty())
            pieces.push_back(piece);
    };
    for (const MetricBlock &block : blocks) {
        const auto next = std::ranges::lower_bound(points, block.outline.first.step, {}, &MetricPoint::step);
        const auto count = static_cast<std::size_t>(next - points.begin());
        add(points.first(count));
        points = points.subspan(count);
    }
    add(points);
    return pieces;
}

} // namespace simclr
