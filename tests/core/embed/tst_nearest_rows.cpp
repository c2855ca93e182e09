// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/nearest_rows.h"
#include "core/embed/tiles.h"
#include "core/util/error.h"
#include "tests/support/feature_tables.h"
#include "tests/support/test_support.h"

#include <limits>

using namespace simclr;
using namespace simclr::test;

namespace {

/// By the definition, with all distances of a row.
std::vector<Neighbour> byDefinition(const FeatureTable &table, std::size_t row, std::size_t k,
                                    FeatureDistance distance) {
    std::vector<Neighbour> others;
    for (std::size_t i = 0; i < table.rows(); ++i)
        if (i != row)
            others.push_back({static_cast<std::uint32_t>(i),
                              static_cast<float>(distanceOf(distance, table.row(row), table.row(i)))});
    std::ranges::sort(others, isNearer);
    others.resize(std::min(k, others.size()));
    return others;
}

} // namespace

/// Exact neighbours of all rows.
class TestNearestRows : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void equalTheDefinition_data() {
        QTest::addColumn<int>("distance");
        QTest::newRow("cosine") << int(FeatureDistance::Cosine);
        QTest::newRow("Euclidean") << int(FeatureDistance::Euclidean);
    }
    void equalTheDefinition() {
        QFETCH(int, distance);
        FeatureTable table = clusters(2 * Tiles::height + 77, 24, 6); // three tiles
        for (float &value : table.values)
            value += 50; // Euclidean distances are small beside the lengths of the rows
        const NeighbourOptions options{12, FeatureDistance(distance), 0, 2};
        const auto found = nearestRows(table, options);
        QCOMPARE(found->rows(), table.rows());
        QCOMPARE(found->k, std::size_t{12});
        for (std::size_t row = 0; row < table.rows(); row += 13) {
            const auto expected = byDefinition(table, row, 12, options.distance);
            for (std::size_t i = 0; i < 12; ++i) // rounding may exchange two at nearly the same distance
                QVERIFY(std::abs(found->of(row)[i].distance - expected[i].distance) <=
                        1e-5f * (1 + expected[i].distance));
        }
    }

    void sameOnAnyNumberOfThreadsAndForAnyOrder() {
        const FeatureTable table = clusters(Tiles::height + 500, 16, 3);
        const auto one = nearestRows(table, {10, FeatureDistance::Cosine, 0, 1});
        for (const int threads : {2, 3})
            QVERIFY(nearestRows(table, {10, FeatureDistance::Cosine, 0, threads})->flat == one->flat);
        const auto other = nearestRows(table, {10, FeatureDistance::Cosine, 99, 2});
        const std::vector<float> overlap = neighbourOverlap(*one, *other);
        QVERIFY(std::ranges::count(overlap, 1.0f) > std::ptrdiff_t(0.99 * double(overlap.size())));
    }

    void earlierStepsAreOfAPartOfTheRows() {
        const FeatureTable table = clusters(3 * Tiles::height, 8, 4);
        NeighbourSearch search(table, {5, FeatureDistance::Cosine, 0, 2});
        QCOMPARE(search.steps(), 3);
        QVERIFY(search.step());
        const NeighbourTable first = search.table();
        QCOMPARE(first.rows(), table.rows());
        for (std::size_t row = 0; row < table.rows(); row += 100)
            QVERIFY(first.of(row).front().row != row);
        while (search.step()) {
        }
        QCOMPARE(search.stepsDone(), 3);
        const NeighbourTable last = search.table();
        for (std::size_t row = 0; row < table.rows(); ++row)
            QVERIFY(last.of(row).back().distance <= first.of(row).back().distance);
    }

    void tiesGoToTheSmallerRow() {
        FeatureTable table = tableOf({{1, 2, 3}});
        for (std::uint32_t i = 1; i < Tiles::height + 40; ++i) {
            table.values.insert(table.values.end(), {1, 2, 3});
            table.samples.push_back(i);
        }
        const auto found = nearestRows(table, {3, FeatureDistance::Cosine, 0, 2});
        for (const std::size_t row : {std::size_t{0}, std::size_t{1}, std::size_t{500}, Tiles::height + 39}) {
            std::vector<std::uint32_t> rows;
            for (const Neighbour &neighbour : found->of(row))
                rows.push_back(neighbour.row);
            QCOMPARE(rows, row == 0   ? (std::vector<std::uint32_t>{1, 2, 3})
                           : row == 1 ? (std::vector<std::uint32_t>{0, 2, 3})
                                      : (std::vector<std::uint32_t>{0, 1, 2}));
        }
    }

    void fewRowsHaveFewNeighbours() {
        const auto two = nearestRows(tableOf({{1, 0}, {0, 1}}), {15, FeatureDistance::Cosine, 0, 1});
        QCOMPARE(two->k, std::size_t{1});
        QCOMPARE(two->of(0).front(), (Neighbour{1, 1}));
        QCOMPARE(nearestRows(tableOf({{1, 0}}), {15, FeatureDistance::Cosine, 0, 1})->k, std::size_t{0});
    }

    void stopIsHeeded() {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!nearestRows(clusters(100, 4, 2), {}, stop.get_token()));
    }

    void featuresThatAreNotFiniteAreRefused() {
        const FeatureTable table = tableOf({{1, 0}, {std::numeric_limits<float>::quiet_NaN(), 1}});
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { nearestRows(table, {}); }), "sample 1"));
    }
};

SIMCLR_TEST(TestNearestRows)
#include "tst_nearest_rows.moc"
