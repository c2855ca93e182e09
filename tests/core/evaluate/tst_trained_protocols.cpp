// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/splits.h"
#include "core/evaluate/trained_protocols.h"
#include "core/model/weights.h"
#include "core/results/result_text.h"
#include "core/train/pretrainer.h"
#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <ranges>

using namespace simclr;

namespace {

TrainOptions smallOptions() {
    TrainOptions options;
    options.width = 0.125;
    options.imageSize = 16;
    options.precision = "fp32";
    options.threads = 1;
    return options;
}

ClassifierRecipe recipe(Protocol protocol, std::int64_t epochs, std::size_t images) {
    EvaluationOptions options;
    options.epochs = epochs;
    options.batch = 32;
    options.learningRate = 0.8; // 0.1 for N = 32: there are few steps
    return evaluationRecipe(protocol, options, 1, images, 5);
}

/// Its text for the user.
std::string optionsText(Protocol protocol, const EvaluationOptions &options, double labels,
                        std::size_t images) {
    ResultKey key;
    key.scope.overrides = overridesOf(protocol, options, labels, images);
    return scopeDetails(key);
}

} // namespace

/// Protocols that train by gradient descent, on the built-in images.
class TestTrainedProtocols : public QObject {
    Q_OBJECT

    DatasetPtr m_shapes;
    Splits m_splits;
    std::vector<std::uint32_t> m_train;

    LabelledImages images(int threads) const { return {m_shapes, m_train, 16, threads}; }

    std::optional<Result> evaluate(Protocol protocol, Representation &representation, std::int64_t epochs,
                                   int threads = 1, std::stop_token stop = {}) const {
        const TrainOptions options = smallOptions();
        return evaluateByTraining(protocol, representation, images(threads), m_splits.validation,
                                  recipe(protocol, epochs, m_train.size()), chooseDevice(options), {}, stop);
    }

  private Q_SLOTS:
    void initTestCase() {
        m_shapes = openDataset("shapes");
        m_splits = makeSplits(*m_shapes, {});
        m_train = balancedSubset(*m_shapes, m_splits.train, 320, 1);
    }

    void usualConstantsAreThoseOfTheSources() {
        const ClassifierRecipe linear = evaluationRecipe(Protocol::LinearSgd, {}, 1, 50000, 0);
        QCOMPARE(linear.epochs, std::int64_t{100});
        QCOMPARE(linear.batch, std::int64_t{512});
        QCOMPARE(linear.peakRate, 0.2); // 0.1 · 512 / 256
        QCOMPARE(linear.weightDecay, 0.0);
        QVERIFY(!linear.trainsEncoder);
        QCOMPARE(evaluationRecipe(Protocol::FineTune, {}, 0.01, 50000, 0).epochs, std::int64_t{60});
        QCOMPARE(evaluationRecipe(Protocol::FineTune, {}, 0.1, 50000, 0).epochs, std::int64_t{30});
        QCOMPARE(evaluationRecipe(Protocol::FineTune, {}, 0.1, 50000, 0).peakRate, 0.05);
        QCOMPARE(evaluationRecipe(Protocol::FineTune, {}, 0.1, 512, 0).peakRate, 0.0125); // N 64
        QVERIFY(evaluationRecipe(Protocol::Supervised, {}, 1, 50000, 0).trainsEncoder);
    }

    void fewImagesMakeSmallerBatches() {
        const auto batchOf = [](std::size_t images, std::int64_t chosen = 0) {
            return evaluationRecipe(Protocol::FineTune, {.batch = chosen}, 0.01, images, 0).batch;
        };
        QCOMPARE(batchOf(2048), std::int64_t{256});
        QCOMPARE(batchOf(500), std::int64_t{62}); // instead of one step per epoch with 256
        QCOMPARE(batchOf(100), std::int64_t{32});
        QCOMPARE(batchOf(20), std::int64_t{20});
        QCOMPARE(batchOf(500, 256), std::int64_t{256}); // a chosen batch is kept
    }

    void onlyDifferencesFromTheProtocolAreListed() {
        EvaluationOptions options;
        QCOMPARE(optionsText(Protocol::LinearSgd, options, 1, 50000), std::string());
        options.epochs = 100;
        options.batch = 512;
        options.learningRate = 0.1;
        QCOMPARE(optionsText(Protocol::LinearSgd, options, 1, 50000), std::string());
        QCOMPARE(optionsText(Protocol::Linear, options, 1, 50000), std::string());
        options.weightDecay = 0;
        QCOMPARE(optionsText(Protocol::Supervised, options, 1, 50000),
                 std::string("batch 512, weight decay 0"));
        options.colorStrength = 0.5;
        options.momentum = 0.8;
        QCOMPARE(optionsText(Protocol::LinearSgd, options, 1, 50000),
                 std::string("momentum 0.8, colour distortion 0.5"));
        options = {.epochs = 30};
        QCOMPARE(optionsText(Protocol::FineTune, options, 0.1, 50000), std::string());
        QCOMPARE(optionsText(Protocol::FineTune, options, 0.01, 50000), std::string("epochs 30"));
    }

    /// So that each of them is shown by its name.
    void everyOptionHasAName() {
        EvaluationOptions options{7, 48, 0.3, 0.01, 0.7, 0.25};
        const auto overrides = overridesOf(Protocol::FineTune, options, 1, 50000);
        QCOMPARE(overrides.size(), evaluationOptionsDescription().schema().size());
        const std::string text = optionsText(Protocol::FineTune, options, 1, 50000);
        QVERIFY2(text.find('_') == std::string::npos, text.c_str());
    }

    /// Plain colours: even a random encoder separates them, and crops and flips do not change them.
    void layerOnAFrozenEncoderLearnsWhatIsSeparable() {
        const QTemporaryDir folder;
        const std::array<test::Rgb, 3> colors{{{230, 20, 20}, {20, 230, 20}, {20, 20, 230}}};
        for (std::size_t c = 0; c < colors.size(); ++c) {
            const auto place = test::folderOf(folder) / std::string(1, static_cast<char>('a' + c));
            std::filesystem::create_directories(place);
            for (int i = 0; i < 20; ++i) {
                test::Rgb color = colors[c];
                color[c] -= i; // no two images are equal
                writePng(test::filledImage(16, 16, color), place / (std::to_string(i) + ".png"));
            }
        }
        const DatasetPtr dataset = openDataset(test::folderOf(folder).native());
        const Splits splits = makeSplits(*dataset, {});
        Representation representation(makeEncoder(smallOptions()));
        const std::string before = stateHash(*representation);
        ClassifierRecipe steady = recipe(Protocol::LinearSgd, 200, splits.train.size());
        steady.peakRate = 2; // features of a random encoder are close together
        std::vector<double> losses;
        const auto result = evaluateByTraining(
            Protocol::LinearSgd, representation, {dataset, splits.train, 16, 1}, splits.test, steady,
            chooseDevice(smallOptions()), [&](std::int64_t, double loss) { losses.push_back(loss); }, {});
        QCOMPARE(losses.size(), std::size_t{200});
        QVERIFY(std::abs(losses.front() - std::log(3.0)) < 1e-5); // one step per epoch, from a layer of zeros
        QVERIFY2(losses.back() < 0.5, qPrintable(QString::number(losses.back())));
        QCOMPARE(result->value, 1.0);
        QCOMPARE(result->detail["steps"].get<int>(), 200);
        QCOMPARE(stateHash(*representation), before);
        QCOMPARE(result->predictions->samples.size(), splits.test.size());
        QCOMPARE(result->predictions->samples[3], static_cast<std::int32_t>(splits.test[3]));
    }

    void supervisedLearns() {
        Representation representation(makeEncoder(smallOptions()));
        const std::string before = stateHash(*representation);
        const auto result = evaluate(Protocol::Supervised, representation, 16);
        QVERIFY(stateHash(*representation) != before);
        const double chance = 1.0 / m_shapes->classCount();
        QVERIFY2(result->value > 1.6 * chance, qPrintable(QString::number(result->value)));
    }

    void threadsOfTheLoaderChangeNothing() {
        Representation one(makeEncoder(smallOptions()));
        Representation other(makeEncoder(smallOptions()));
        const auto first = evaluate(Protocol::FineTune, one, 2, 1);
        const auto second = evaluate(Protocol::FineTune, other, 2, 3);
        QCOMPARE(stateHash(*one), stateHash(*other));
        QVERIFY(*first->predictions == *second->predictions);
    }

    void stoppingGivesNothing() {
        std::stop_source stop;
        stop.request_stop();
        Representation representation(makeEncoder(smallOptions()));
        QVERIFY(!evaluate(Protocol::LinearSgd, representation, 2, 1, stop.get_token()).has_value());
    }

    void subsetsAreBalancedAndFollowTheirSeed() {
        const auto subset = labelledSubset(*m_shapes, m_splits.train, 0.1, 3);
        std::map<int, int> counts;
        for (const std::uint32_t sample : subset)
            ++counts[m_shapes->label(sample)];
        QCOMPARE(static_cast<int>(counts.size()), m_shapes->classCount());
        const auto [fewest, most] = std::ranges::minmax(counts | std::views::values);
        QVERIFY(most - fewest <= 1);
        QCOMPARE(subset.size(),
                 static_cast<std::size_t>(std::llround(0.1 * static_cast<double>(m_splits.train.size()))));
        QVERIFY(subset == labelledSubset(*m_shapes, m_splits.train, 0.1, 3));
        QVERIFY(subset != labelledSubset(*m_shapes, m_splits.train, 0.1, 4));
        QVERIFY(test::isClearMessage(
            test::thrownMessage<InvalidInput>([&] { labelledSubset(*m_shapes, m_train, 0.001, 0); }),
            "fewer than one"));
    }

    void projectionIsWhatTheHeadMakes() {
        TrainOptions options = smallOptions();
        options.headOutput = 24;
        ResNet encoder = makeEncoder(options);
        ProjectionHead head = makeHead(options, encoder->featureSize());
        initialise(*head, 3);
        Representation representation(encoder, head, 24);
        representation->eval();
        const torch::NoGradGuard noGrad;
        const torch::Tensor pictures = torch::full({2, 3, 16, 16}, 0.5);
        QVERIFY(torch::equal(representation(pictures), head(encoder(pictures))));
        QCOMPARE(representation->featureSize(), std::int64_t{24});
    }
};

SIMCLR_TEST(TestTrainedProtocols, QCoreApplication)
#include "tst_trained_protocols.moc"
