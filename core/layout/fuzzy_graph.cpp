// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/fuzzy_graph.h"

#include "core/layout/for_each_row.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace simclr {

namespace {

double meanDistance(std::span<const Neighbour> neighbours) {
    double sum = 0;
    for (const Neighbour &neighbour : neighbours)
        sum += neighbour.distance;
    return neighbours.empty() ? 0 : sum / static_cast<double>(neighbours.size());
}

/// ρ: 0 if all neighbours are at distance 0.
double nearestThatDiffers(std::span<const Neighbour> neighbours) {
    const auto found = std::ranges::find_if(neighbours, [](const Neighbour &n) { return n.distance > 0; });
    return found == neighbours.end() ? 0 : found->distance;
}

double strength(double distance, double rho, double sigma) {
    return distance <= rho || sigma == 0 ? 1 : std::exp(-(distance - rho) / sigma);
}

double sumOfStrengths(std::span<const Neighbour> neighbours, double rho, double sigma) {
    double sum = 0;
    for (const Neighbour &neighbour : neighbours)
        sum += strength(neighbour.distance, rho, sigma);
    return sum;
}

/// σ by bisection, before its lower limit.
double bandwidth(std::span<const Neighbour> neighbours, double rho) {
    constexpr int iterations = 64;
    constexpr double tolerance = 1e-5;
    const double target = std::log2(static_cast<double>(neighbours.size() + 1));
    double low = 0;
    double high = std::numeric_limits<double>::infinity();
    double sigma = 1;
    for (int i = 0; i < iterations; ++i) {
        const double excess = sumOfStrengths(neighbours, rho, sigma) - target;
        if (std::abs(excess) < tolerance)
            break;
        (excess > 0 ? high : low) = sigma;
        sigma = std::isinf(high) ? 2 * sigma : (low + high) / 2;
    }
    return sigma;
}

/// The strengths i → j, (n, k).
std::vector<float> directedStrengths(const NeighbourTable &neighbours, int threads) {
    constexpr double leastScale = 1e-3; // of the mean distance
    const double meanOfAll = meanDistance(neighbours.flat);
    std::vector<float> strengths(neighbours.flat.size());
    forEachRow(neighbours.rows(), threads, [&](std::size_t i) {
        const auto row = neighbours.of(i);
        const double rho = nearestThatDiffers(row);
        const double least = leastScale * (rho > 0 ? meanDistance(row) : meanOfAll);
        const double sigma = std::max(bandwidth(row, rho), least);
        for (std::size_t j = 0; j < row.size(); ++j)
            strengths[i * neighbours.k + j] = static_cast<float>(strength(row[j].distance, rho, sigma));
    });
    return strengths;
}

/// The edges that lead to each node, from their ends in ascending order.
FuzzyGraph reversed(const NeighbourTable &neighbours, const std::vector<float> &strengths) {
    FuzzyGraph graph;
    graph.begins.assign(neighbours.rows() + 1, 0);
    graph.edges.resize(neighbours.flat.size());
    for (const Neighbour &neighbour : neighbours.flat)
        ++graph.begins[neighbour.row + 1];
    for (std::size_t i = 0; i < neighbours.rows(); ++i)
        graph.begins[i + 1] += graph.begins[i];
    std::vector<std::size_t> next(graph.begins.begin(), graph.begins.end() - 1);
    for (std::size_t at = 0; at < neighbours.flat.size(); ++at)
        graph.edges[next[neighbours.flat[at].row]++] = {static_cast<std::uint32_t>(at / neighbours.k),
                                                        strengths[at]};
    return graph;
}

using Edges = std::vector<FuzzyGraph::Edge>;

/// Edges of one node in both directions become one by a + b − ab; those of no strength are left out.
Edges joined(Edges edges) {
    std::ranges::stable_sort(edges, {}, &FuzzyGraph::Edge::to);
    Edges result;
    for (const FuzzyGraph::Edge &edge : edges) {
        if (result.empty() || result.back().to != edge.to)
            result.push_back(edge);
        else
            result.back().weight += edge.weight - result.back().weight * edge.weight;
    }
    std::erase_if(result, [](const FuzzyGraph::Edge &edge) { return edge.weight <= 0; });
    return result;
}

FuzzyGraph flattened(const std::vector<Edges> &lists) {
    FuzzyGraph graph;
    graph.begins.push_back(0);
    for (const Edges &list : lists) {
        graph.edges.insert(graph.edges.end(), list.begin(), list.end());
        graph.begins.push_back(graph.edges.size());
    }
    return graph;
}

} // namespace

FuzzyGraph fuzzyGraph(const NeighbourTable &neighbours, int threads) {
    const std::vector<float> strengths = directedStrengths(neighbours, threads);
    const FuzzyGraph incoming = reversed(neighbours, strengths);
    std::vector<Edges> lists(neighbours.rows());
    forEachRow(neighbours.rows(), threads, [&](std::size_t i) {
        const auto into = incoming.of(i);
        Edges edges(into.begin(), into.end());
        for (std::size_t j = 0; j < neighbours.k; ++j)
            edges.push_back({neighbours.of(i)[j].row, strengths[i * neighbours.k + j]});
        lists[i] = joined(std::move(edges));
    });
    return flattened(lists);
}

} // namespace simclr
