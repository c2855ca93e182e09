// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/near_duplicates.h"
#include "core/embed/tiles.h"
#include "core/layout/neighbours.h"
#include "core/util/error.h"
#include "tests/support/feature_tables.h"
#include "tests/support/test_support.h"

#include <limits>

using namespace simclr;
using namespace simclr::test;

namespace {

DuplicateOptions above(double threshold, int threads = 2) {
    DuplicateOptions options;
    options.threshold = threshold;
    options.threads = threads;
    return options;
}

/// Clusters in which row `copy` is nearly row `original`.
FeatureTable withCopies(std::initializer_list<std::pair<std::size_t, std::size_t>> copies) {
    FeatureTable table = clusters(Tiles::height + 200, 32, 1000, 1.0);
    for (const auto &[original, copy] : copies)
        for (std::size_t d = 0; d < table.columns; ++d)
            table.values[copy * table.columns + d] = 2 * table.values[original * table.columns + d];
    return table;
}

} // namespace

/// Pairs of nearly equal images.
class TestNearDuplicates : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void copiesAreFoundAcrossTiles() {
        const FeatureTable table = withCopies({{3, 7}, {5, Tiles::height + 100}});
        const auto found = nearDuplicates(table, above(0.98));
        QCOMPARE(found->found, std::uint64_t{2});
        QCOMPARE(found->pairs.size(), std::size_t{2});
        QCOMPARE(found->pairs[0].first, 3u); // both have the cosine 1: by row
        QCOMPARE(found->pairs[0].second, 7u);
        QCOMPARE(found->pairs[1].second, std::uint32_t(Tiles::height + 100));
        QVERIFY(std::abs(found->pairs[0].cosine - 1) < 1e-6);
    }

    void allPairsAboveTheThresholdAreFound() {
        const FeatureTable table = clusters(Tiles::height + 60, 10, 7);
        std::uint64_t expected = 0;
        for (std::size_t j = 0; j < table.rows(); ++j)
            for (std::size_t i = 0; i < j; ++i)
                expected +=
                    1 - distanceOf(FeatureDistance::Cosine, table.row(i), table.row(j)) > 0.95 ? 1 : 0;
        const auto found = nearDuplicates(table, above(0.95));
        QVERIFY(expected > 1000);
        QVERIFY2(std::abs(double(found->found) - double(expected)) < 5, // within rounding of the threshold
                 qPrintable(QStringLiteral("%1 %2").arg(found->found).arg(expected)));
        QVERIFY(std::ranges::is_sorted(found->pairs, std::ranges::greater{}, &SimilarPair::cosine));
        QVERIFY(std::ranges::all_of(found->pairs,
                                    [](const SimilarPair &pair) { return pair.first < pair.second; }));
    }

    void mostSimilarOnesAreKept() {
        const FeatureTable table = clusters(Tiles::height + 60, 10, 7);
        const auto all = nearDuplicates(table, above(0.95));
        DuplicateOptions options = above(0.95);
        options.most = 50;
        const auto some = nearDuplicates(table, options);
        QCOMPARE(some->found, all->found);
        QCOMPARE(some->pairs.size(), std::size_t{50});
        for (std::size_t i = 0; i < 50; ++i)
            QVERIFY(std::abs(some->pairs[i].cosine - all->pairs[i].cosine) < 1e-6);
    }

    void sameOnAnyNumberOfThreads() {
        const FeatureTable table = clusters(2 * Tiles::height + 1, 10, 7);
        const auto one = nearDuplicates(table, above(0.97, 1));
        QVERIFY(!one->pairs.empty());
        for (const int threads : {2, 3})
            QVERIFY(nearDuplicates(table, above(0.97, threads))->pairs == one->pairs);
    }

    void leaksAreInDifferentSplits() {
        FeatureTable table = withCopies({{3, 7}, {5, 9}, {11, 13}});
        table.splits[9] = ImageSplit::Test;
        table.splits[13] = ImageSplit::None; // used by nothing
        QVERIFY(isLeak(table, {5, 9, 1}) && !isLeak(table, {3, 7, 1}) && !isLeak(table, {11, 13, 1}));
        table.splits[7] = ImageSplit::Learn; // nothing is measured on images of both
        QVERIFY(!isLeak(table, {3, 7, 1}) && isLeak(table, {7, 9, 1}));
        DuplicateOptions options = above(0.98);
        options.onlyLeaks = true;
        const auto found = nearDuplicates(table, options);
        QCOMPARE(found->found, std::uint64_t{1});
        QCOMPARE(found->pairs.front().second, 9u);
    }

    void equalRowsAreManyPairsInLittleMemory() {
        FeatureTable table;
        table.columns = 2;
        for (std::uint32_t i = 0; i < 2000; ++i) {
            table.values.insert(table.values.end(), {3, 4});
            table.samples.push_back(i);
            table.splits.push_back(ImageSplit::Train);
        }
        DuplicateOptions options = above(0.98);
        options.most = 3;
        const auto found = nearDuplicates(table, options);
        QCOMPARE(found->found, std::uint64_t{2000 * 1999 / 2});
        QCOMPARE(found->pairs[2].first, 0u);
        QCOMPARE(found->pairs[2].second, 3u);
    }

    void rowsOfZerosAreSimilarToNothing() {
        const auto found = nearDuplicates(tableOf({{0, 0}, {0, 0}, {1, 0}}), above(0.5));
        QCOMPARE(found->found, std::uint64_t{0});
    }

    void stopAndUnusableFeatures() {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!nearDuplicates(clusters(100, 4, 2), {}, stop.get_token()));
        const FeatureTable table = tableOf({{1, 0}, {std::numeric_limits<float>::quiet_NaN(), 1}});
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { nearDuplicates(table, {}); }), "sample 1"));
    }
};

SIMCLR_TEST(TestNearDuplicates)
#include "tst_near_duplicates.moc"
