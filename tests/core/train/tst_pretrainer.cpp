// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/splits.h"
#include "core/train/pretrainer.h"
#include "core/util/error.h"
#include "tests/support/test_main.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace simclr;

namespace {

TrainOptions tinyOptions() {
    TrainOptions options;
    options.width = 0.125;
    options.imageSize = 16;
    options.batch = 16;
    options.epochs = 2;
    options.warmupEpochs = 0.5;
    options.headOutput = 16;
    options.precision = "fp32";
    options.threads = 1;
    return options;
}

struct StepCounter : ListeningObserver<StepCounter> {
    std::vector<double> losses;
    std::stop_source *stopAfter = nullptr;
    std::size_t stopStep = 0;

    void hear(const StepFinished &step) {
        losses.push_back(step.values["loss"]);
        if (stopAfter && losses.size() == stopStep)
            stopAfter->request_stop();
    }
};

} // namespace

/// The training loop on the built-in images, small enough to be fast.
class TestPretrainer : public QObject {
    Q_OBJECT

    DatasetPtr m_shapes;
    std::vector<std::uint32_t> m_samples;

    Pretrainer make(const TrainOptions &options, const std::string &preset = "simclr-cifar10") {
        return {options, pipelineByName(preset), m_shapes, m_samples, chooseDevice(options)};
    }

    std::string trainedHash(const TrainOptions &options) {
        Pretrainer pretrainer = make(options);
        StepCounter counter;
        pretrainer.run(counter, [](std::int64_t) {}, {});
        return stateHash(*pretrainer.encoder());
    }

  private Q_SLOTS:
    void initTestCase() {
        m_shapes = openDataset("shapes");
        m_samples = balancedSubset(*m_shapes, makeSplits(*m_shapes, {}).train, 70, 1);
    }

    void lossStartsAtChanceAndFalls() {
        TrainOptions options = tinyOptions();
        options.epochs = 12;
        options.learningRate = 0.1;
        Pretrainer pretrainer = make(options, "crop-only");
        StepCounter counter;
        QVERIFY(pretrainer.run(counter, [](std::int64_t) {}, {}) == PretrainEnd::Completed);
        QCOMPARE(counter.losses.size(), std::size_t{48}); // 70 images: four batches of 16, the rest dropped
        QVERIFY(std::abs(counter.losses.front() - std::log(31.0)) < 0.6); // chance: ln(2N − 1)
        const auto mean = [&](std::size_t first) {
            return (counter.losses[first] + counter.losses[first + 1] + counter.losses[first + 2]) / 3;
        };
        QVERIFY(mean(45) < mean(0) - 0.1);
    }

    void sameSeedSameRun() {
        const std::string hash = trainedHash(tinyOptions());
        QCOMPARE(trainedHash(tinyOptions()), hash);
        TrainOptions other = tinyOptions();
        other.seed = 2;
        QVERIFY(trainedHash(other) != hash);
    }

    void loaderThreadsDoNotMatter() {
        TrainOptions one = tinyOptions();
        one.loaderThreads = 1;
        TrainOptions four = tinyOptions();
        four.loaderThreads = 4;
        QCOMPARE(trainedHash(four), trainedHash(one));
    }

    void stopsAtTheNextBatchAndResumesExactly() {
        const TrainOptions options = tinyOptions();
        const std::string unbroken = trainedHash(options);
        QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString() + "/checkpoint.safetensors";
        for (const std::size_t stopStep : {std::size_t{1}, std::size_t{4}, std::size_t{6}}) {
            Pretrainer broken = make(options);
            std::stop_source stop;
            StepCounter counter;
            counter.stopAfter = &stop;
            counter.stopStep = stopStep;
            QVERIFY(broken.run(
                        counter, [](std::int64_t) {}, stop.get_token()) == PretrainEnd::Cancelled);
            QCOMPARE(broken.stepsDone(), static_cast<std::int64_t>(stopStep));
            writeCheckpoint(path, broken.checkpoint());

            Pretrainer resumed = make(options);
            resumed.restore(readCheckpoint(path));
            StepCounter rest;
            QVERIFY(resumed.run(rest, [](std::int64_t) {}, {}) == PretrainEnd::Completed);
            QCOMPARE(rest.losses.size() + stopStep, std::size_t{8});
            QCOMPARE(stateHash(*resumed.encoder()), unbroken);
        }
    }

    void checkpointsOfOtherRunsAreRefused() {
        TrainOptions longer = tinyOptions();
        longer.epochs = 3;
        Pretrainer pretrainer = make(tinyOptions());
        QVERIFY_EXCEPTION_THROWN(pretrainer.restore(make(longer).checkpoint()), InvalidInput);
        Checkpoint foreign = make(tinyOptions()).checkpoint();
        foreign.fingerprint = "another";
        QVERIFY_EXCEPTION_THROWN(pretrainer.restore(foreign), InvalidInput);
    }

    void divergenceNamesTheStep() {
        TrainOptions options = tinyOptions();
        options.learningRate = 1e25;
        options.warmupEpochs = 0;
        Pretrainer pretrainer = make(options);
        StepCounter counter;
        try {
            pretrainer.run(counter, [](std::int64_t) {}, {});
            QFAIL("an absurd learning rate did not diverge");
        } catch (const DivergedError &error) {
            QVERIFY(std::string(error.what()).find("at step ") != std::string::npos);
        }
    }

    void bf16RunsAndStaysFinite() {
        TrainOptions options = tinyOptions();
        options.precision = "bf16";
        options.epochs = 1;
        options.warmupEpochs = 0;
        Pretrainer pretrainer = make(options);
        StepCounter counter;
        QVERIFY(pretrainer.run(counter, [](std::int64_t) {}, {}) == PretrainEnd::Completed);
        for (const double loss : counter.losses)
            QVERIFY(std::isfinite(loss));
        QVERIFY(pretrainer.encoder()->parameters()[0].scalar_type() == torch::kFloat32);
    }
};

SIMCLR_TEST(TestPretrainer, QCoreApplication)
#include "tst_pretrainer.moc"
