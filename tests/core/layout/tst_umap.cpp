// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/umap.h"
#include "core/random/random.h"
#include "core/util/error.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

namespace {

constexpr std::uint32_t nodes = 400;

/// Two groups, the even and the odd rows; each row is joined to eight of its group.
FuzzyGraph twoGroups() {
    FuzzyGraph graph;
    graph.begins.push_back(0);
    for (std::uint32_t i = 0; i < nodes; ++i) {
        std::vector<FuzzyGraph::Edge> edges;
        for (const std::uint32_t step : {2u, 4u, 6u, 8u})
            for (const std::uint32_t other : {(i + step) % nodes, (i + nodes - step) % nodes})
                edges.push_back({other, 1.0f / static_cast<float>(step)});
        std::ranges::sort(edges, {}, &FuzzyGraph::Edge::to);
        graph.edges.insert(graph.edges.end(), edges.begin(), edges.end());
        graph.begins.push_back(graph.edges.size());
    }
    return graph;
}

MapPoints randomPoints() {
    MapPoints points;
    RandomStream random({5, Purpose::Shapes, 0, 0, 0});
    for (std::uint32_t i = 0; i < nodes; ++i)
        points.push_back({static_cast<float>(random.normal()), static_cast<float>(random.normal())});
    return points;
}

MapPoints layout(int threads, std::uint64_t seed, int epochs = 60) {
    UmapOptions options;
    options.threads = threads;
    options.seed = seed;
    options.epochs = epochs;
    Umap umap(twoGroups(), umapStart(randomPoints(), seed), options);
    while (umap.step()) {
    }
    return umap.points();
}

double distanceBetween(const MapPoint &a, const MapPoint &b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

} // namespace

/// The optimisation of a map.
class TestUmap : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void curveIsFittedAsByTheReference() {
        // find_ab_params(1, 0.1), (1, 0.5) and (1, 0) of umap-learn 0.5.
        for (const auto &[minDist, a, b] :
             {std::tuple(0.1, 1.57694, 0.89506), std::tuple(0.5, 0.58303, 1.33417),
              std::tuple(0.0, 1.93281, 0.79049)}) {
            const UmapCurve curve = fitUmapCurve(minDist, 1);
            QVERIFY2(std::abs(curve.a - a) < 2e-4 && std::abs(curve.b - b) < 2e-4,
                     qPrintable(QStringLiteral("%1: %2 %3").arg(minDist).arg(curve.a).arg(curve.b)));
        }
        QVERIFY(std::abs(UmapCurve().a - fitUmapCurve(0.1, 1).a) < 1e-4);
    }

    void sameOnAnyNumberOfThreads() {
        const MapPoints one = layout(1, 3);
        QVERIFY(layout(2, 3) == one);
        QVERIFY(layout(3, 3) == one);
        QVERIFY(layout(1, 4) != one); // another seed
    }

    void neighboursComeTogetherAndOthersApart() {
        const MapPoints points = layout(2, 1, 300);
        double joined = 0;
        double others = 0;
        for (std::uint32_t i = 0; i < nodes; ++i) {
            QVERIFY(std::isfinite(points[i].x) && std::isfinite(points[i].y));
            joined += distanceBetween(points[i], points[(i + 2) % nodes]) / nodes;
            others += distanceBetween(points[i], points[(i + nodes / 2 + 1) % nodes]) / nodes;
        }
        QVERIFY2(8 * joined < others, qPrintable(QStringLiteral("%1 %2").arg(joined).arg(others)));
    }

    void epochsAreCountedAndRestarted() {
        UmapOptions options;
        options.epochs = 3;
        Umap umap(twoGroups(), randomPoints(), options);
        QCOMPARE(umap.epochs(), 3);
        for (int epoch = 1; epoch <= 3; ++epoch) {
            const MapPoints before = umap.points();
            QVERIFY(umap.step());
            QCOMPARE(umap.epoch(), epoch);
            QVERIFY(umap.points() != before);
        }
        QVERIFY(!umap.step());
        umap.restart(twoGroups(), 1);
        QVERIFY(umap.step() && !umap.step());
        QCOMPARE(usualUmapEpochs(10'000), 500);
        QCOMPARE(usualUmapEpochs(10'001), 200);
    }

    void startIsScaledAndEqualPointsPart() {
        const MapPoints start = umapStart({{100, 5}, {300, 5}, {200, 5}, {200, 5}}, 0);
        QVERIFY(std::abs(start[0].x + 10) < 1e-2 && std::abs(start[1].x - 10) < 1e-2);
        QVERIFY(start[2] != start[3] && distanceBetween(start[2], start[3]) < 1e-2);
        QVERIFY(umapStart({{1, 1}, {1, 1}}, 0)[0] != umapStart({{1, 1}, {1, 1}}, 0)[1]);
    }

    void graphOfOtherImagesIsRefused() {
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([] {
                                   Umap(twoGroups(), {{0, 0}}, UmapOptions());
                               }),
                               "graph of 400"));
    }
};

SIMCLR_TEST(TestUmap)
#include "tst_umap.moc"
