// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"

#include <atomic>
#include <limits>
#include <thread>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

class TestRunStore : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void createdRunReadsBack();
    void imagesToLearnFromReadBack();
    void runsAreListedNewestFirst();
    void longCurveReadsBackInOrder();
    void curveContinuesAfterAStep();
    void metricsMoveLastStepAndEpoch();
    void notANumberSurvives();
    void finishKeepsMedianSpeedAndWeights();
    void failureIsKeptForFailedOnly();
    void resultOfTheSameEpochIsReplaced();
    void artifactsMoveWithTheFolder();
    void notesAreKeptInOrder();
    void reopenRemovesWhatCameLater();
    void renameRefusesAnEmptyName();
    void removeTakesCurvesAndFiles();
    void removedNumberIsNotUsedAgain();
    void runningRunIsNotRemoved();
    void missingRunIsNamed();
    void liveRunIsNotInterrupted();
    void changeCounterSeesEveryConnection();
    void twoThreadsWriteAndReadAtOnce();
    void readOnlyReadsAndRefusesToWrite();
    void moveKeepsTheConnection();
    void defaultPathFollowsXdg();

  private:
    fs::path file() const { return folderOf(*m_directory) / "runs.sqlite"; }
    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestRunStore::init() {
    m_directory = std::make_unique<QTemporaryDir>();
}

void TestRunStore::createdRunReadsBack() {
    const RunId id = RunStore(file()).runs().create(sampleRun("caf\xC3\xA9 'quoted'; DROP TABLE runs"));
    const RunRecord run = RunStore(file()).runs().one(id);
    const NewRun expected = sampleRun("caf\xC3\xA9 'quoted'; DROP TABLE runs");
    QCOMPARE(run.name, expected.name);
    QVERIFY(run.status == RunStatus::Running);
    QVERIFY(run.config == expected.config);
    QCOMPARE(toLine(run.pipeline), toLine(expected.pipeline));
    QCOMPARE(run.dataset.source, expected.dataset.source);
    QCOMPARE(run.dataset.fingerprint, expected.dataset.fingerprint);
    QCOMPARE(run.dataset.trainImages, 900u);
    QCOMPARE(run.dataset.validationImages, 100u);
    QCOMPARE(run.dataset.testImages, 250u);
    QCOMPARE(run.dataset.classes, 10u);
    QCOMPARE(run.dataset.broken, 3u);
    QCOMPARE(run.seed, expected.seed);
    QCOMPARE(run.device, expected.device);
    QCOMPARE(run.precision, expected.precision);
    QCOMPARE(run.programVersion, expected.programVersion);
    QVERIFY(run.libraries == expected.libraries);
    QCOMPARE(run.totalSteps, expected.totalSteps);
    QCOMPARE(run.totalEpochs, expected.totalEpochs);
    QVERIFY(std::abs(run.created - static_cast<double>(QDateTime::currentSecsSinceEpoch())) < 60);
    QVERIFY(!run.finished && !run.imagesPerSecond && run.weightsSha256.empty());
}

void TestRunStore::imagesToLearnFromReadBack() {
    RunStore store(file());
    NewRun run = sampleRun();
    QVERIFY(!run.dataset.learnsFromOthers());
    run.dataset.learnImages = 100'000;
    run.dataset.labelledFingerprint = std::string(64, 'b');
    run.dataset.firstLabelled = 100'007;
    const RunId id = store.runs().create(run);
    const RunId other = store.runs().create(sampleRun());
    const DatasetRecord stored = store.runs().one(id).dataset;
    QCOMPARE(stored.learnedImages(), 100'000u);
    QCOMPARE(stored.evaluatedFingerprint(), std::string(64, 'b'));
    QCOMPARE(stored.firstLabelled, 100'007u);
    QVERIFY(stored.learnsFromOthers());
    store.runs().replaceDataset(other, stored);
    QCOMPARE(store.runs().one(other).dataset.firstLabelled, 100'007u);
    store.runs().replaceDataset(id, sampleRun().dataset);
    const DatasetRecord replaced = store.runs().one(id).dataset;
    QCOMPARE(replaced.learnedImages(), replaced.trainImages);
    QCOMPARE(replaced.evaluatedFingerprint(), replaced.fingerprint);
    QVERIFY(!replaced.learnsFromOthers());
}

void TestRunStore::runsAreListedNewestFirst() {
    RunStore store(file());
    const RunId first = store.runs().create(sampleRun("first"));
    const RunId second = store.runs().create(sampleRun("second"));
    store.results().add(first, measured("knn", "test", 10, 0.5, nullptr));
    store.events().add(first, "a note");
    const std::vector<RunRecord> runs = store.runs().all();
    QCOMPARE(runs.size(), std::size_t{2});
    QCOMPARE(runs[0].id, second);
    QVERIFY(runs[0].results.empty());
    QCOMPARE(runs[1].name, std::string("first"));
    QCOMPARE(runs[1].results.size(), std::size_t{1});
    QVERIFY(runs[1].notes.empty());
}

void TestRunStore::longCurveReadsBackInOrder() {
    constexpr std::int64_t count = 100'000;
    RunStore store(file());
    const RunId id = store.runs().create(sampleRun());
    std::vector<KeyedMetric> points = lossPoints(1, count);
    std::ranges::reverse(points);
    store.metrics().add(id, points);
    const std::vector<MetricPoint> curve = store.metrics().curve(id, "loss");
    QCOMPARE(curve.size(), static_cast<std::size_t>(count));
    for (std::int64_t step = 1; step <= count; ++step) {
        const MetricPoint &point = curve[static_cast<std::size_t>(step) - 1];
        if (point.step != step || point.value != 1.0 / static_cast<double>(step) ||
            point.epoch != static_cast<double>(step) / 10 || point.time != 1.7e9 + static_cast<double>(step))
            QFAIL(qPrintable(QString("step %1 reads back as another point").arg(step)));
    }
}

void TestRunStore::curveContinuesAfterAStep() {
    RunStore store(file());
    const RunId id = store.runs().create(sampleRun());
    store.metrics().add(id, lossPoints(1, 10));
    const std::vector<MetricPoint> rest = store.metrics().curve(id, "loss", 7);
    QCOMPARE(rest.size(), std::size_t{3});
    QCOMPARE(rest.front().step, std::int64_t{8});
    QVERIFY(store.metrics().curve(id, "no such curve").empty());
}

void TestRunStore::metricsMoveLastStepAndEpoch() {
    RunStore store(file());
    const RunId id = store.runs().create(sampleRun());
    store.metrics().add(id, lossPoints(1, 42));
    store.metrics().add(id, {});
    store.metrics().add(id, speedPoints({100}));
    QCOMPARE(store.runs().one(id).lastStep, std::int64_t{42});
    QCOMPARE(store.runs().one(id).lastEpoch, 4.2);
    QVERIFY((store.metrics().keys(id) == std::vector<std::string>{"loss", "images_per_second"}));
    QVERIFY(store.metrics().keys(store.runs().create(sampleRun())).empty());
}

void TestRunStore::notANumberSurvives() {
    RunStore store(file());
    const RunId id = store.runs().create(sampleRun());
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const std::vector<KeyedMetric> points{{"loss", {1, 0.1, std::numeric_limits<double>::quiet_NaN(), 0}},
                                          {"loss", {2, 0.2, infinity, 0}}};
    store.metrics().add(id, points);
    const std::vector<MetricPoint> curve = store.metrics().curve(id, "loss");
    QVERIFY(std::isnan(curve.at(0).value));
    QCOMPARE(curve.at(1).value, infinity);
}

void TestRunStore::finishKeepsMedianSpeedAndWeights() {
    RunStore store(file());
    const RunId odd = store.runs().create(sampleRun());
    store.metrics().add(odd, speedPoints({500, 100, 1e9}));
    store.runs().finish(odd, RunStatus::Completed, "", "abc");
    QVERIFY(store.runs().one(odd).status == RunStatus::Completed);
    QCOMPARE(store.runs().one(odd).imagesPerSecond, std::optional(500.0));
    QCOMPARE(store.runs().one(odd).weightsSha256, std::string("abc"));
    QVERIFY(store.runs().one(odd).finished >= store.runs().one(odd).created);
    const RunId even = store.runs().create(sampleRun());
    store.metrics().add(even, speedPoints({4, 1, 3, 2}));
    store.runs().finish(even, RunStatus::Cancelled, "", "");
    QCOMPARE(store.runs().one(even).imagesPerSecond, std::optional(2.5));
    const RunId none = store.runs().create(sampleRun());
    store.runs().finish(none, RunStatus::Cancelled, "", "");
    QVERIFY(!store.runs().one(none).imagesPerSecond);
}

void TestRunStore::failureIsKeptForFailedOnly() {
    RunStore store(file());
    const RunId failed = store.runs().create(sampleRun());
    store.runs().finish(failed, RunStatus::Failed, "the loss is not a number at step 3", "");
    QCOMPARE(store.runs().one(failed).failure, std::string("the loss is not a number at step 3"));
    const RunId cancelled = store.runs().create(sampleRun());
    store.runs().finish(cancelled, RunStatus::Cancelled, "left over", "");
    QCOMPARE(store.runs().one(cancelled).failure, std::string());
}

void TestRunStore::resultOfTheSameEpochIsReplaced() {
    RunStore store(file());
    const RunId id = store.runs().create(sampleRun());
    store.results().add(id, measured("linear", "test", 10, 0.4, {{"images", 900}}));
    store.results().add(id, measured("linear", "validation", 10, 0.3, nullptr));
    store.results().add(id, measured("linear", "test", 0, 0.1, nullptr));
    store.results().add(id, measured("linear", "test", 10, 0.5, {{"images", 1000}}));
    const RunRecord run = store.runs().one(id);
    QCOMPARE(run.results.size(), std::size_t{3});
    QCOMPARE(run.results[0].key.place.epoch, std::int64_t{0});
    QCOMPARE(latestResult(run, Protocol::Linear, Split::Test)->value, 0.5);
    QCOMPARE(latestResult(run, Protocol::Linear, Split::Test)->detail["images"].get<int>(), 1000);
}

void TestRunStore::artifactsMoveWithTheFolder() {
    const fs::path before = folderOf(*m_directory) / "before";
    const fs::path after = folderOf(*m_directory) / "after";
    const fs::path outside = folderOf(*m_directory) / "outside.pt";
    RunId id = 0;
    {
        RunStore store(before / "runs.sqlite");
        id = store.runs().create(sampleRun());
        const fs::path checkpoint = store.artifacts().folder(id) / "last.pt";
        QCOMPARE(checkpoint.native(),
                 (before / "runs.sqlite.runs" / std::to_string(id) / "last.pt").native());
        writeBytes(checkpoint, "weights");
        store.artifacts().add(id, ArtifactRecord{"checkpoint", RunPath(checkpoint), 50, "old"});
        store.artifacts().add(id, ArtifactRecord{"checkpoint", RunPath(checkpoint), 100, "new"});
        store.artifacts().add(id, ArtifactRecord{"export", RunPath(outside), 1, ""});
    }
    fs::rename(before, after);
    const std::vector<ArtifactRecord> artifacts = RunStore(after / "runs.sqlite").runs().one(id).artifacts;
    QCOMPARE(artifacts.size(), std::size_t{2});
    QCOMPARE(artifacts[0].path.text(), outside.native());
    QVERIFY(!artifacts[0].path.isReadable());
    QCOMPARE(artifacts[1].sha256, std::string("new"));
    QCOMPARE(artifacts[1].step, std::int64_t{100});
    QCOMPARE(readBytes(artifacts[1].path.toRead()), std::string("weights"));
}

void TestRunStore::notesAreKeptInOrder() {
    RunStore store(file());
    const RunId id = store.runs().create(sampleRun());
    store.events().add(id, "first");
    store.events().add(id, "second");
    const std::vector<NoteRecord> notes = store.runs().one(id).notes;
    QCOMPARE(notes.size(), std::size_t{2});
    QCOMPARE(notes[0].message, std::string("first"));
    QVERIFY(notes[1].time >= notes[0].time && notes[0].time > 1.7e9);
}

void TestRunStore::reopenRemovesWhatCameLater() {
    RunStore store(file());
    const RunId id = store.runs().create(sampleRun());
    store.metrics().add(id, lossPoints(1, 57));
    for (const std::int64_t epoch : {0, 2, 4, 5})
        store.results().add(id, measured("knn", "validation", epoch, 0.5, nullptr));
    store.runs().finish(id, RunStatus::Failed, "out of memory", "abc");
    store.runs().reopen(id, 40);
    RunRecord run = store.runs().one(id);
    QVERIFY(run.status == RunStatus::Running);
    QCOMPARE(run.failure, std::string());
    QVERIFY(!run.finished && !run.imagesPerSecond && run.weightsSha256.empty());
    QCOMPARE(run.lastStep, std::int64_t{40});
    QCOMPARE(run.lastEpoch, 4.0);
    QCOMPARE(store.metrics().curve(id, "loss").size(), std::size_t{40});
    QCOMPARE(run.results.size(), std::size_t{3});
    QCOMPARE(run.results.back().key.place.epoch, std::int64_t{4});
    QCOMPARE(store.recovery().markInterrupted().size(), std::size_t{0});
}

void TestRunStore::renameRefusesAnEmptyName() {
    RunStore store(file());
    const RunId id = store.runs().create(sampleRun("old"));
    store.runs().rename(id, "new");
    QCOMPARE(store.runs().one(id).name, std::string("new"));
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { store.runs().rename(id, "  "); }), "name"));
    QCOMPARE(store.runs().one(id).name, std::string("new"));
}

void TestRunStore::removeTakesCurvesAndFiles() {
    RunStore store(file());
    const RunId id = store.runs().create(sampleRun());
    const RunId kept = store.runs().create(sampleRun());
    for (const RunId each : {id, kept}) {
        store.metrics().add(each, lossPoints(1, 5));
        writeBytes(store.artifacts().folder(each) / "deep" / "last.pt", "weights");
        store.runs().finish(each, RunStatus::Completed, "", "");
    }
    store.results().add(id, measured("knn", "test", 1, 0.5, nullptr));
    store.events().add(id, "note");
    const fs::path folder = store.artifacts().folder(id);
    store.runs().remove(id);
    QVERIFY(!fs::exists(folder));
    QVERIFY(store.metrics().curve(id, "loss").empty());
    QCOMPARE(store.runs().all().size(), std::size_t{1});
    QCOMPARE(store.metrics().curve(kept, "loss").size(), std::size_t{5});
    QVERIFY(fs::exists(store.artifacts().folder(kept) / "deep" / "last.pt"));
}

void TestRunStore::removedNumberIsNotUsedAgain() {
    RunStore store(file());
    const RunId id = store.runs().create(sampleRun());
    store.runs().finish(id, RunStatus::Completed, "", "");
    store.runs().remove(id);
    QVERIFY(store.runs().create(sampleRun()) > id);
}

void TestRunStore::runningRunIsNotRemoved() {
    RunStore store(file());
    const RunId id = store.runs().create(sampleRun());
    writeBytes(store.artifacts().folder(id) / "last.pt", "weights");
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { store.runs().remove(id); }), "running"));
    QCOMPARE(store.runs().all().size(), std::size_t{1});
    QVERIFY(fs::exists(store.artifacts().folder(id) / "last.pt"));
}

void TestRunStore::missingRunIsNamed() {
    RunStore store(file());
    const std::vector<KeyedMetric> points = lossPoints(1, 1);
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { store.runs().one(9); }), "there is no run 9"));
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { store.runs().rename(9, "x"); }),
                           "there is no run 9"));
    QVERIFY(
        isClearMessage(thrownMessage<InvalidInput>([&] { store.runs().remove(9); }), "there is no run 9"));
    QVERIFY(
        isClearMessage(thrownMessage<InvalidInput>([&] { store.runs().reopen(9, 0); }), "there is no run 9"));
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { store.metrics().add(9, points); }),
                           "there is no run 9"));
    QVERIFY(isClearMessage(
        thrownMessage<InvalidInput>([&] { store.runs().finish(9, RunStatus::Completed, "", ""); }),
        "there is no run 9"));
    QVERIFY(store.metrics().keys(9).empty());
}

void TestRunStore::liveRunIsNotInterrupted() {
    RunStore store(file());
    const RunId id = store.runs().create(sampleRun());
    QCOMPARE(RunStore(file()).recovery().markInterrupted().size(), std::size_t{0});
    QVERIFY(store.runs().one(id).status == RunStatus::Running);
}

void TestRunStore::changeCounterSeesEveryConnection() {
    RunStore store(file());
    RunStore other(file());
    const std::int64_t start = store.connection().changeCounter();
    QCOMPARE(store.connection().changeCounter(), start);
    const RunId id = other.runs().create(sampleRun());
    const std::int64_t afterOther = store.connection().changeCounter();
    QVERIFY(afterOther != start);
    store.runs().rename(id, "new");
    QVERIFY(store.connection().changeCounter() != afterOther);
    const std::int64_t afterOwn = store.connection().changeCounter();
    store.runs().all();
    store.metrics().curve(id, "loss");
    QCOMPARE(store.connection().changeCounter(), afterOwn);
}

void TestRunStore::twoThreadsWriteAndReadAtOnce() {
    constexpr std::int64_t count = 3000;
    RunStore store(file());
    const RunId first = store.runs().create(sampleRun());
    std::atomic<bool> isDone = false;
    std::string failure;
    std::thread writer([&] {
        try {
            RunStore own(file());
            for (std::int64_t step = 1; step <= count; step += 10)
                own.metrics().add(first, lossPoints(step, step + 9));
        } catch (const Error &error) {
            failure = error.what();
        }
        isDone = true;
    });
    const RunId second = store.runs().create(sampleRun());
    std::size_t seen = 0;
    std::int64_t step = 0;
    while (!isDone) {
        ++step;
        store.metrics().add(second, lossPoints(step, step));
        const std::vector<MetricPoint> curve = store.metrics().curve(first, "loss");
        QVERIFY(curve.size() >= seen && curve.size() % 10 == 0);
        seen = curve.size();
    }
    writer.join();
    QCOMPARE(failure, std::string());
    QCOMPARE(store.metrics().curve(first, "loss").size(), static_cast<std::size_t>(count));
    QCOMPARE(store.metrics().curve(second, "loss").size(), static_cast<std::size_t>(step));
}

void TestRunStore::readOnlyReadsAndRefusesToWrite() {
    const RunId id = RunStore(file()).runs().create(sampleRun());
    RunStore store(file(), RunStore::Access::ReadOnly);
    QCOMPARE(store.runs().one(id).name, sampleRun().name);
    QVERIFY(isClearMessage(thrownMessage<StorageError>([&] { store.runs().rename(id, "x"); }),
                           "write-protected"));
    const fs::path missing = folderOf(*m_directory) / "missing.sqlite";
    const auto open = [&] { RunStore(missing, RunStore::Access::ReadOnly); };
    QVERIFY(isClearMessage(thrownMessage<StorageError>(open), "missing.sqlite"));
    QVERIFY(!fs::exists(missing));
}

void TestRunStore::moveKeepsTheConnection() {
    RunStore store(file());
    const RunId id = store.runs().create(sampleRun());
    RunStore moved = std::move(store);
    QCOMPARE(moved.runs().one(id).id, id);
    QCOMPARE(moved.connection().file().native(), file().native());
}

void TestRunStore::defaultPathFollowsXdg() {
    const QByteArray before = qgetenv("XDG_DATA_HOME");
    qputenv("XDG_DATA_HOME", "/somewhere");
    QCOMPARE(defaultDatabasePath().native(), std::string("/somewhere/simclr-workbench/runs.sqlite"));
    qputenv("XDG_DATA_HOME", "relative");
    QCOMPARE(defaultDatabasePath().native(),
             qgetenv("HOME").toStdString() + "/.local/share/simclr-workbench/runs.sqlite");
    qputenv("XDG_DATA_HOME", before);
}

SIMCLR_TEST(TestRunStore, QCoreApplication)
#include "tst_run_store.moc"
