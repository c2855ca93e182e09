// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run.h"
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "tests/core/run/tiny_run.h"
#include "tests/support/database_lock.h"
#include "tests/support/test_images.h"

#include <QTest>
#include <array>
#include <fstream>
#include <optional>
#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace simclr;
using simclr::test::checkpointFile;
using simclr::test::Stopper;
using simclr::test::tinyRun;

namespace {

std::size_t countResults(const RunRecord &run, Split split) {
    return static_cast<std::size_t>(
        std::ranges::count_if(run.results, [&](const Result &result) { return result.key.split == split; }));
}

/// While it exists, this process can allocate only so many additional bytes.
class MemoryLimit {
  public:
    explicit MemoryLimit(rlim_t extra) {
        ::getrlimit(RLIMIT_AS, &m_before);
        rlimit limit = m_before;
        limit.rlim_cur = takenBytes() + extra;
        ::setrlimit(RLIMIT_AS, &limit);
    }
    ~MemoryLimit() { ::setrlimit(RLIMIT_AS, &m_before); }
    MemoryLimit(const MemoryLimit &) = delete;
    MemoryLimit &operator=(const MemoryLimit &) = delete;

  private:
    static rlim_t takenBytes() {
        rlim_t pages = 0;
        std::ifstream("/proc/self/statm") >> pages;
        return pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
    }

    rlimit m_before{};
};

} // namespace

/// Whole runs: their records, and how they end.
class TestRun : public QObject {
    Q_OBJECT

    test::NewDatabases m_newFile;
    DatasetPtr m_shapes;

    RunOutcome stopped(const std::filesystem::path &file, std::int64_t step) {
        Stopper stopper(step);
        const std::array<Observer *, 1> observers{&stopper};
        return executeRun(tinyRun(), m_shapes, file, observers, stopper.source.get_token());
    }

  private Q_SLOTS:
    void initTestCase() { m_shapes = openDataset("shapes"); }

    void invalidStoredSettingsAreNamed_data() {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QByteArray>("pipeline");
        QTest::addColumn<QByteArray>("precision");
        QTest::addColumn<QString>("part");
        const auto row = [](const char *config, const char *pipeline, const char *precision,
                            const char *part) {
            QTest::newRow(part) << QByteArray(config) << QByteArray(pipeline) << QByteArray(precision)
                                << QString::fromLatin1(part);
        };
        row(R"({"batch": "many"})", R"({"steps": []})", "fp32", "\"batch\" must be a whole number");
        row(R"({"colour": 1})", R"({"steps": []})", "fp32", "\"colour\"");
        row("null", R"({"steps": []})", "fp32", "JSON object");
        row("{}", R"({"steps": 7})", "fp32", "is not a pipeline");
        row("{}", R"({"steps": []})", "7 bits", "\"precision\" is \"7 bits\"");
    }
    void invalidStoredSettingsAreNamed() {
        QFETCH(QByteArray, config);
        QFETCH(QByteArray, pipeline);
        QFETCH(QByteArray, precision);
        QFETCH(QString, part);
        RunRecord run;
        run.id = 3;
        run.database = "/data/runs.sqlite";
        run.config = parseJson(config.toStdString(), "test");
        run.pipeline = parseJson(pipeline.toStdString(), "test");
        run.precision = precision.toStdString();
        const std::string message = test::thrownMessage<InvalidInput>([&] { configurationOf(run); });
        QVERIFY2(test::isClearMessage(message, part.toStdString()), message.c_str());
        QVERIFY2(test::contains(message, "run 3 of /data/runs.sqlite"), message.c_str());
    }

    /// As on a full disk: training continues to the end, and the failure is reported.
    void checkpointThatCannotBeWrittenDoesNotStopTraining() {
        const auto file = m_newFile();
        for (const char *step : {"4", "8", "12"})
            test::occupy(file, checkpointFile(file, step));
        const RunOutcome outcome = executeRun(tinyRun(), m_shapes, file, {}, {});
        QVERIFY(outcome.end == RunEnd::Failed);
        QVERIFY2(test::contains(outcome.failure, "checkpoint"), outcome.failure.c_str());
        const RunRecord run = RunStore(file).runs().one(1);
        QVERIFY(run.status == RunStatus::Failed);
        QCOMPARE(run.lastStep, std::int64_t{12});                 // trained to the end nevertheless
        QCOMPARE(countResults(run, Split::Test), std::size_t{5}); // and was evaluated
        QVERIFY(test::contains(run.notes.front().message, "could not be written"));
    }

    /// The run fails with advice, and the program continues normally.
    void memoryThatRunsOutFailsTheRunAlone() {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("the sanitizer needs address space of its own");
#endif
        const auto file = m_newFile();
        RunConfiguration large = tinyRun();
        large.options.loaderThreads = 1; // each thread needs address space, too
        large.options.width = 1;
        large.options.imageSize = 224;
        large.options.batch = 64; // its first activations alone are 400 MB
        RunOutcome outcome;
        {
            const MemoryLimit limit(rlim_t{600} << 20);
            outcome = executeRun(large, m_shapes, file, {}, {});
        }
        QVERIFY(outcome.end == RunEnd::Failed);
        QVERIFY2(outcome.failure.starts_with("memory ran out"), outcome.failure.c_str());
        QVERIFY2(test::contains(outcome.failure, "a chunk of 16 (cached gradients), bf16, a smaller batch"),
                 outcome.failure.c_str());
        QVERIFY(RunStore(file).runs().one(1).status == RunStatus::Failed);
        QVERIFY(executeRun(tinyRun(), m_shapes, file, {}, {}).end == RunEnd::Completed);
    }

    void deletedDatabaseEndsTheRun() {
        const auto file = m_newFile();
        struct Remover : ListeningObserver<Remover> {
            std::filesystem::path database;
            void hear(const EpochFinished &finished) {
                if (finished.epoch == 1)
                    std::filesystem::remove(database);
            }
        } remover;
        remover.database = file;
        const std::array<Observer *, 1> observers{&remover};
        const RunOutcome outcome = executeRun(tinyRun(), m_shapes, file, observers, {});
        QVERIFY(outcome.end == RunEnd::Failed);
        QCOMPARE(QString::fromStdString(outcome.failure).count(QStringLiteral("deleted")), qsizetype{1});
        QVERIFY(outcome.storedStep);
        QVERIFY2(*outcome.storedStep < 12, std::to_string(*outcome.storedStep).c_str());
    }

    /// Training continues, also over a checkpoint and an evaluation, while another program locks the
    /// database.
    void lockedDatabaseStopsNothingAndLosesNothing() {
        const auto file = m_newFile();
        struct Locker : ListeningObserver<Locker> {
            std::filesystem::path database;
            std::optional<test::DatabaseLock> lock;
            bool hadJournal = false;
            void hear(const RunStarted &) { lock.emplace(database); }
            void hear(const EpochFinished &finished) {
                if (finished.epoch != 3)
                    return;
                const std::filesystem::path journal = database.native() + ".runs/1/unwritten.jsonl";
                hadJournal = QTest::qWaitFor([&] { return std::filesystem::exists(journal); }, 30'000);
                lock.reset();
            }
        } locker;
        locker.database = file;
        const std::array<Observer *, 1> observers{&locker};
        const RunOutcome outcome = executeRun(tinyRun(), m_shapes, file, observers, {});
        QVERIFY2(outcome.end == RunEnd::Completed, outcome.failure.c_str());
        QVERIFY2(outcome.unrecorded.empty(), outcome.unrecorded.c_str());
        QVERIFY(locker.hadJournal);
        const auto free = m_newFile();
        executeRun(tinyRun(), m_shapes, free, {}, {});
        const RunStore store(file);
        const RunRecord run = store.runs().one(1);
        const RunRecord expected = RunStore(free).runs().one(1);
        QVERIFY(run.status == RunStatus::Completed);
        QCOMPARE(run.weightsSha256, expected.weightsSha256);
        QCOMPARE(run.results.size(), expected.results.size());
        QCOMPARE(run.artifacts.size(), expected.artifacts.size());
        QCOMPARE(store.metrics().curve(1, "loss").size(), std::size_t{12});
        for (const ArtifactRecord &artifact : run.artifacts)
            QVERIFY(std::filesystem::exists(artifact.path.text()));
        std::size_t files = 0;
        for (const auto &entry : std::filesystem::directory_iterator(file.native() + ".runs/1"))
            files += entry.is_regular_file() ? 1 : 0;
        QCOMPARE(files, run.artifacts.size()); // no journal, and no checkpoint that was dropped
    }

    /// Records from before the system clock was set back are in the future.
    void clockThatIsSetBackDoesNotTurnTime() {
        const auto file = m_newFile();
        struct Clock : ListeningObserver<Clock> {
            std::filesystem::path database;
            void hear(const RunStarted &) {
                sqlite3 *connection = nullptr;
                sqlite3_open(database.c_str(), &connection);
                sqlite3_exec(connection, "UPDATE runs SET created = created + 86400", nullptr, nullptr,
                             nullptr);
                sqlite3_close(connection);
            }
        } clock;
        clock.database = file;
        Stopper stopper(6);
        const std::array<Observer *, 2> both{&clock, &stopper};
        QVERIFY(executeRun(tinyRun(), m_shapes, file, both, stopper.source.get_token()).end ==
                RunEnd::Cancelled);
        QVERIFY(resumeRun(1, m_shapes, file, {}, {}).end == RunEnd::Completed);
        const RunStore store(file);
        const RunRecord run = store.runs().one(1);
        double last = run.created;
        for (const MetricPoint &point : store.metrics().curve(1, "loss"))
            if (point.step > 6) {
                QVERIFY(point.time >= last);
                last = point.time;
            }
        QVERIFY(run.finished.value_or(0) >= last);
    }

    void pipelineThatChangesNothingIsReported() {
        const auto file = m_newFile();
        RunConfiguration configuration = tinyRun();
        configuration.options.epochs = 1;
        configuration.pipeline.steps.clear();
        executeRun(configuration, m_shapes, file, {}, {});
        QVERIFY(test::contains(RunStore(file).runs().one(1).notes.front().message, "changes nothing"));
    }

    void checkpointsContinueOnceThereIsSpaceAgain() {
        const auto file = m_newFile();
        test::occupy(file, checkpointFile(file, "8"));
        const RunOutcome outcome = executeRun(tinyRun(), m_shapes, file, {}, {});
        QVERIFY2(outcome.end == RunEnd::Completed, outcome.failure.c_str());
        QVERIFY(std::filesystem::is_regular_file(checkpointFile(file, "12")));
        QVERIFY(test::contains(RunStore(file).runs().one(1).notes.front().message,
                               "step 8 could not be written"));
    }

    void evaluatesOnAnotherDeviceIfItsOwnIsNotAvailable() {
        const auto file = m_newFile();
        RunConfiguration configuration = tinyRun();
        configuration.options.evaluateEvery = 0;
        const RunOutcome outcome = executeRun(configuration, m_shapes, file, {}, {});
        QVERIFY(outcome.end == RunEnd::Completed);
        {
            sqlite3 *database = nullptr;
            QCOMPARE(sqlite3_open(file.c_str(), &database), SQLITE_OK);
            sqlite3_exec(database, "UPDATE runs SET device = 'cuda:7', status = 'cancelled'", nullptr,
                         nullptr, nullptr);
            sqlite3_close(database);
        }
        QCOMPARE(evaluateRun(1, m_shapes, file, Split::Validation, {}).size(), std::size_t{2});
        QVERIFY(test::contains(
            test::thrownMessage<DeviceError>([&] { resumeRun(1, m_shapes, file, {}, {}); }), "cuda:7"));
        QVERIFY(resumeRun(1, m_shapes, file, {}, {}, {.device = "cpu"}).end == RunEnd::Completed);
        QCOMPARE(RunStore(file).runs().one(1).device, std::string("cpu"));
    }

    void completedRunIsKeptWhole() {
        const auto file = m_newFile();
        const RunOutcome outcome = executeRun(tinyRun(), m_shapes, file, {}, {});
        QVERIFY2(outcome.end == RunEnd::Completed, outcome.failure.c_str());
        const RunStore store(file);
        const RunRecord run = store.runs().one(outcome.run);
        QVERIFY(run.status == RunStatus::Completed);
        QCOMPARE(run.name, std::string("SimCLR (CIFAR-10)"));
        QCOMPARE(run.lastStep, std::int64_t{12});
        QCOMPARE(run.weightsSha256.size(), std::size_t{64});
        QVERIFY(run.imagesPerSecond.value_or(0) > 0);
        QCOMPARE(run.dataset.trainImages, 64u);
        QCOMPARE(run.dataset.fingerprint, m_shapes->fingerprint());
        // Epochs 0 to 3 by linear evaluation and kNN, and from the first epoch on by the online probe.
        QCOMPARE(countResults(run, Split::Validation), std::size_t{11});
        QCOMPARE(countResults(run, Split::Test), std::size_t{5}); // random and trained encoder
        for (const Metric &metric : allMetrics) {                 // 12 steps in 3 epochs
            if (metric.isOfGpu)
                continue; // tst_cuda
            const std::size_t expected = metric.measured == Measured::EveryStep ? 12 : 3;
            const auto curve = store.metrics().curve(run.id, std::string(metric.id));
            QVERIFY2(curve.size() == expected, metric.id.data());
            for (const MetricPoint &point : curve)
                QVERIFY2(std::isfinite(point.value), metric.id.data());
        }
        const auto onCpu = std::ranges::count(allMetrics, false, &Metric::isOfGpu);
        QCOMPARE(store.metrics().keys(run.id).size(), static_cast<std::size_t>(onCpu));
        for (const MetricPoint &point : store.metrics().curve(run.id, "data_wait"))
            QVERIFY(point.value >= 0 && point.value <= 1);
        for (const char *norm : {"gradient_norm", "weight_norm", "memory"})
            QVERIFY(store.metrics().curve(run.id, norm).front().value > 0);
        QCOMPARE(pipelineFromJson(run.pipeline, "run"), tinyRun().pipeline);
    }

    void sameConfigurationSameWeights() {
        const auto file = m_newFile();
        const RunId first = executeRun(tinyRun(), m_shapes, file, {}, {}).run;
        const RunId second = executeRun(tinyRun(), m_shapes, file, {}, {}).run;
        const RunStore store(file);
        QCOMPARE(store.runs().one(second).weightsSha256, store.runs().one(first).weightsSha256);
    }

    void cancelledRunResumesAsIfNeverStopped_data() {
        QTest::addColumn<int>("step");
        QTest::newRow("inside an epoch") << 6;
        QTest::newRow("at the end of an epoch") << 8;
        QTest::newRow("after the last step") << 12;
    }
    void cancelledRunResumesAsIfNeverStopped() {
        QFETCH(int, step);
        const auto file = m_newFile();
        const RunId whole = executeRun(tinyRun(), m_shapes, file, {}, {}).run;
        const RunOutcome cancelled = stopped(file, step);
        QVERIFY(cancelled.end == RunEnd::Cancelled);
        {
            const RunStore store(file);
            QVERIFY(store.runs().one(cancelled.run).status == RunStatus::Cancelled);
            QCOMPARE(store.runs().one(cancelled.run).lastStep, std::int64_t{step});
        }
        const RunOutcome resumed = resumeRun(cancelled.run, m_shapes, file, {}, {});
        QVERIFY2(resumed.end == RunEnd::Completed, resumed.failure.c_str());
        const RunStore store(file);
        const RunRecord expected = store.runs().one(whole);
        const RunRecord actual = store.runs().one(cancelled.run);
        QCOMPARE(actual.weightsSha256, expected.weightsSha256);
        const auto loss = store.metrics().curve(whole, "loss");
        const auto again = store.metrics().curve(cancelled.run, "loss");
        QCOMPARE(again.size(), loss.size());
        for (std::size_t i = 0; i < loss.size(); ++i)
            QCOMPARE(again[i].value, loss[i].value);
        QCOMPARE(actual.results.size(), expected.results.size());
        for (std::size_t i = 0; i < expected.results.size(); ++i) {
            QVERIFY(actual.results[i].key == expected.results[i].key);
            QCOMPARE(actual.results[i].value, expected.results[i].value);
        }
        QVERIFY_EXCEPTION_THROWN(resumeRun(cancelled.run, m_shapes, file, {}, {}), InvalidInput);
    }

    void runWithoutItsCheckpointIsNotChanged() {
        const auto file = m_newFile();
        const RunId id = stopped(file, 6).run;
        const RunRecord before = RunStore(file).runs().one(id);
        for (const ArtifactRecord &artifact : before.artifacts)
            std::filesystem::remove(artifact.path.toRead());
        QVERIFY_EXCEPTION_THROWN(resumeRun(id, m_shapes, file, {}, {}), InvalidInput);
        const RunStore store(file);
        QCOMPARE(store.runs().one(id).results.size(), before.results.size());
        QCOMPARE(store.metrics().curve(id, "loss").size(), std::size_t{6});
    }

    void runIsEvaluatedAgainToTheSameValue() {
        const auto file = m_newFile();
        const RunId id = executeRun(tinyRun(), m_shapes, file, {}, {}).run;
        const auto results = evaluateRun(id, m_shapes, file, Split::Test, {});
        QCOMPARE(results.size(), std::size_t{2});
        const RunStore store(file);
        QCOMPARE(results[0].value, latestResult(store.runs().one(id), Protocol::Linear, Split::Test)->value);
        QCOMPARE(countResults(store.runs().one(id), Split::Test), std::size_t{5});
    }

    void divergedRunFailsWithItsReason() {
        RunConfiguration configuration = tinyRun();
        configuration.options.learningRate = 100;
        configuration.options.temperature = 0.01;
        configuration.options.momentum = 0.999;
        configuration.options.weightDecay = 1;
        configuration.options.warmupEpochs = 0;
        configuration.options.epochs = 60;
        configuration.options.evaluateEvery = 0;
        const auto file = m_newFile();
        const RunOutcome outcome = executeRun(configuration, m_shapes, file, {}, {});
        QVERIFY(outcome.end == RunEnd::Failed);
        const RunRecord run = RunStore(file).runs().one(outcome.run);
        QVERIFY(run.status == RunStatus::Failed);
        QVERIFY2(run.failure.find("step") != std::string::npos, run.failure.c_str());
    }

    void otherImagesAreRefused() {
        const auto file = m_newFile();
        const RunId id = stopped(file, 2).run;
        const DatasetPtr others = openDataset("shapes:2");
        QVERIFY_EXCEPTION_THROWN(resumeRun(id, others, file, {}, {}), InvalidInput);
        QVERIFY_EXCEPTION_THROWN(evaluateRun(id, others, file, Split::Test, {}), InvalidInput);
    }

    void nothingIsKeptOfARunThatCannotStart() {
        const auto file = m_newFile();
        RunConfiguration configuration = tinyRun();
        configuration.options.trainImages = 10;
        QVERIFY_EXCEPTION_THROWN(executeRun(configuration, m_shapes, file, {}, {}), InvalidInput);
        configuration = tinyRun();
        configuration.pipeline.steps.push_back(
            {"from_the_future", true, 1, {}, {{"operation", "from_the_future"}}});
        QVERIFY_EXCEPTION_THROWN(checkRun(configuration, *m_shapes), InvalidInput);
        QVERIFY_EXCEPTION_THROWN(executeRun(configuration, m_shapes, file, {}, {}), InvalidInput);
        QVERIFY(!std::filesystem::exists(file));
    }

    void pretrainsWithoutLabels() {
        const auto images = m_newFile.folder() / "flat";
        test::writeNoiseFolder(images, 60, 16, 1);
        RunConfiguration configuration = tinyRun();
        configuration.options.trainImages = 0;
        const auto file = m_newFile();
        const RunOutcome outcome = executeRun(configuration, openDataset(images), file, {}, {});
        QVERIFY2(outcome.end == RunEnd::Completed, outcome.failure.c_str());
        const RunRecord run = RunStore(file).runs().one(outcome.run);
        QVERIFY(run.results.empty());
        QVERIFY(!run.notes.empty());
    }
};

SIMCLR_TEST(TestRun, QCoreApplication)
#include "tst_run.moc"
