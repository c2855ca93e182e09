// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/nearest_rows.h"
#include "core/embed/principal_plane.h"
#include "core/embed/representation_map.h"
#include "core/embed/tiles.h"
#include "core/util/error.h"
#include "tests/support/feature_tables.h"
#include "tests/support/test_support.h"

#include <limits>

using namespace simclr;
using namespace simclr::test;

namespace {

const auto ignore = [](const MapProgress &) {};

MapOptions quickly(int threads = 2) {
    MapOptions options;
    options.epochs = 30;
    options.threads = threads;
    return options;
}

FeatureTable tableOfPoints(const MapPoints &points) {
    FeatureTable table;
    table.columns = 2;
    for (std::uint32_t i = 0; i < points.size(); ++i) {
        table.values.insert(table.values.end(), {points[i].x, points[i].y});
        table.samples.push_back(i);
    }
    return table;
}

/// How often a neighbour on the map is of the same class.
double purity(const FeatureTable &table, const MapPoints &points) {
    const FeatureTable map = tableOfPoints(points);
    const auto nearest = nearestRows(map, {5, FeatureDistance::Euclidean, 0, 2});
    std::size_t same = 0;
    for (std::size_t row = 0; row < table.rows(); ++row)
        for (const Neighbour &neighbour : nearest->of(row))
            same += table.labels[row] == table.labels[neighbour.row] ? 1 : 0;
    return double(same) / double(nearest->flat.size());
}

/// Trustworthiness (Venna and Kaski 2001): 1 if all neighbours on the map are neighbours in the features.
double trustworthiness(const FeatureTable &table, const MapPoints &points, std::size_t k) {
    const std::size_t n = table.rows();
    const FeatureTable map = tableOfPoints(points);
    const auto onMap = nearestRows(map, {k, FeatureDistance::Euclidean, 0, 2});
    double penalty = 0;
    for (std::size_t row = 0; row < n; ++row) {
        const auto ranked = nearestToRow(table, row, n, FeatureDistance::Cosine, 1);
        std::vector<std::size_t> rank(n);
        for (std::size_t i = 0; i < ranked.size(); ++i)
            rank[ranked[i].row] = i + 1;
        for (const Neighbour &neighbour : onMap->of(row))
            penalty += double(rank[neighbour.row] > k ? rank[neighbour.row] - k : 0);
    }
    return 1 - penalty * 2 / (double(n) * double(k) * double(2 * n - 3 * k - 1));
}

} // namespace

/// Maps from features.
class TestRepresentationMap : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void classesAreParted() {
        const FeatureTable table = clusters(1200, 32, 6);
        MapOptions options = quickly();
        options.epochs = 200;
        const auto points = makeMap(table, options, {}, ignore);
        QVERIFY(purity(table, *points) > 0.99);
    }

    void neighboursOnTheMapAreNeighbours() {
        const FeatureTable table = clusters(600, 3, 1, 1.0); // one class: what remains is the order within it
        MapOptions options = quickly();
        options.epochs = 0;
        const auto points = makeMap(table, options, {}, ignore);
        const double kept = trustworthiness(table, *points, 10);
        QVERIFY2(kept > 0.93, qPrintable(QString::number(kept)));
        const double before = trustworthiness(table, principalPlane(table).points, 10);
        QVERIFY2(kept > before, qPrintable(QStringLiteral("%1 %2").arg(kept).arg(before)));
    }

    void sameOnAnyNumberOfThreads() {
        const FeatureTable table =
            clusters(Tiles::height + 300, 24, 5); // moves before all neighbours are known
        const auto one = makeMap(table, quickly(1), {}, ignore);
        for (const int threads : {2, 3})
            QVERIFY(*makeMap(table, quickly(threads), {}, ignore) == *one);
        MapOptions other = quickly();
        other.seed = 1;
        QVERIFY(*makeMap(table, other, {}, ignore) != *one);
    }

    void picturesComeOneAfterAnother() {
        const FeatureTable table = clusters(3 * Tiles::height, 16, 5);
        std::vector<MapPoints> pictures;
        std::vector<double> done;
        const auto points = makeMap(table, quickly(), {}, [&](const MapProgress &progress) {
            pictures.push_back(progress.points);
            done.push_back(progress.done);
        });
        QCOMPARE(pictures.size(), std::size_t{1 + 2 * 10 + 30}); // PCA, two first graphs, all neighbours
        QVERIFY(pictures.back() == *points);
        QCOMPARE(done.front(), 0.0);
        QCOMPARE(done.back(), 1.0);
        QVERIFY(std::ranges::is_sorted(done));
        for (std::size_t i = 1; i < pictures.size(); ++i)
            QVERIFY(pictures[i] != pictures[i - 1]);
    }

    void pcaIsOnePicture() {
        const FeatureTable table = clusters(300, 8, 3);
        MapOptions options;
        options.method = mapMethodFromName("pca");
        int pictures = 0;
        const auto points = makeMap(table, options, {}, [&](const MapProgress &) { ++pictures; });
        QVERIFY(*points == principalPlane(table).points);
        QCOMPARE(pictures, 1);
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([] { mapMethodFromName("tsne"); }),
                               "use pca or umap"));
    }

    void startsAtAnEarlierMap() {
        const FeatureTable table = clusters(2 * Tiles::height, 16, 5);
        MapOptions options = quickly();
        options.start = *makeMap(table, options, {}, ignore);
        MapPoints first;
        const auto points = makeMap(table, options, {}, [&](const MapProgress &progress) {
            if (first.empty())
                first = progress.points;
        });
        QVERIFY(first == options.start);
        QVERIFY(*points != options.start);
        options.start.pop_back();
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { makeMap(table, options, {}, ignore); }),
                               "cannot start with"));
    }

    void stopIsHeededBetweenPictures() {
        const FeatureTable table = clusters(500, 8, 3);
        std::stop_source stop;
        int pictures = 0;
        const auto points = makeMap(table, quickly(), stop.get_token(), [&](const MapProgress &) {
            if (++pictures == 5)
                stop.request_stop();
        });
        QVERIFY(!points);
        QCOMPARE(pictures, 5);
        QVERIFY(!makeMap(table, quickly(), stop.get_token(), ignore));
    }

    void degenerateInputsHaveMaps() {
        for (const std::size_t count : {1u, 2u, 3u, 20u}) { // also fewer images than neighbours
            FeatureTable table = clusters(count, 4, 1);
            std::ranges::fill(table.values, 1.0f); // all equal
            const auto points = makeMap(table, quickly(), {}, ignore);
            QCOMPARE(points->size(), count);
            for (const MapPoint &point : *points)
                QVERIFY(std::isfinite(point.x) && std::isfinite(point.y));
        }
    }

    void featuresThatAreNotFiniteAreRefused() {
        const FeatureTable table = tableOf({{1, 0}, {std::numeric_limits<float>::quiet_NaN(), 1}});
        QVERIFY(
            isClearMessage(thrownMessage<InvalidInput>([&] { makeMap(table, {}, {}, ignore); }), "sample 1"));
    }
};

SIMCLR_TEST(TestRepresentationMap)
#include "tst_representation_map.moc"
