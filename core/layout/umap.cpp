// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/umap.h"

#include "core/layout/for_each_row.h"
#include "core/layout/map_random.h"
#include "core/util/error.h"

#include <algorithm>
#include <cmath>

namespace simclr {

namespace {

/// More groups come nearer to the reference's order, fewer are faster.
constexpr std::size_t groups = 16;
constexpr float furthestMove = 4; ///< of one pull or push along an axis, times the rate

float clipped(float move) {
    return std::clamp(move, -furthestMove, furthestMove);
}

float squaredDistance(const MapPoint &a, const MapPoint &b) {
    return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

/// How often something of this rate per epoch has happened by the end of `epoch` but not before.
int timesIn(int epoch, double rate) {
    return static_cast<int>((epoch + 1) * rate) - static_cast<int>(epoch * rate);
}

MapPoint centerOf(const MapPoints &points) {
    double x = 0;
    double y = 0;
    for (const MapPoint &point : points) {
        x += point.x;
        y += point.y;
    }
    const auto count = static_cast<double>(points.size());
    return {static_cast<float>(x / count), static_cast<float>(y / count)};
}

} // namespace

int usualUmapEpochs(std::size_t images) {
    return images <= 10'000 ? 500 : 200;
}

MapPoints umapStart(MapPoints points, std::uint64_t seed) {
    constexpr float extent = 10;
    constexpr double noise = 1e-4;
    const MapPoint center = centerOf(points);
    float largest = 0;
    for (const MapPoint &point : points)
        largest = std::max({largest, std::abs(point.x - center.x), std::abs(point.y - center.y)});
    const float scale = largest > 0 ? extent / largest : 1;
    for (std::size_t i = 0; i < points.size(); ++i) {
        RandomStream random = mapRandom(seed, MapDraw::Start, 0, i);
        points[i].x = (points[i].x - center.x) * scale + static_cast<float>(noise * random.normal());
        points[i].y = (points[i].y - center.y) * scale + static_cast<float>(noise * random.normal());
    }
    return points;
}

Umap::Umap(FuzzyGraph graph, MapPoints start, const UmapOptions &options)
    : m_points(std::move(start)),
      m_options(options),
      m_epochs(options.epochs > 0 ? options.epochs : usualUmapEpochs(m_points.size())) {
    const UmapCurve curve = fitUmapCurve(options.minDist, options.spread);
    m_a = static_cast<float>(curve.a);
    m_b = static_cast<float>(curve.b);
    setGraph(std::move(graph));
}

void Umap::setGraph(FuzzyGraph graph) {
    if (graph.nodes() != m_points.size())
        throw InvalidInput("a map of " + std::to_string(m_points.size()) +
                           " images cannot be made from a graph of " + std::to_string(graph.nodes()));
    m_graph = std::move(graph);
    m_strongest = 0;
    for (const FuzzyGraph::Edge &edge : m_graph.edges)
        m_strongest = std::max(m_strongest, edge.weight);
}

void Umap::restart(FuzzyGraph graph, int epochs) {
    setGraph(std::move(graph));
    m_epochs = epochs;
    m_epoch = 0;
}

bool Umap::step() {
    if (m_epoch >= m_epochs)
        return false;
    m_rate = static_cast<float>(m_options.rate * (1 - double(m_epoch) / m_epochs));
    for (std::size_t group = 0; group < std::min(groups, m_points.size()); ++group)
        moveGroup(group);
    ++m_epoch;
    ++m_allEpochs;
    return true;
}

/// A group is every 16th point, so that no part of the map moves before another.
void Umap::moveGroup(std::size_t group) {
    const std::size_t count = (m_points.size() - group + groups - 1) / groups;
    m_moved.resize(count);
    forEachRow(count, m_options.threads, [&](std::size_t i) { m_moved[i] = moved(group + i * groups); });
    for (std::size_t i = 0; i < count; ++i)
        m_points[group + i * groups] = m_moved[i];
}

MapPoint Umap::moved(std::size_t node) const {
    MapPoint point = m_points[node];
    RandomStream random = mapRandom(m_options.seed, MapDraw::Forces, m_allEpochs, node);
    for (const FuzzyGraph::Edge &edge : m_graph.of(node)) {
        const double rate = double{edge.weight} / m_strongest;
        // The reference moves both ends of an edge, from each of them.
        for (int times = timesIn(m_epoch, 2 * rate); times > 0; --times)
            pull(point, m_points[edge.to]);
        for (int times = m_options.negatives * timesIn(m_epoch, rate); times > 0; --times)
            push(point, node, random);
    }
    return point;
}

void Umap::pull(MapPoint &point, const MapPoint &other) const {
    const float distance = squaredDistance(point, other);
    if (distance <= 0)
        return;
    const float power = std::pow(distance, m_b);
    const float force = -2 * m_a * m_b * power / (distance * (1 + m_a * power));
    move(point, other, force);
}

void Umap::push(MapPoint &point, std::size_t node, RandomStream &random) const {
    constexpr float softening = 0.001f;
    const std::size_t chosen = random.below(static_cast<std::uint32_t>(m_points.size()));
    const MapPoint &other = m_points[chosen];
    const float distance = squaredDistance(point, other);
    if (chosen == node || distance <= 0)
        return;
    const float force = 2 * m_b / ((softening + distance) * (1 + m_a * std::pow(distance, m_b)));
    move(point, other, force);
}

/// Along the line from `other`; away from it if `force` is positive.
void Umap::move(MapPoint &point, const MapPoint &other, float force) const {
    point.x += m_rate * clipped(force * (point.x - other.x));
    point.y += m_rate * clipped(force * (point.y - other.y));
}

} // namespace simclr
