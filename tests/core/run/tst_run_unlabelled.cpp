// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/data_source.h"
#include "core/data/joined_dataset.h"
#include "core/run/job_execution.h"
#include "core/run/run.h"
#include "core/run/run_features.h"
#include "core/store/run_comparison.h"
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "tests/core/run/tiny_run.h"
#include "tests/support/test_images.h"

#include <algorithm>
#include <array>
#include <set>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

namespace {

/// One epoch of four steps on images of a folder.
RunConfiguration oneEpoch() {
    RunConfiguration configuration = tinyRunOf(0);
    configuration.options.validationFraction = 0.25;
    return configuration;
}

/// Losses of all steps, and notes.
struct Listener : ListeningObserver<Listener> {
    void hear(const StepFinished &step) { losses.push_back(step.values["loss"]); }
    void hear(const Noted &noted) { notes += noted.message + "\n"; }
    void hear(const RunStarted &start) { started = start; }

    std::vector<double> losses;
    std::string notes;
    RunStarted started;
};

/// A run that has ended.
struct Trained {
    RunRecord run;
    Listener told;
    fs::path database;
};

} // namespace

/// Runs that learn from images without labels and are evaluated on others.
class TestRunUnlabelled : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;
    NewDatabases m_newDatabase;
    fs::path m_images = folderOf(m_directory) / "many";
    fs::path m_others = folderOf(m_directory) / "others";
    fs::path m_labelled = folderOf(m_directory) / "few";
    fs::path m_more = folderOf(m_directory) / "more";

    std::string sourceWith(const std::string &labelled) const {
        return toText(DataSource{m_images.native(), labelled, {}});
    }
    Trained trained(const std::string &source, const RunConfiguration &configuration = oneEpoch()) {
        Trained result;
        result.database = m_newDatabase();
        const std::array<Observer *, 1> observers{&result.told};
        const RunOutcome outcome =
            executeRun(configuration, openDataset(source), result.database, observers, {});
        if (outcome.end != RunEnd::Completed)
            qFatal("%s", outcome.failure.c_str());
        result.run = RunStore(result.database).runs().one(outcome.run);
        return result;
    }
    /// In a folder of its own, with so many images in each class.
    fs::path labelledFolder(const std::string &name, int classes, int each) const {
        const fs::path folder = folderOf(m_directory) / name;
        for (int i = 0; i < classes; ++i)
            writeNoiseFolder(folder / ("class" + std::to_string(i)), each, 16,
                             5'000 + 100 * static_cast<std::uint32_t>(i));
        return folder;
    }

  private Q_SLOTS:
    void initTestCase();
    void encoderDoesNotDependOnTheLabelledImages();
    void recordSaysBoth();
    void resultsAreAboutTheLabelledImages();
    void labelledImagesAreLearnedFromIfWanted();
    void runsOnOtherImagesArePaired();
    void transferIsToTheLabelledImages();
    void resumesAsIfItHadNeverStopped();
    void otherLabelledImagesAreOtherImages();
    void featuresKnowWhatWasLearnedFrom();
    void jobsOpenBoth();
    void leakIsTold();
    void labelsThatDoNotSuffice_data();
    void labelsThatDoNotSuffice();
    void batchIsComparedWithWhatIsLearnedFrom();
};

void TestRunUnlabelled::initTestCase() {
    writeNoiseFolder(m_images, 64, 16, 1);
    writeNoiseFolder(m_others, 72, 16, 500);
    labelledFolder("few", 3, 12);
    labelledFolder("more", 5, 30);
}

/// The goal of two sources: labels are for evaluating only.
void TestRunUnlabelled::encoderDoesNotDependOnTheLabelledImages() {
    const Trained alone = trained(m_images.native());
    const Trained few = trained(sourceWith(m_labelled.native()));
    const Trained many = trained(sourceWith(m_more.native()));
    QCOMPARE(alone.told.losses.size(), std::size_t{4});
    for (const Trained *other : {&few, &many}) {
        QCOMPARE(other->run.weightsSha256, alone.run.weightsSha256);
        QVERIFY(other->told.losses == alone.told.losses);
        QVERIFY(other->run.dataset.fingerprint != alone.run.dataset.fingerprint);
    }
    QVERIFY(alone.run.results.empty());
    QVERIFY(!few.run.results.empty() && !many.run.results.empty());
}

void TestRunUnlabelled::recordSaysBoth() {
    const Trained few = trained(sourceWith(m_labelled.native()));
    const DatasetRecord &dataset = few.run.dataset;
    QCOMPARE(dataset.title, std::string("many + few"));
    QCOMPARE(dataset.evaluatedTitle(), std::string("few"));
    QCOMPARE(dataset.learnedImages(), 64u);
    QCOMPARE(dataset.trainImages + dataset.validationImages + dataset.testImages, 36u);
    QCOMPARE(dataset.firstLabelled, 64u);
    QCOMPARE(dataset.classes, 3u);
    QCOMPARE(dataset.evaluatedFingerprint(), openDataset(m_labelled.native())->fingerprint());
    QVERIFY(dataset.learnsFromOthers());
    QCOMPARE(few.run.totalSteps, std::int64_t{4});
    QCOMPARE(few.told.started.learnImages, 64u);
    QCOMPARE(few.told.started.trainImages, dataset.trainImages);
    QCOMPARE(toJson(few.run, true)["dataset"]["learn"].get<int>(), 64);
}

void TestRunUnlabelled::resultsAreAboutTheLabelledImages() {
    const Trained few = trained(sourceWith(m_labelled.native()));
    const DatasetPtr labelled = openDataset(m_labelled.native());
    const RunStore store(few.database);
    std::set<Protocol> protocols;
    for (const Result &result : few.run.results) {
        protocols.insert(result.key.protocol);
        const auto predictions = pairablePredictions(store, few.run, result.key);
        QVERIFY(predictions);
        QCOMPARE(predictions->samples.size(),
                 std::size_t(result.key.split == Split::Test ? few.run.dataset.testImages
                                                             : few.run.dataset.validationImages));
        for (std::size_t i = 0; i < predictions->samples.size(); ++i)
            QCOMPARE(predictions->labels[i],
                     labelled->label(static_cast<std::uint32_t>(predictions->samples[i])));
    }
    // The probe that is trained along has no label to learn from.
    QVERIFY((protocols == std::set{Protocol::Linear, Protocol::Knn}));
}

void TestRunUnlabelled::labelledImagesAreLearnedFromIfWanted() {
    RunConfiguration configuration = oneEpoch();
    configuration.options.learnFromLabelled = true;
    const Trained both = trained(sourceWith(m_labelled.native()), configuration);
    const Trained only = trained(sourceWith(m_labelled.native()));
    QCOMPARE(both.run.dataset.learnedImages(), 64 + both.run.dataset.trainImages);
    QCOMPARE(both.run.dataset.trainImages, only.run.dataset.trainImages);
    QVERIFY(both.run.weightsSha256 != only.run.weightsSha256);
    QVERIFY(std::ranges::any_of(both.run.results, [](const Result &result) {
        return result.key.protocol == Protocol::Online; // some images of a batch have labels
    }));
}

void TestRunUnlabelled::runsOnOtherImagesArePaired() {
    const fs::path database = m_newDatabase();
    RunConfiguration configuration = oneEpoch();
    configuration.options.batch = 8;
    const std::string labelled = m_labelled.native();
    for (const std::string &source :
         {sourceWith(labelled), toText(DataSource{m_others.native(), labelled, {}}), labelled})
        QCOMPARE(executeRun(configuration, openDataset(source), database, {}, {}).end, RunEnd::Completed);
    const RunStore store(database);
    const std::vector<RunRecord> runs{store.runs().one(1), store.runs().one(2), store.runs().one(3)};
    for (const auto &[first, second] : {std::pair{0u, 1u}, {0u, 2u}, {1u, 2u}}) {
        int tested = 0;
        for (const ResultRow &row : compareResults(store, {runs[first], runs[second]}))
            if (row.example.key.split == Split::Test && !row.isBaseline && row.values[0] && row.values[1]) {
                QVERIFY(row.test);
                QCOMPARE(row.test->common, std::size_t{runs[first].dataset.testImages});
                ++tested;
            }
        QCOMPARE(tested, 2); // linear and kNN
    }
}

void TestRunUnlabelled::transferIsToTheLabelledImages() {
    const Trained alone = trained(m_others.native());
    EvaluationRequest request;
    request.protocols = {Protocol::Knn};
    request.isTransfer = true;
    NoObserver nobody;
    std::vector<Result> results;
    for (const std::string &source : {m_labelled.native(), sourceWith(m_labelled.native())})
        results.push_back(
            evaluateRun(alone.run.id, openDataset(source), alone.database, request, nobody, {}).at(0));
    QVERIFY(results[0].key == results[1].key);
    QCOMPARE(results[0].value, results[1].value);
    QCOMPARE(results[1].key.scope.dataset, openDataset(m_labelled.native())->fingerprint());
    QCOMPARE(results[1].datasetTitle, std::string("few"));
}

void TestRunUnlabelled::resumesAsIfItHadNeverStopped() {
    const Trained whole = trained(sourceWith(m_labelled.native()));
    const fs::path database = m_newDatabase();
    Stopper stopper(2);
    const std::array<Observer *, 1> observers{&stopper};
    QCOMPARE(executeRun(oneEpoch(), openDataset(sourceWith(m_labelled.native())), database, observers,
                        stopper.source.get_token())
                 .end,
             RunEnd::Cancelled);
    const RunRecord stopped = RunStore(database).runs().one(1);
    const DatasetPtr again = openDataset(stopped.dataset.source); // as it is stored
    QCOMPARE(resumeRun(1, again, database, {}, {}).end, RunEnd::Completed);
    const RunRecord resumed = RunStore(database).runs().one(1);
    QCOMPARE(resumed.weightsSha256, whole.run.weightsSha256);
    QCOMPARE(resumed.dataset.learnedImages(), 64u);
}

void TestRunUnlabelled::otherLabelledImagesAreOtherImages() {
    const fs::path database = m_newDatabase();
    Stopper stopper(2);
    const std::array<Observer *, 1> observers{&stopper};
    executeRun(oneEpoch(), openDataset(sourceWith(m_labelled.native())), database, observers,
               stopper.source.get_token());
    const DatasetPtr other = openDataset(sourceWith(m_more.native()));
    QVERIFY_THROWS_EXCEPTION(ImagesChanged, resumeRun(1, other, database, {}, {}));
    ResumeOptions allowed;
    allowed.allowChangedImages = true;
    QCOMPARE(resumeRun(1, other, database, {}, {}, allowed).end, RunEnd::Completed);
    const RunRecord run = RunStore(database).runs().one(1);
    QCOMPARE(run.dataset.evaluatedFingerprint(), openDataset(m_more.native())->fingerprint());
    QCOMPARE(run.dataset.firstLabelled, 64u);
}

void TestRunUnlabelled::featuresKnowWhatWasLearnedFrom() {
    const TrainOptions options = oneEpoch().options;
    const DatasetPtr dataset = openDataset(sourceWith(m_labelled.native()));
    const Splits splits = checkRun(oneEpoch(), *dataset);
    QVERIFY(samplesOfSplit("learn", options, *dataset) == splits.learn);
    QVERIFY(samplesOfSplit("train", options, *dataset) == splits.train);
    const std::vector<ImageSplit> each = splitOfEach(options, *dataset);
    QCOMPARE(std::ranges::count(each, ImageSplit::Learn), std::ptrdiff_t{64});
    QCOMPARE(std::ranges::count(each, ImageSplit::Train), std::ptrdiff_t(splits.train.size()));
    QCOMPARE(std::ranges::count(each, ImageSplit::None), std::ptrdiff_t{0});
    const DatasetPtr labelled = openDataset(m_labelled.native());
    QVERIFY(samplesOfSplit("learn", options, *labelled) == samplesOfSplit("train", options, *labelled));
}

/// A job names its images by one text, as the window and sweeps store it.
void TestRunUnlabelled::jobsOpenBoth() {
    const fs::path database = m_newDatabase();
    const DatasetPtr dataset = openDataset(sourceWith(m_labelled.native()));
    const Job job = jobFromJson(toJson(Job(trainJob(oneEpoch(), *dataset))), "a job");
    DatasetCache images;
    JobExecution execution(database, images);
    Listener listener;
    QCOMPARE(execution.execute(job, listener, {}).end, JobEnd::Done);
    EvaluateJob evaluation;
    evaluation.run = 1;
    evaluation.request.protocols = {Protocol::Knn};
    const JobOutcome outcome = execution.execute(evaluation, listener, {});
    QCOMPARE(outcome.end, JobEnd::Done);
    QVERIFY2(!contains(listener.notes, "have changed"), listener.notes.c_str());
    QCOMPARE(RunStore(database).runs().one(1).dataset.fingerprint, dataset->fingerprint());
}

void TestRunUnlabelled::leakIsTold() {
    const fs::path labelled = folderOf(m_directory) / "leaking";
    writeNoiseFolder(labelled / "train" / "a", 6, 16, 800);
    writeNoiseFolder(labelled / "train" / "b", 6, 16, 820);
    writeNoiseFolder(labelled / "test" / "a", 2, 16, 1); // 000.png and 001.png of the images
    writeNoiseFolder(labelled / "test" / "b", 2, 16, 840);
    const Trained leaking = trained(sourceWith(labelled.native()));
    const std::string expected = "2 test images are also among the images learned from: "
                                 "labelled:test/a/000.png is 000.png, labelled:test/a/001.png is 001.png.";
    QVERIFY2(contains(leaking.told.notes, expected), leaking.told.notes.c_str());
    QVERIFY(std::ranges::any_of(leaking.run.notes,
                                [&](const NoteRecord &note) { return note.message == expected; }));
}

void TestRunUnlabelled::labelsThatDoNotSuffice_data() {
    QTest::addColumn<int>("classes");
    QTest::addColumn<int>("each");
    QTest::addColumn<QByteArray>("told");
    QTest::addColumn<QByteArray>("refused"); ///< by a later evaluation; empty: it is possible
    QTest::newRow("one class") << 1 << 10 << QByteArray("The images have no labels") << QByteArray("nothing");
    QTest::newRow("one image in each class")
        << 10 << 1 << QByteArray("There are no test images") << QByteArray("no test images");
    QTest::newRow("no validation image")
        << 4 << 2 << QByteArray("There are no validation images") << QByteArray();
    QTest::newRow("ten images") << 2 << 5 << QByteArray() << QByteArray();
}

/// Training goes on, and what cannot be evaluated is told.
void TestRunUnlabelled::labelsThatDoNotSuffice() {
    QFETCH(int, classes);
    QFETCH(int, each);
    QFETCH(QByteArray, told);
    QFETCH(QByteArray, refused);
    const fs::path labelled = labelledFolder(QTest::currentDataTag(), classes, each);
    const Trained run = trained(sourceWith(labelled.native()));
    QVERIFY2(contains(run.told.notes, told.toStdString()), run.told.notes.c_str());
    QVERIFY(!run.run.weightsSha256.empty());
    EvaluationRequest request;
    request.protocols = {Protocol::Linear, Protocol::Knn};
    NoObserver nobody;
    const DatasetPtr dataset = openDataset(run.run.dataset.source);
    if (refused.isEmpty()) {
        QCOMPARE(evaluateRun(1, dataset, run.database, request, nobody, {}).size(), std::size_t{2});
        return;
    }
    const std::string message = thrownMessage<InvalidInput>([&] {
        if (evaluateRun(1, dataset, run.database, request, nobody, {}).empty())
            throw InvalidInput("nothing is evaluated");
    });
    QVERIFY2(isClearMessage(message, refused.toStdString()), message.c_str());
}

void TestRunUnlabelled::batchIsComparedWithWhatIsLearnedFrom() {
    RunConfiguration configuration = oneEpoch();
    configuration.options.batch = 65;
    const DatasetPtr dataset = openDataset(sourceWith(m_more.native())); // with more labelled images
    const std::string message =
        thrownMessage<InvalidInput>([&] { static_cast<void>(checkRun(configuration, *dataset)); });
    QVERIFY2(isClearMessage(message, "larger than the 64 images to learn from there are; at most 64"),
             message.c_str());
}

SIMCLR_TEST(TestRunUnlabelled)
#include "tst_run_unlabelled.moc"
