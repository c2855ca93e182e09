// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run.h"
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "tests/core/run/tiny_run.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

namespace {

EvaluationRequest requestOf(std::vector<std::string> protocols, std::vector<double> labels = {1}) {
    EvaluationRequest request;
    request.protocols = std::move(protocols);
    request.labels = std::move(labels);
    request.split = "validation";
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

    std::vector<ResultRecord> evaluate(const EvaluationRequest &request) {
        Observer nobody;
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
        const RunRecord run = store.run(1);
        for (const ResultRecord &result : run.results) {
            const auto predictions = store.predictions(1, result);
            QVERIFY(predictions.has_value());
            std::size_t right = 0;
            for (std::size_t i = 0; i < predictions->labels.size(); ++i)
                right += predictions->labels[i] == predictions->predicted[i] ? 1 : 0;
            QCOMPARE(static_cast<double>(right) / static_cast<double>(predictions->labels.size()),
                     result.value);
        }
        QCOMPARE(latestResult(run, "linear", "test")->detail["l2_chosen_on"].get<std::string>(),
                 std::string("validation"));
        QCOMPARE(latestResult(run, "linear", "validation")->detail["l2_chosen_on"].get<std::string>(),
                 std::string("held-out training images"));
    }

    void everyProtocolGivesTheSameTwice() {
        const auto request = requestOf({"linear", "knn", "linear_sgd", "fine_tune", "supervised"}, {0.25, 1});
        const auto first = evaluate(request);
        QCOMPARE(first.size(), std::size_t{10});
        QCOMPARE(first[0].scope.labels, 0.25);
        QCOMPARE(first[0].detail["train_images"].get<int>(), 40);
        const std::size_t stored = RunStore(m_file).run(1).results.size();
        const auto second = evaluate(request);
        for (std::size_t i = 0; i < first.size(); ++i) {
            QCOMPARE(second[i].value, first[i].value);
            QVERIFY(*second[i].predictions == *first[i].predictions);
        }
        QCOMPARE(RunStore(m_file).run(1).results.size(), stored);
    }

    void projectionsAreAnotherResult() {
        EvaluationRequest request = requestOf({"linear", "knn", "linear_sgd"});
        const auto plain = evaluate(request);
        request.features = "z";
        const auto projected = evaluate(request);
        QCOMPARE(projected.size(), std::size_t{3});
        QVERIFY(*projected[0].predictions != *plain[0].predictions);
        QCOMPARE(latestResult(RunStore(m_file).run(1), "linear", "validation")->value, plain[0].value);
        request.protocols = {"fine_tune"};
        QVERIFY(isClearMessage(refusal(request), "h only"));
    }

    void otherImagesAreJudgedByTheirOwnSplits() {
        const DatasetPtr others = openDataset("shapes:2");
        EvaluationRequest request = requestOf({"linear", "knn", "fine_tune"}, {0.1});
        request.isTransfer = true;
        Observer nobody;
        const auto results = evaluateRun(1, others, m_file, request, nobody, {});
        QCOMPARE(results.size(), std::size_t{3});
        for (const ResultRecord &result : results)
            QCOMPARE(result.scope.dataset, others->fingerprint());
        for (const std::int32_t sample : results[0].predictions->samples)
            QVERIFY(!others->isTestSample(static_cast<std::uint32_t>(sample)));
        request.protocols = {"supervised"};
        QVERIFY(isClearMessage(
            thrownMessage<InvalidInput>([&] { evaluateRun(1, others, m_file, request, nobody, {}); }),
            "supervised"));
    }

    void whatMakesNoSenseIsRefused() {
        QVERIFY(isClearMessage(refusal(requestOf({"magic"})), "magic"));
        QVERIFY(isClearMessage(refusal(requestOf({"knn"}, {0})), "share of the labels"));
        QVERIFY(isClearMessage(refusal(requestOf({"knn"}, {0.001})), "fewer than one"));
        EvaluationRequest request = requestOf({"knn"});
        request.features = "x";
        QVERIFY(isClearMessage(refusal(request), "h or z"));
    }

    void stoppingKeepsWhatWasDone() {
        struct Stopper : Observer {
            std::stop_source source;
            void evaluated(const Evaluated &) override { source.request_stop(); }
        } stopper;
        const auto results = evaluateRun(1, m_shapes, m_file, requestOf({"knn", "supervised"}), stopper,
                                         stopper.source.get_token());
        QCOMPARE(results.size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestRunEvaluation)
#include "tst_run_evaluation.moc"
