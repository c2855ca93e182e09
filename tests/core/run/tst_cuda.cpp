// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compute/available_devices.h"
#include "core/model/weights.h"
#include "core/run/preflight.h"
#include "core/store/run_store.h"
#include "core/train/contrastive_loss.h"
#include "core/train/pretrainer.h"
#include "tests/core/run/tiny_run.h"
#include "tests/support/test_support.h"

#include <array>
#include <cmath>

using namespace simclr;
using simclr::test::Stopper;
using simclr::test::tinyRun;

namespace {

RunConfiguration tinyCudaRun(const std::string &precision) {
    RunConfiguration configuration = tinyRun();
    configuration.options.device = "cuda";
    configuration.options.precision = precision;
    return configuration;
}

/// The results of one batch.
struct Gradients {
    double loss = 0;
    NamedTensors ofParameters; ///< on the CPU
};

/// Encoder and head with random weights from the seed, on the same images on every device.
Gradients gradientsOn(const std::string &device, const std::string &precision) {
    TrainOptions options = tinyRun().options;
    options.imageSize = 32;
    options.device = device;
    options.precision = precision;
    const ComputeDevice computing = chooseDevice(options);
    useDevice(computing);
    torch::manual_seed(3);
    const torch::Tensor views = torch::rand({64, 3, 32, 32}).to(computing.device);
    ResNet encoder = makeEncoder(options);
    ProjectionHead head = makeHead(options, encoder->featureSize());
    encoder->to(computing.device);
    head->to(computing.device);
    torch::Tensor z;
    {
        const AutocastScope autocast(computing.device.type(), computing.bf16);
        z = head(encoder(views));
    }
    const torch::Tensor loss = contrastiveLoss(z, options).loss;
    loss.backward();
    Gradients gradients{loss.item<double>(), {}};
    for (const auto &parameter : encoder->named_parameters())
        gradients.ofParameters[parameter.key()] = parameter.value().grad().to(torch::kCPU);
    return gradients;
}

double relativeDifference(const torch::Tensor &actual, const torch::Tensor &expected) {
    return ((actual - expected).norm() / expected.norm().clamp_min(1e-12)).item<double>();
}

/// Allocates the free memory of the device, except for less than one GiB.
std::vector<torch::Tensor> allButOneGibibyte() {
    std::vector<torch::Tensor> taken;
    try {
        while (true)
            taken.push_back(
                torch::empty({std::int64_t{1} << 30}, torch::dtype(torch::kUInt8).device(torch::kCUDA)));
    } catch (const std::exception &) {
        return taken; // there is no more
    }
}

} // namespace

/// Everything that only a CUDA device shows; skipped where there is none.
class TestCuda : public QObject {
    Q_OBJECT

    test::NewDatabases m_newFile;
    DatasetPtr m_shapes;

  private Q_SLOTS:
    void initTestCase() {
        if (availableDevices().size() < 2)
            QSKIP("no CUDA device is available");
        m_shapes = openDataset("shapes");
    }

    void gradientsAreThoseOfTheCpu() {
        const Gradients expected = gradientsOn("cpu", "fp32");
        const Gradients actual = gradientsOn("cuda", "fp32");
        QVERIFY(std::abs(actual.loss / expected.loss - 1) < 1e-5);
        for (const auto &[name, gradient] : expected.ofParameters)
            QVERIFY2(relativeDifference(actual.ofParameters.at(name), gradient) < 1e-3, name.c_str());
    }

    void bf16StaysNearFp32() {
        const Gradients expected = gradientsOn("cpu", "fp32");
        const Gradients actual = gradientsOn("cuda", "bf16");
        QVERIFY(std::abs(actual.loss / expected.loss - 1) < 0.02);
    }

    /// 2N = 8192 views: the blocks of anchors give the same result as the matrix of all similarities.
    void lossOfLargeBatchIsItsFormula() {
        torch::manual_seed(5);
        const torch::Tensor data = torch::randn({8192, 128}, torch::kCUDA);
        TrainOptions options;
        options.temperature = 0.1;
        const torch::Tensor z = data.clone().requires_grad_();
        const torch::Tensor loss = contrastiveLoss(z, options).loss;
        loss.backward();
        const torch::Tensor wholeZ = data.clone().requires_grad_();
        const torch::Tensor unit = wholeZ / wholeZ.norm(2, 1, true);
        const torch::Tensor similarities = torch::mm(unit, unit.t()) / options.temperature;
        const torch::Tensor others =
            similarities.masked_fill(torch::eye(8192, similarities.options()).to(torch::kBool), -1e9);
        const torch::Tensor whole = (others.logsumexp(1) - similarities.diagonal(4096).repeat({2})).mean();
        whole.backward();
        QVERIFY(std::abs(loss.item<double>() / whole.item<double>() - 1) < 1e-5);
        QVERIFY(relativeDifference(z.grad(), wholeZ.grad()) < 1e-3);
    }

    void runIsKeptWhole_data() {
        QTest::addColumn<QString>("precision");
        QTest::newRow("fp32") << "fp32";
        QTest::newRow("bf16") << "bf16";
    }
    /// Losses are fetched later and in blocks, but each is reported once and in order.
    void runIsKeptWhole() {
        QFETCH(QString, precision);
        const auto file = m_newFile();
        RunConfiguration configuration = tinyCudaRun(precision.toStdString());
        configuration.options.epochs = 10; // 40 steps are two blocks and a half
        const RunOutcome outcome = executeRun(configuration, m_shapes, file, {}, {});
        QVERIFY2(outcome.end == RunEnd::Completed, outcome.failure.c_str());
        configuration.options.device = "cpu";
        const RunId onCpu = executeRun(configuration, m_shapes, file, {}, {}).run;
        const RunStore store(file);
        QVERIFY(store.runs().one(outcome.run).device.starts_with("cuda"));
        const auto curve = store.metrics().curve(outcome.run, "loss");
        QCOMPARE(curve.size(), std::size_t{40});
        for (std::size_t i = 0; i < curve.size(); ++i)
            QCOMPARE(curve[i].step, static_cast<std::int64_t>(i + 1));
        QVERIFY(std::abs(curve.front().value / store.metrics().curve(onCpu, "loss").front().value - 1) <
                0.02);
        QVERIFY(latestResult(store.runs().one(outcome.run), Protocol::Linear, Split::Test) != nullptr);
    }

    void chunksAreTheWholeBatchInSteps() {
        const auto file = m_newFile();
        RunConfiguration configuration = tinyCudaRun("fp32");
        configuration.options.chunk = 4;
        const RunOutcome outcome = executeRun(configuration, m_shapes, file, {}, {});
        QVERIFY2(outcome.end == RunEnd::Completed, outcome.failure.c_str());
        configuration.options.device = "cpu";
        const RunId onCpu = executeRun(configuration, m_shapes, file, {}, {}).run;
        const RunStore store(file);
        const double first = store.metrics().curve(outcome.run, "loss").front().value;
        QVERIFY(std::abs(first / store.metrics().curve(onCpu, "loss").front().value - 1) < 1e-3);
    }

    void cancelledRunResumes() {
        const auto file = m_newFile();
        Stopper stopper(4);
        const std::array<Observer *, 1> observers{&stopper};
        RunConfiguration configuration = tinyCudaRun("bf16");
        const RunOutcome cancelled =
            executeRun(configuration, m_shapes, file, observers, stopper.source.get_token());
        QVERIFY(cancelled.end == RunEnd::Cancelled);
        const RunOutcome resumed = resumeRun(cancelled.run, m_shapes, file, {}, {});
        QVERIFY2(resumed.end == RunEnd::Completed, resumed.failure.c_str());
        QCOMPARE(RunStore(file).metrics().curve(cancelled.run, "loss").size(), std::size_t{12});
    }

    void trainedProtocolsEvaluate() {
        const auto file = m_newFile();
        const RunId id = executeRun(tinyCudaRun("bf16"), m_shapes, file, {}, {}).run;
        EvaluationRequest request;
        request.protocols = {Protocol::LinearSgd, Protocol::FineTune, Protocol::Supervised};
        request.labels = {0.5};
        request.options.epochs = 2;
        NoObserver observer;
        const auto results = evaluateRun(id, m_shapes, file, request, observer, {});
        QCOMPARE(results.size(), std::size_t{3});
        for (const Result &result : results)
            QVERIFY2(result.value > 0, nameOf(result.key.protocol).c_str());
    }

    void checkMeasuresItsMemory() {
        RunConfiguration configuration = tinyCudaRun("bf16");
        const double small = measuredBytes(configuration);
        QVERIFY(small > 0);
        configuration.options.width = 1;
        configuration.options.imageSize = 64;
        configuration.options.batch = 32;
        QVERIFY(measuredBytes(configuration) > small);
    }

    /// The run fails with advice, the program survives, and the device has its memory back and trains the
    /// next run.
    void memoryThatRunsOutFailsTheRunAlone() {
        const auto file = m_newFile();
        RunConfiguration large = tinyCudaRun("bf16");
        large.options.width = 1;
        large.options.imageSize = 224;
        large.options.batch = 64; // needs some GiB
        RunOutcome outcome;
        {
            const auto taken = allButOneGibibyte();
            outcome = executeRun(large, m_shapes, file, {}, {});
        }
        QVERIFY(outcome.end == RunEnd::Failed);
        QVERIFY2(outcome.failure.starts_with("memory ran out"), outcome.failure.c_str());
        QVERIFY2(test::contains(outcome.failure, "a chunk of 16 (cached gradients)"),
                 outcome.failure.c_str());
        QVERIFY2(!test::contains(outcome.failure, "bf16"), outcome.failure.c_str()); // it is in use already
        const RunOutcome next = executeRun(tinyCudaRun("bf16"), m_shapes, file, {}, {});
        QVERIFY2(next.end == RunEnd::Completed, next.failure.c_str());
    }

  private:
    double measuredBytes(const RunConfiguration &configuration) {
        const auto preflight = measurePreflight(configuration, m_shapes, {});
        return preflight ? static_cast<double>(preflight->peakBytes) : 0;
    }
};

SIMCLR_TEST(TestCuda, QCoreApplication)
#include "tst_cuda.moc"
