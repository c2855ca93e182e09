// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/diagnostics.h"
#include "core/model/weights.h"
#include "core/train/pretrainer.h"
#include "tests/support/test_support.h"

#include <QTest>
#include <cmath>
#include <numeric>

using namespace simclr;

namespace {

torch::Tensor normal(std::int64_t rows, std::int64_t columns) {
    return torch::empty({rows, columns}).normal_(0, 1, at::make_generator<at::CPUGeneratorImpl>(5));
}

bool isNear(double actual, double expected, double tolerance) {
    if (std::abs(actual - expected) <= tolerance)
        return true;
    qWarning("%g is not within %g of %g", actual, tolerance, expected);
    return false;
}

} // namespace

/// Diagnostics of representations with known values.
class TestDiagnostics : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void pairsOnTwoAxes() {
        // Two images, views (1, 0) and (0, 1), each pair identical: distances are 0 within and √2 between.
        const torch::Tensor z = torch::eye(2).repeat({2, 1});
        const RepresentationQuality quality = representationQuality(z, z);
        QVERIFY(isNear(quality.alignment, 0, 1e-12));
        // Each view has one other at distance 0 and two at squared distance 2.
        QVERIFY(isNear(quality.uniformity, std::log((1 + 2 * std::exp(-4.0)) / 3), 1e-12));
        QVERIFY(isNear(quality.spread, 0.5 * std::sqrt(2.0), 1e-12));
        QVERIFY(isNear(quality.rankZ, 2, 1e-9));
        QCOMPARE(quality.top1, 1.0);
    }

    void lengthOfZDoesNotMatter() {
        const torch::Tensor z = normal(16, 8);
        const RepresentationQuality one = representationQuality(z, z);
        const RepresentationQuality other = representationQuality(z, 7 * z);
        QVERIFY(isNear(other.alignment, one.alignment, 1e-6));
        QVERIFY(isNear(other.uniformity, one.uniformity, 1e-6));
        QVERIFY(isNear(other.rankZ, one.rankZ, 1e-4));
    }

    void evenSphereIsHealthy() {
        const torch::Tensor z = normal(512, 32);
        const RepresentationQuality quality = representationQuality(z, z);
        QVERIFY(isNear(quality.spread, 1, 0.02));
        QVERIFY(isNear(quality.alignment, 2, 0.1)); // unrelated pairs
        QVERIFY(quality.rankZ > 30);
        QVERIFY(collapseWarning(quality, 32).empty());
    }

    void rankCountsWhatIsUsed() {
        QVERIFY(isNear(effectiveRank(torch::eye(6)), 6, 1e-9));
        QVERIFY(isNear(effectiveRank(torch::ones({6, 9})), 1, 1e-6));
        // Singular values 3 and 1: p = 3/4, 1/4.
        const double expected = std::exp(-(0.75 * std::log(0.75) + 0.25 * std::log(0.25)));
        QVERIFY(isNear(effectiveRank(torch::diag(torch::tensor({3.0, 1.0, 0.0}))), expected, 1e-9));
    }

    void collapseIsNamed() {
        const torch::Tensor point = torch::ones({16, 8}) + 1e-4 * normal(16, 8);
        const RepresentationQuality collapsed = representationQuality(point, point);
        QVERIFY(test::contains(collapseWarning(collapsed, 8), "one point"));
        QVERIFY(representationQuality(torch::ones({8, 4}), torch::ones({8, 4})).top1 < 0.01);
        const torch::Tensor line = normal(16, 1).mul(torch::ones({1, 8}));
        QVERIFY(test::contains(collapseWarning(representationQuality(line, line), 8), "line"));
        const torch::Tensor broken = torch::full({4, 4}, std::nan(""));
        QVERIFY(test::contains(collapseWarning(representationQuality(broken, broken), 8), "not finite"));
    }

    void collapseIsReportedIfItPersists() {
        CollapseDetector watch;
        QCOMPARE(watch.next("Warning"), std::string()); // as in many first epochs
        QCOMPARE(watch.next(""), std::string());
        QCOMPARE(watch.next("Warning"), std::string());
        QCOMPARE(watch.next("Warning"), std::string("Warning"));
        QCOMPARE(watch.next("Warning"), std::string());
        QVERIFY(test::contains(watch.next(""), "recovered"));
        QCOMPARE(watch.next(""), std::string());
        QCOMPARE(watch.next("Warning", true), std::string("Warning")); // the last epoch
        QCOMPARE(watch.next("Warning"), std::string());
        QVERIFY(test::contains(watch.next(""), "recovered"));
    }

    void measuresTheSameViewsAndKeepsTheNetworks() {
        const DatasetPtr shapes = openDataset("shapes");
        std::vector<std::uint32_t> samples(40);
        std::iota(samples.begin(), samples.end(), 0u);
        TrainOptions options;
        options.width = 0.125;
        options.precision = "fp32";
        options.threads = 1;
        const ViewRenderer renderer(pipelineByName("simclr-cifar10"), 16);
        const Diagnostics diagnostics(*shapes, samples, renderer, 1, chooseDevice(options));
        ResNet encoder = makeEncoder(options);
        ProjectionHead head(HeadOptions{"nonlinear", encoder->featureSize(), 16, 1, true});
        initialise(*head, 3);
        const std::string before = stateHash(*encoder) + stateHash(*head);
        const auto first = diagnostics.measure(encoder, head);
        const auto second = diagnostics.measure(encoder, head);
        QVERIFY(first && second);
        QCOMPARE(second->alignment, first->alignment);
        QCOMPARE(second->rankH, first->rankH);
        QVERIFY(first->alignment > 0);
        QCOMPARE(stateHash(*encoder) + stateHash(*head), before);
    }
};

SIMCLR_TEST(TestDiagnostics, QCoreApplication)
#include "tst_diagnostics.moc"
