// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/random/random.h"
#include "core/statistics/random_forest.h"
#include "core/statistics/regression_tree.h"
#include "tests/support/test_support.h"

using namespace simclr;

namespace {

/// Cases with a number, two categories and a number that means nothing.
struct Cases {
    std::vector<ForestFeature> features{{{}, true}, {{}, false}, {{}, true}};
    std::vector<double> target;
};

/// The target depends on the square of the number, which no correlation sees, and on whether the category is
/// the second of three, in the ratio of the weights, and on noise.
Cases cases(std::size_t count, double ofNumber, double ofCategory, double noise) {
    RandomStream random({.seed = 5, .purpose = Purpose::Subset});
    Cases all;
    for (std::size_t i = 0; i < count; ++i) {
        const double number = random.uniform(-1, 1);
        const double category = random.below(3);
        all.features[0].values.push_back(number);
        all.features[1].values.push_back(category);
        all.features[2].values.push_back(random.uniform());
        all.target.push_back(ofNumber * number * number + ofCategory * (category == 1 ? 1 : 0) +
                             noise * random.normal());
    }
    return all;
}

ForestImportance importanceOf(const Cases &all) {
    return forestImportance(all.features, all.target, 1).value();
}

} // namespace

class TestRandomForest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void findsWhatMatters() {
        const ForestImportance forest = importanceOf(cases(300, 1, 1, 0.05));
        QCOMPARE(forest.cases, std::size_t{300});
        QVERIFY(forest.explained > 0.8 && forest.explained <= 1);
        QVERIFY(forest.importance[0] > 0.1);
        QVERIFY(forest.importance[1] > 0.3); // the variance of the category's part is larger
        QVERIFY(std::abs(forest.importance[2]) < 0.1 * forest.importance[0]);
    }

    void noiseExplainsNothing() {
        const ForestImportance forest = importanceOf(cases(300, 0, 0, 1));
        QVERIFY(forest.explained < 0.1);
        for (const double importance : forest.importance)
            QVERIFY(importance < 0.1);
    }

    /// 3 × 3 runs, as in a small study.
    void fewCasesAreEnoughForALargeEffect() {
        Cases few;
        for (int i = 0; i < 9; ++i) {
            few.features[0].values.push_back(i / 3);
            few.features[1].values.push_back(i % 3);
            few.features[2].values.push_back(i);
            few.target.push_back(i % 3 == 1 ? 0.9 : 0.5 + 0.001 * i);
        }
        const ForestImportance forest = importanceOf(few);
        for (const std::size_t other : {0, 2})
            QVERIFY2(forest.importance[1] > 3 * std::abs(forest.importance[other]),
                     qPrintable(QString::number(forest.importance[other])));
    }

    void equalArgumentsGiveEqualResults() {
        const Cases all = cases(40, 1, 1, 0.1);
        QVERIFY(importanceOf(all).importance == importanceOf(all).importance);
        QVERIFY(forestImportance(all.features, all.target, 2)->importance != importanceOf(all).importance);
    }

    void largeTablesAreSampled() { QVERIFY(importanceOf(cases(5000, 1, 1, 0.1)).explained > 0.7); }

    void whatCannotBeLearntHasNone() {
        const Cases all = cases(8, 1, 1, 0);
        QVERIFY(forestImportance(all.features, all.target, 1).has_value());
        const Cases few = cases(7, 1, 1, 0);
        QVERIFY(!forestImportance(few.features, few.target, 1));
        QVERIFY(!forestImportance({}, all.target, 1));
        QVERIFY(!forestImportance(all.features, std::vector<double>(8, 0.5), 1));
    }

    /// One feature, so that it is tried at every node: the means of the leaves are exact.
    void treeSplitsAtTheStep() {
        const std::vector<ForestFeature> features{{{1, 2, 3, 10, 11, 12}, true}};
        const std::vector<double> target{1, 1, 1, 5, 5, 5};
        RandomStream random({.seed = 1, .purpose = Purpose::Forest});
        const RegressionTree tree(features, target, {0, 1, 2, 3, 4, 5}, random);
        QCOMPARE(tree.predict([](std::size_t) { return 2.5; }), 1.0);
        QCOMPARE(tree.predict([](std::size_t) { return 3.0; }), 1.0);
        QCOMPARE(tree.predict([](std::size_t) { return 3.5; }), 5.0);
    }

    /// Codes 0 and 2 are on one side, which no threshold can do.
    void treeSplitsOffACategory() {
        const std::vector<ForestFeature> features{{{0, 0, 1, 1, 2, 2}, false}};
        const std::vector<double> target{1, 1, 5, 5, 1, 1};
        RandomStream random({.seed = 1, .purpose = Purpose::Forest});
        const RegressionTree tree(features, target, {0, 1, 2, 3, 4, 5}, random);
        QCOMPARE(tree.predict([](std::size_t) { return 0.0; }), 1.0);
        QCOMPARE(tree.predict([](std::size_t) { return 1.0; }), 5.0);
        QCOMPARE(tree.predict([](std::size_t) { return 2.0; }), 1.0);
    }
};

SIMCLR_TEST(TestRandomForest)
#include "tst_random_forest.moc"
