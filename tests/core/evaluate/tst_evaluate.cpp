// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/splits.h"
#include "core/evaluate/evaluator.h"
#include "core/evaluate/knn.h"
#include "core/evaluate/linear_evaluation.h"
#include "core/model/weights.h"
#include "core/train/pretrainer.h"

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "tests/support/test_images.h"

using namespace simclr;

namespace {

torch::Tensor normal(at::IntArrayRef sizes, std::uint64_t seed) {
    return torch::empty(sizes).normal_(0, 1, at::make_generator<at::CPUGeneratorImpl>(seed));
}

/// `classes` clouds around distant centres; the class is the nearest centre.
FeatureSet clouds(int perClass, int classes, double spread, std::uint64_t seed) {
    FeatureSet set;
    set.labels = torch::arange(classes).repeat({perClass});
    const torch::Tensor centres = torch::eye(classes) * 3;
    set.features = centres.index_select(0, set.labels) + spread * normal({perClass * classes, classes}, seed);
    return set;
}

TrainOptions smallOptions() {
    TrainOptions options;
    options.width = 0.125;
    options.precision = "fp32";
    options.threads = 1;
    return options;
}

struct Results : ListeningObserver<Results> {
    std::vector<Evaluated> all;
    void hear(const Evaluated &result) { all.push_back(result); }
};

} // namespace

/// The protocols on features with known accuracy, and on real encoders.
class TestEvaluate : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void bothProtocolsSolveSeparateClouds() {
        const FeatureSet train = clouds(40, 5, 0.3, 1);
        const FeatureSet test = clouds(20, 5, 0.3, 2);
        QCOMPARE(accuracy(knnPredictions(train, test.features, 20, 5), test.labels), 1.0);
        QCOMPARE(accuracy(linearPredictions(train, test.features, 5), test.labels), 1.0);
    }

    void neitherProtocolFindsWhatIsNotThere() {
        FeatureSet train = clouds(100, 4, 0.3, 1);
        train.features = normal({400, 16}, 3);
        const torch::Tensor queries = normal({400, 16}, 4);
        const double chance = 0.25;
        QVERIFY(std::abs(accuracy(knnPredictions(train, queries, 20, 4), train.labels) - chance) < 0.08);
        QVERIFY(std::abs(accuracy(linearPredictions(train, queries, 4), train.labels) - chance) < 0.08);
    }

    void linearEvaluationIgnoresTheScaleOfFeatures() {
        const FeatureSet train = clouds(40, 5, 1.0, 1);
        const FeatureSet test = clouds(40, 5, 1.0, 2);
        FeatureSet scaled = train;
        const torch::Tensor factors = torch::linspace(0.01, 100, 5);
        scaled.features = train.features * factors + 7;
        const torch::Tensor plain = linearPredictions(train, test.features, 5);
        const torch::Tensor moved = linearPredictions(scaled, test.features * factors + 7, 5);
        QVERIFY(accuracy(plain, moved) > 0.98);
    }

    void nearNeighboursOutvoteManyFarOnes() {
        FeatureSet train;
        train.features = torch::tensor({{1.0f, 0.02f}, {0.0f, 1.0f}, {0.05f, 1.0f}, {0.1f, 1.0f}});
        train.labels = torch::tensor({0, 1, 1, 1}, torch::kInt64);
        const torch::Tensor query = torch::tensor({{1.0f, 0.0f}});
        QCOMPARE(knnPredictions(train, query, 200, 2).item<std::int64_t>(), std::int64_t{0});
    }

    void encoderIsNotChanged() {
        const DatasetPtr shapes = openDataset("shapes");
        const Splits splits = makeSplits(*shapes, {});
        const TrainOptions options = smallOptions();
        ResNet encoder = makeEncoder(options);
        encoder->train();
        const std::string before = stateHash(*encoder);
        const auto set = extractFeatures(encoder, *shapes, splits.validation, 32, chooseDevice(options), {});
        QVERIFY(set.has_value());
        QCOMPARE(stateHash(*encoder), before);
        QCOMPARE(set->features.size(0), static_cast<std::int64_t>(splits.validation.size()));
        QCOMPARE(set->labels[0].item<std::int64_t>(), std::int64_t{shapes->label(splits.validation[0])});
    }

    void featuresDoNotDependOnTheirBatch() {
        const DatasetPtr shapes = openDataset("shapes");
        const TrainOptions options = smallOptions();
        ResNet encoder = makeEncoder(options);
        std::vector<std::uint32_t> many(300);
        for (std::uint32_t i = 0; i < 300; ++i)
            many[i] = i;
        const std::vector<std::uint32_t> last{299};
        const auto all = extractFeatures(encoder, *shapes, many, 32, chooseDevice(options), {});
        const auto one = extractFeatures(encoder, *shapes, last, 32, chooseDevice(options), {});
        QVERIFY(torch::allclose(all->features[299], one->features[0], 1e-4, 1e-5));
    }

    void evaluatorReportsBothProtocolsWithTheirOptions() {
        const DatasetPtr shapes = openDataset("shapes");
        TrainOptions options = smallOptions();
        options.evaluationImages = 80;
        Evaluator evaluator(shapes, makeSplits(*shapes, {}), options, chooseDevice(options));
        ResNet encoder = makeEncoder(options);
        Results results;
        QVERIFY(evaluator.evaluate(encoder, Split::Validation, Evaluator::Effort::Quick, 3, 33, results, {}));
        QCOMPARE(results.all.size(), std::size_t{2});
        QVERIFY(results.all[0].result.key.protocol == Protocol::Linear);
        QVERIFY(results.all[1].result.key.protocol == Protocol::Knn);
        for (const auto &[result, step, isImported] : results.all) {
            QCOMPARE(result.key.place.epoch, std::int64_t{3});
            QVERIFY(result.key.split == Split::Validation);
            QCOMPARE(step, std::int64_t{33});
            QVERIFY(!isImported);
            QCOMPARE(result.detail["train_images"].get<int>(), 80);
            QVERIFY(result.value > 0 && result.value <= 1);
        }
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!evaluator.evaluate(encoder, Split::Test, Evaluator::Effort::Full, 3, 33, results,
                                    stop.get_token()));
        QCOMPARE(results.all.size(), std::size_t{2});
    }

    void unlabelledImagesAreNotEvaluated() {
        QTemporaryDir folder;
        test::writeNoiseFolder(folder.path().toStdString(), 20, 16, 1);
        const DatasetPtr flat = openDataset(folder.path().toStdString());
        const TrainOptions options = smallOptions();
        Evaluator evaluator(flat, makeSplits(*flat, {}), options, chooseDevice(options));
        ResNet encoder = makeEncoder(options);
        Results results;
        QVERIFY(evaluator.evaluate(encoder, Split::Test, Evaluator::Effort::Full, 0, 0, results, {}));
        QVERIFY(results.all.empty());
    }
};

SIMCLR_TEST(TestEvaluate, QCoreApplication)
#include "tst_evaluate.moc"
