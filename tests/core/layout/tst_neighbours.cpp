// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/neighbours.h"
#include "core/util/error.h"
#include "tests/support/feature_tables.h"
#include "tests/support/test_support.h"

#include <limits>

using namespace simclr;
using namespace simclr::test;

/// Neighbours of one image, and how neighbours change between encoders.
class TestNeighbours : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void distancesAreThoseOfTheirFormulas() {
        const std::vector<float> a{3, 4};
        const std::vector<float> b{4, 3};
        QCOMPARE(distanceOf(FeatureDistance::Euclidean, a, b), std::sqrt(2.0));
        QVERIFY(std::abs(distanceOf(FeatureDistance::Cosine, a, b) - (1 - 24.0 / 25)) < 1e-12);
        QCOMPARE(distanceOf(FeatureDistance::Cosine, a, std::vector<float>{0, 0}), 1.0);
    }

    void nearestComeFirstAndTheImageItselfIsLeftOut() {
        const FeatureTable table = tableOf({{1, 0}, {0, 1}, {2, 0.1f}, {-1, 0}});
        const auto nearest = nearestToRow(table, 0, 10, FeatureDistance::Cosine);
        QCOMPARE(nearest.size(), std::size_t{3}); // no more rows
        QCOMPARE(nearest[0].row, 2u);
        QCOMPARE(nearest[1].row, 1u);
        QCOMPARE(nearest[2].row, 3u);
        QCOMPARE(nearest[2].distance, 2.0f);
        // By their Euclidean distances 1.41, 1.005 and 2.
        QCOMPARE(nearestToRow(table, 0, 1, FeatureDistance::Euclidean).front().row, 2u);
    }

    void tiesGoToTheSmallerRow() {
        const FeatureTable table = tableOf({{0, 1}, {1, 0}, {1, 0}, {1, 0}, {1, 0}});
        const auto nearest = nearestToRow(table, 3, 2, FeatureDistance::Cosine);
        QCOMPARE(nearest[0].row, 1u);
        QCOMPARE(nearest[1].row, 2u);
    }

    void sameOnAnyNumberOfThreads() {
        const FeatureTable table = clusters(3000, 37, 5); // 37: not a multiple of the lanes
        const auto one = nearestToRow(table, 17, 20, FeatureDistance::Cosine, 1);
        for (const int threads : {2, 3})
            QVERIFY(nearestToRow(table, 17, 20, FeatureDistance::Cosine, threads) == one);
        for (const Neighbour &neighbour : one)
            QCOMPARE(table.labels[neighbour.row], table.labels[17]);
        for (const Neighbour &neighbour : one)
            QVERIFY(std::abs(neighbour.distance - distanceOf(FeatureDistance::Cosine, table.row(17),
                                                             table.row(neighbour.row))) < 1e-5);
    }

    /// All cosines round to 1 in single precision.
    void nearlyEqualRowsAreToldApart() {
        FeatureTable table;
        table.columns = 2;
        for (std::uint32_t i = 0; i < 30; ++i) {
            table.values.insert(table.values.end(), {1, 1e-5f * static_cast<float>(30 - i)});
            table.samples.push_back(i);
        }
        const auto nearest = nearestTo(table, std::vector<float>{1, 0}, 3, FeatureDistance::Cosine);
        QCOMPARE(nearest[0].row, 29u);
        QCOMPARE(nearest[1].row, 28u);
        QCOMPARE(nearest[2].row, 27u);
    }

    void anotherQueryNeedsAsManyValues() {
        const FeatureTable table = tableOf({{1, 0}, {0, 1}});
        QCOMPARE(nearestTo(table, std::vector<float>{0, 2}, 1, FeatureDistance::Cosine).front().row, 1u);
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] {
                                   nearestTo(table, std::vector<float>{1, 2, 3}, 1, FeatureDistance::Cosine);
                               }),
                               "3 values"));
    }

    void featuresThatAreNotFiniteAreRefused() {
        FeatureTable table = tableOf({{1, 0}, {0, std::numeric_limits<float>::quiet_NaN()}});
        table.samples[1] = 42;
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { requireUsable(table); }), "sample 42"));
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([] { requireUsable({}); }), "no features"));
        QCOMPARE(rowOf(table, 42), std::size_t{1});
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { rowOf(table, 1); }), "sample 1"));
    }

    void overlapIsTheJaccardIndex() {
        const NeighbourTable first{2, {{1, 0}, {2, 0}, {0, 0}, {2, 0}, {0, 0}, {1, 0}}};
        const NeighbourTable second{2, {{2, 0.5f}, {1, 0.5f}, {0, 0}, {3, 0}, {3, 0}, {4, 0}}};
        const std::vector<float> overlap = neighbourOverlap(first, second);
        QCOMPARE(overlap.size(), std::size_t{3});
        QCOMPARE(overlap[0], 1.0f);
        QCOMPARE(overlap[1], 1.0f / 3);
        QCOMPARE(overlap[2], 0.0f);
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] {
                                   neighbourOverlap(first, {1, {{1, 0}}});
                               }),
                               "same images"));
    }
};

SIMCLR_TEST(TestNeighbours)
#include "tst_neighbours.moc"
