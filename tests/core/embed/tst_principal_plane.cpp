// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/principal_plane.h"
#include "core/embed/row_products.h"
#include "core/util/error.h"
#include "tests/support/feature_tables.h"
#include "tests/support/test_support.h"

#include <limits>

using namespace simclr;
using namespace simclr::test;

/// PCA to two dimensions, and the products behind it.
class TestPrincipalPlane : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void rowProductsAreThoseOfMatrices() {
        torch::manual_seed(1);
        for (const auto &[n, m, d] : {std::tuple(1, 1, 1), std::tuple(5, 3, 7), std::tuple(100, 33, 64)}) {
            const torch::Tensor a = torch::randn({n, d});
            const torch::Tensor b = torch::randn({m, d});
            const torch::Tensor products = rowProducts(a, b);
            QVERIFY(products.is_contiguous());
            QVERIFY(torch::allclose(products, torch::mm(a, b.t()), 1e-4, 1e-4));
        }
    }

    void scoresAreThoseOfTheSingularValueDecomposition() {
        const FeatureTable table = clusters(5000, 20, 4); // more than one block of rows
        const PrincipalPlane plane = principalPlane(table);
        const torch::Tensor rows = tensorOf(table).to(torch::kFloat64);
        const torch::Tensor centered = rows - rows.mean(0);
        const auto [u, s, v] = torch::linalg_svd(centered, false);
        for (const std::int64_t axis : {0, 1}) {
            const torch::Tensor loadings = v.select(0, axis);
            const double sign =
                loadings[loadings.abs().argmax().item<std::int64_t>()].item<double>() > 0 ? 1 : -1;
            const torch::Tensor scores = torch::mv(centered, loadings * sign);
            for (std::size_t i = 0; i < table.rows(); ++i) {
                const double expected = scores[static_cast<std::int64_t>(i)].item<double>();
                const double score = axis == 0 ? plane.points[i].x : plane.points[i].y;
                QVERIFY2(std::abs(score - expected) < 1e-3, qPrintable(QString::number(score - expected)));
            }
            const double share = ((s[axis] * s[axis]) / (s * s).sum()).item<double>();
            QVERIFY(std::abs(plane.explained.at(static_cast<std::size_t>(axis)) - share) < 1e-5);
        }
    }

    void sameOnAnyNumberOfThreads() {
        const FeatureTable table = clusters(10'000, 64, 10);
        const PrincipalPlane one = principalPlane(table, 1);
        for (const int threads : {2, 3})
            QVERIFY(principalPlane(table, threads).points == one.points);
        QVERIFY(one.explained[0] >= one.explained[1]);
    }

    void rowsWithoutVarianceAreOnePoint() {
        const PrincipalPlane plane = principalPlane(tableOf({{1, 2, 3}, {1, 2, 3}, {1, 2, 3}}));
        QVERIFY(std::ranges::all_of(plane.points, [](const MapPoint &point) { return point == MapPoint(); }));
        QCOMPARE(plane.explained[0], 0.0);
        QCOMPARE(principalPlane(tableOf({{4, 5}})).points.size(), std::size_t{1});
    }

    void oneDimensionIsOneAxis() {
        const PrincipalPlane plane = principalPlane(tableOf({{1}, {2}, {6}}));
        QCOMPARE(plane.points[0], (MapPoint{-2, 0}));
        QCOMPARE(plane.points[2], (MapPoint{3, 0}));
    }

    void featuresThatAreNotFiniteAreRefused() {
        const FeatureTable table = tableOf({{1, std::numeric_limits<float>::infinity()}, {0, 1}});
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { principalPlane(table); }), "sample 0"));
    }
};

SIMCLR_TEST(TestPrincipalPlane)
#include "tst_principal_plane.moc"
