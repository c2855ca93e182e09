// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/linear_evaluation.h"
#include "core/results/result_text.h"
#include "core/run/run.h"
#include "core/run/run_embedding.h"
#include "core/run/run_encoder.h"
#include "core/run/run_export.h"
#include "core/run/run_plan.h"
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "tests/core/run/tiny_run.h"
#include "tests/support/test_support.h"

#include <array>

using namespace simclr;
using namespace simclr::test;

namespace {

EvaluationRequest requestOf(std::vector<Protocol> protocols, std::vector<double> labels = {1}) {
    EvaluationRequest request;
    request.protocols = std::move(protocols);
    request.labels = std::move(labels);
    request.split = Split::Validation;
    request.options.epochs = 1;
    request.options.batch = 32;
    return request;
}

} // namespace

/// A stored run, evaluated by every protocol.
class TestRunEvaluation : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    DatasetPtr m_shapes;
    std::filesystem::path m_file;

    std::vector<Result> evaluate(const EvaluationRequest &request) {
        NoObserver nobody;
        return evaluateRun(1, m_shapes, m_file, request, nobody, {});
    }

    std::string refusal(const EvaluationRequest &request) {
        return thrownMessage<InvalidInput>([&] { evaluate(request); });
    }

  private Q_SLOTS:
    void initTestCase() {
        m_shapes = openDataset("shapes");
        m_file = folderOf(m_folder) / "runs.sqlite";
        QVERIFY(executeRun(tinyRunOf(160), m_shapes, m_file, {}, {}).end == RunEnd::Completed);
    }

    void runKeepsItsPredictions() {
        const RunStore store(m_file);
        const RunRecord run = store.runs().one(1);
        for (const Result &result : run.results) {
            const auto predictions = store.results().predictions(1, result.key);
            QVERIFY(predictions.has_value());
            std::size_t right = 0;
            for (std::size_t i = 0; i < predictions->labels.size(); ++i)
                right += predictions->labels[i] == predictions->predicted[i] ? 1 : 0;
            QCOMPARE(static_cast<double>(right) / static_cast<double>(predictions->labels.size()),
                     result.value);
        }
        QCOMPARE(latestResult(run, Protocol::Linear, Split::Test)->detail["l2_chosen_on"].get<std::string>(),
                 std::string("validation"));
        QCOMPARE(
            latestResult(run, Protocol::Linear, Split::Validation)->detail["l2_chosen_on"].get<std::string>(),
            std::string("held-out training images"));
    }

    /// Otherwise it would replace the result of the encoder at the end of that epoch.
    void encoderWithinAnEpochIsSaidToBe() {
        const auto file = folderOf(m_folder) / "within.sqlite";
        Stopper stopper(1);
        const std::array<Observer *, 1> observers{&stopper};
        QVERIFY(executeRun(tinyRunOf(160), m_shapes, file, observers, stopper.source.get_token()).end ==
                RunEnd::Cancelled);
        NoObserver nobody;
        const auto results = evaluateRun(1, m_shapes, file, requestOf({Protocol::Knn}), nobody, {});
        QCOMPARE(results.size(), std::size_t{1});
        QVERIFY2(contains(resultTitle(results[0]), "within the epoch, at step 1"),
                 resultTitle(results[0]).c_str());
        const ExportedEncoder exported = exportEncoder(RunStore(file).runs().one(1), "safetensors",
                                                       folderOf(m_folder) / "within.safetensors");
        QVERIFY(exported.epochs > 0 && exported.epochs < 1);
    }

    /// In a case where tuning on the test images would give another value.
    void regularisationIsChosenOnValidationImages() {
        const DatasetPtr shapes = openDataset("shapes:2");
        const auto file = folderOf(m_folder) / "choice.sqlite";
        QVERIFY(executeRun(tinyRunOf(160), shapes, file, {}, {}).end == RunEnd::Completed);
        const RunRecord run = RunStore(file).runs().one(1);
        const RunEncoder loaded = loadRunEncoder(run);
        const Splits splits = splitsOf(loaded.options, *shapes);
        ResNet encoder = loaded.encoder;
        const auto featuresOf = [&](const std::vector<std::uint32_t> &samples) {
            return extractFeatures(encoder, *shapes, samples, static_cast<int>(loaded.options.imageSize),
                                   loaded.device, {})
                .value();
        };
        const FeatureSet train = featuresOf(splits.train);
        const FeatureSet test = featuresOf(splits.test);
        const auto chosenOn = [&](const FeatureSet &choice) {
            return linearEvaluation(train, choice, train, test.features, shapes->classCount());
        };
        const LinearEvaluation expected = chosenOn(featuresOf(splits.validation));
        QVERIFY(chosenOn(test).l2 != expected.l2);
        const Json detail = latestResult(run, Protocol::Linear, Split::Test)->detail;
        QCOMPARE(detail["l2"].get<double>(), expected.l2);
        QVERIFY(detail["l2_accuracies"].get<std::vector<double>>() == expected.choiceAccuracies);
    }

    void damagedNewestCheckpointIsReported() {
        const auto file = folderOf(m_folder) / "damaged.sqlite";
        QVERIFY(executeRun(tinyRun(), m_shapes, file, {}, {}).end == RunEnd::Completed);
        const auto newest = checkpointFile(file, "12");
        std::string bytes = readBytes(newest);
        bytes.at(bytes.size() - 100) ^= 0x10;
        writeBytes(newest, bytes);
        struct Listener : ListeningObserver<Listener> {
            std::string notes;
            void hear(const Noted &noted) { notes += noted.message; }
        } listener;
        const auto results = evaluateRun(1, m_shapes, file, requestOf({Protocol::Knn}), listener, {});
        QCOMPARE(results.at(0).key.place.epoch, std::int64_t{2});
        QVERIFY2(isClearMessage(listener.notes, "the checkpoint of step 8 is used instead"),
                 listener.notes.c_str());
        const RunRecord run = RunStore(file).runs().one(1);
        for (const std::vector<std::string> &problems :
             {exportEncoder(run, "safetensors", folderOf(m_folder) / "encoder.safetensors").problems,
              embedDataset(run, *m_shapes, {.file = folderOf(m_folder) / "h.npy", .split = "validation"}, {})
                  ->problems}) {
            QCOMPARE(problems.size(), std::size_t{1});
            QCOMPARE(problems[0], listener.notes);
        }
    }

    void everyProtocolGivesTheSameTwice() {
        const auto request = requestOf(
            {Protocol::Linear, Protocol::Knn, Protocol::LinearSgd, Protocol::FineTune, Protocol::Supervised},
            {0.25, 1});
        const auto first = evaluate(request);
        QCOMPARE(first.size(), std::size_t{10});
        QCOMPARE(first[0].key.scope.labels, 0.25);
        QCOMPARE(first[0].detail["train_images"].get<int>(), 40);
        const std::size_t stored = RunStore(m_file).runs().one(1).results.size();
        const auto second = evaluate(request);
        for (std::size_t i = 0; i < first.size(); ++i) {
            QCOMPARE(second[i].value, first[i].value);
            QVERIFY(*second[i].predictions == *first[i].predictions);
        }
        QCOMPARE(RunStore(m_file).runs().one(1).results.size(), stored);
    }

    void chosenOptionsAreAnotherResult() {
        EvaluationRequest request = requestOf({Protocol::LinearSgd});
        request.options.batch = 64;
        QCOMPARE(scopeDetails(evaluate(request)[0].key), std::string("epochs 1, batch 64"));
        request.options.epochs = 2;
        request.options.learningRate = 0.2;
        QCOMPARE(scopeDetails(evaluate(request)[0].key),
                 std::string("epochs 2, batch 64, learning rate 0.2"));
        const RunRecord run = RunStore(m_file).runs().one(1);
        QCOMPARE(std::ranges::count_if(
                     run.results,
                     [](const Result &result) { return result.key.scope.overrides.contains("batch"); }),
                 2);
        QVERIFY(latestResult(run, Protocol::LinearSgd, Split::Validation) == nullptr);
    }

    /// evaluation_images is a limit for evaluations during training only.
    void requestedEvaluationUsesAllTrainingImages() {
        const auto file = folderOf(m_folder) / "few.sqlite";
        RunConfiguration configuration = tinyRunOf(160);
        configuration.options.evaluationImages = 40;
        QVERIFY(executeRun(configuration, m_shapes, file, {}, {}).end == RunEnd::Completed);
        NoObserver nobody;
        EvaluationRequest request = requestOf({Protocol::Linear, Protocol::Knn});
        for (const Result &result : evaluateRun(1, m_shapes, file, request, nobody, {})) {
            QCOMPARE(result.detail["train_images"].get<int>(), 160);
            QCOMPARE(scopeDetails(result.key), std::string("all training images"));
        }
        const RunRecord run = RunStore(file).runs().one(1);
        QCOMPARE(latestResult(run, Protocol::Linear, Split::Validation)->detail["train_images"].get<int>(),
                 40);
        request.split = Split::Test; // as the run itself does at its end
        QVERIFY(evaluateRun(1, m_shapes, file, request, nobody, {})[0].key.isPlain());
    }

    void projectionsAreAnotherResult() {
        EvaluationRequest request = requestOf({Protocol::Linear, Protocol::Knn, Protocol::LinearSgd});
        const auto plain = evaluate(request);
        request.features = FeatureKind::Z;
        const auto projected = evaluate(request);
        QCOMPARE(projected.size(), std::size_t{3});
        QVERIFY(*projected[0].predictions != *plain[0].predictions);
        QCOMPARE(latestResult(RunStore(m_file).runs().one(1), Protocol::Linear, Split::Validation)->value,
                 plain[0].value);
        request.protocols = {Protocol::FineTune};
        QVERIFY(isClearMessage(refusal(request), "h only"));
    }

    void otherImagesAreEvaluatedByTheirOwnSplits() {
        const DatasetPtr others = openDataset("shapes:2");
        EvaluationRequest request = requestOf({Protocol::Linear, Protocol::Knn, Protocol::FineTune}, {0.1});
        request.isTransfer = true;
        NoObserver nobody;
        const auto results = evaluateRun(1, others, m_file, request, nobody, {});
        QCOMPARE(results.size(), std::size_t{3});
        for (const Result &result : results)
            QCOMPARE(result.key.scope.dataset, others->fingerprint());
        for (const std::int32_t sample : results[0].predictions->samples)
            QVERIFY(!others->isTestSample(static_cast<std::uint32_t>(sample)));
        request.protocols = {Protocol::Supervised};
        QVERIFY(isClearMessage(
            thrownMessage<InvalidInput>([&] { evaluateRun(1, others, m_file, request, nobody, {}); }),
            "supervised"));
    }

    void invalidRequestsAreRefused() {
        QVERIFY(isClearMessage(refusal(requestOf({Protocol::Online})), "online"));
        QVERIFY(isClearMessage(refusal(requestOf({Protocol::Knn}, {0})), "label fraction"));
        QVERIFY(isClearMessage(refusal(requestOf({Protocol::Knn}, {0.001})), "fewer than one"));
        for (const auto &[message, part] :
             {std::pair(thrownMessage<InvalidInput>([] { protocolFromName("magic"); }), "\"magic\""),
              {thrownMessage<InvalidInput>([] { featureKindFromName("x"); }), "h, z"},
              {thrownMessage<InvalidInput>([] { splitFromName("train"); }), "validation, test"}})
            QVERIFY2(isClearMessage(message, part), message.c_str());
    }

    void stoppingKeepsFinishedResults() {
        struct Stopper : ListeningObserver<Stopper> {
            std::stop_source source;
            void hear(const Evaluated &) { source.request_stop(); }
        } stopper;
        const auto results =
            evaluateRun(1, m_shapes, m_file, requestOf({Protocol::Knn, Protocol::Supervised}), stopper,
                        stopper.source.get_token());
        QCOMPARE(results.size(), std::size_t{1});
    }
};

SIMCLR_TEST(TestRunEvaluation, QCoreApplication)
#include "tst_run_evaluation.moc"
