// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/fuzzy_graph.h"
#include "tests/support/test_support.h"

using namespace simclr;

namespace {

bool isClose(double value, double expected, double tolerance = 1e-4) {
    return std::abs(value - expected) <= tolerance;
}

float weightOf(const FuzzyGraph &graph, std::size_t from, std::uint32_t to) {
    for (const FuzzyGraph::Edge &edge : graph.of(from))
        if (edge.to == to)
            return edge.weight;
    return 0;
}

/// A ring: row i has i ± 1 and i ± 2 as neighbours, at irregular distances.
NeighbourTable ring(std::uint32_t rows) {
    NeighbourTable table;
    table.k = 4;
    for (std::uint32_t i = 0; i < rows; ++i)
        for (std::uint32_t step = 0; step < 4; ++step) {
            const std::uint32_t offset = step % 2 == 0 ? 1 + step / 2 : rows - 1 - step / 2;
            table.flat.push_back({(i + offset) % rows, 0.1f + 0.07f * static_cast<float>(step) +
                                                           0.01f * static_cast<float>(i % 5)});
        }
    return table;
}

} // namespace

/// The fuzzy simplicial set of UMAP.
class TestFuzzyGraph : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void bandwidthIsSolvedFor() {
        // Three rows, each with the two others. For row 0: distances 1 and 2, ρ = 1, 1 + exp(−1/σ) = log₂ 3,
        // so that 0 → 2 has the strength log₂ 3 − 1 = 0.58496; the same for 1 → 2 and, with ρ = 2, 2 → 1.
        const NeighbourTable table{2, {{1, 1}, {2, 2}, {0, 1}, {2, 3}, {0, 2}, {1, 3}}};
        const FuzzyGraph graph = fuzzyGraph(table, 1);
        QCOMPARE(graph.nodes(), std::size_t{3});
        QVERIFY(isClose(weightOf(graph, 0, 1), 1)); // 1 + 1 − 1
        QVERIFY(isClose(weightOf(graph, 0, 2), 1)); // 0.58496 + 1 − 0.58496
        QVERIFY(isClose(weightOf(graph, 1, 2), 2 * 0.584963 - 0.584963 * 0.584963)); // both ways
    }

    void edgesAreListedAtBothEndsInOrder() {
        const FuzzyGraph graph = fuzzyGraph(ring(40), 2);
        for (std::uint32_t i = 0; i < 40; ++i) {
            QVERIFY(!graph.of(i).empty());
            for (std::size_t at = 0; at < graph.of(i).size(); ++at) {
                const FuzzyGraph::Edge edge = graph.of(i)[at];
                QVERIFY(edge.weight > 0 && edge.weight <= 1);
                QVERIFY(at == 0 || graph.of(i)[at - 1].to < edge.to);
                QCOMPARE(weightOf(graph, edge.to, i), edge.weight);
            }
        }
    }

    void sameOnAnyNumberOfThreads() {
        const FuzzyGraph one = fuzzyGraph(ring(2000), 1);
        for (const int threads : {2, 3}) {
            const FuzzyGraph other = fuzzyGraph(ring(2000), threads);
            QVERIFY(one.begins == other.begins);
            QVERIFY(std::ranges::equal(one.edges, other.edges, [](const auto &a, const auto &b) {
                return a.to == b.to && a.weight == b.weight;
            }));
        }
    }

    void equalPointsAreAsNearAsPossible() {
        const NeighbourTable table{2, {{1, 0}, {2, 0}, {0, 0}, {2, 0}, {0, 0}, {1, 0}}};
        const FuzzyGraph graph = fuzzyGraph(table, 1);
        for (std::size_t i = 0; i < 3; ++i)
            for (const FuzzyGraph::Edge &edge : graph.of(i))
                QCOMPARE(edge.weight, 1.0f);
    }
};

SIMCLR_TEST(TestFuzzyGraph)
#include "tst_fuzzy_graph.moc"
