// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/knn.h"
#include "core/evaluate/linear_evaluation.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace simclr;

namespace {

torch::Tensor normal(at::IntArrayRef sizes, std::uint64_t seed) {
    return torch::empty(sizes).normal_(0, 1, at::make_generator<at::CPUGeneratorImpl>(seed));
}

/// Two classes that every column separates a little. About as many columns as images: a classifier without
/// regularisation overfits the noise.
FeatureSet faintClasses(int images, std::int64_t columns, std::uint64_t seed) {
    FeatureSet set;
    set.labels = torch::arange(images) % 2;
    set.features = normal({images, columns}, seed);
    set.features += (set.labels.to(torch::kFloat32) * 0.5 - 0.25).unsqueeze(1);
    return set;
}

} // namespace

/// How linear evaluation tunes its regularisation.
class TestLinearEvaluation : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void strengthIsTheBestOnTheChoiceImages() {
        const FeatureSet train = faintClasses(60, 50, 1);
        const FeatureSet choice = faintClasses(400, 50, 2);
        const FeatureSet test = faintClasses(1000, 50, 3);
        const LinearEvaluationOptions options;
        const LinearEvaluation found = linearEvaluation(train, choice, train, test.features, 2);
        QCOMPARE(found.choiceAccuracies.size(), options.l2Grid.size());
        const auto best = std::ranges::max_element(found.choiceAccuracies) - found.choiceAccuracies.begin();
        QCOMPARE(found.l2, options.l2Grid[static_cast<std::size_t>(best)]);
        QVERIFY(found.l2 > 1e-3); // noise wants strong regularisation
        LinearEvaluationOptions weak;
        weak.l2Grid = {1e-5};
        const double regularised = accuracy(found.predicted, test.labels);
        const double unregularised = accuracy(linearPredictions(train, test.features, 2, weak), test.labels);
        QVERIFY2(regularised > unregularised, qPrintable(QString::number(regularised - unregularised)));
    }

    void withoutOtherImagesAPartOfTheTrainingImagesDecides() {
        const FeatureSet train = faintClasses(100, 50, 1);
        const FeatureSet test = faintClasses(1000, 50, 3);
        const LinearEvaluation found = linearEvaluation(train, test.features, 2);
        QVERIFY(!found.choiceAccuracies.empty());
        for (const double share : found.choiceAccuracies) // of the 20 held out
            QVERIFY(std::abs(share * 20 - std::round(share * 20)) < 1e-9);
        const LinearEvaluation again = linearEvaluation(train, test.features, 2);
        QVERIFY(torch::equal(found.predicted, again.predicted));
    }

    void fewImagesLeaveTheUsualStrength() {
        const LinearEvaluationOptions options;
        const LinearEvaluation found =
            linearEvaluation(faintClasses(8, 4, 1), faintClasses(8, 4, 2).features, 2);
        QVERIFY(found.choiceAccuracies.empty());
        QCOMPARE(found.l2, options.usualL2);
    }

    /// Two classes at ±1 in one column are separated at 0.
    void boundaryLiesInTheMiddle() {
        FeatureSet train;
        train.features = torch::tensor({-1.0f, 1.0f, -1.0f, 1.0f}).unsqueeze(1);
        train.labels = torch::tensor({0, 1, 0, 1}, torch::kInt64);
        const torch::Tensor queries = torch::tensor({-0.001f, 0.001f}).unsqueeze(1);
        const torch::Tensor predicted = linearPredictions(train, queries, 2);
        QCOMPARE(predicted[0].item<std::int64_t>(), std::int64_t{0});
        QCOMPARE(predicted[1].item<std::int64_t>(), std::int64_t{1});
    }
};

SIMCLR_TEST(TestLinearEvaluation, QCoreApplication)
#include "tst_linear_evaluation.moc"
