// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run.h"
#include "core/store/run_store.h"
#include "tests/core/run/tiny_run.h"
#include "tests/support/test_images.h"

#include <QTest>
#include <array>
#include <functional>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

namespace {

/// Runs an action after the first epoch.
struct AfterFirstEpoch : ListeningObserver<AfterFirstEpoch> {
    explicit AfterFirstEpoch(std::function<void()> call) : action(std::move(call)) {}
    void hear(const EpochFinished &finished) {
        if (finished.epoch == 1)
            action();
    }
    std::function<void()> action;
};

bool hasNote(const RunRecord &run, const std::string &part) {
    return std::ranges::any_of(run.notes,
                               [&](const NoteRecord &note) { return contains(note.message, part); });
}

/// The test result of a protocol on the trained encoder.
const Result *testResult(const RunRecord &run, Protocol protocol) {
    const auto found = std::ranges::find_if(run.results, [&](const Result &result) {
        return result.key.split == Split::Test && result.key.protocol == protocol &&
               result.key.place.epoch > 0;
    });
    return found == run.results.end() ? nullptr : &*found;
}

} // namespace

/// Runs on folders with irregular content, or whose content changes.
class TestRunOnChangingImages : public QObject {
    Q_OBJECT

    NewDatabases m_newFile;
    QTemporaryDir m_images;
    int m_folders = 0;

    fs::path makeFolder() {
        const fs::path root = folderOf(m_images) / std::to_string(++m_folders);
        for (const int animal : {0, 1}) {
            const std::string name = animal == 0 ? "cat" : "dog";
            const auto seed = static_cast<std::uint32_t>(1000 * m_folders + 100 * animal);
            writeNoiseFolder(root / "train" / name, 12, 16, seed);
            writeNoiseFolder(root / "test" / name, 5, 16, seed + 50);
        }
        return root;
    }

    static RunConfiguration fewImages() {
        RunConfiguration configuration = tinyRun();
        configuration.options.batch = 8;
        configuration.options.epochs = 2;
        return configuration;
    }

    RunRecord run(const fs::path &images, std::uintmax_t memory, const std::function<void()> &afterFirstEpoch,
                  const RunConfiguration &configuration = fewImages()) {
        const fs::path file = m_newFile();
        OpenOptions options;
        options.memoryBudget = memory;
        AfterFirstEpoch watcher(afterFirstEpoch);
        const std::array<Observer *, 1> observers{&watcher};
        const RunOutcome outcome =
            executeRun(configuration, openDataset(images.native(), options), file, observers, {});
        if (outcome.end != RunEnd::Completed)
            qWarning("%s", outcome.failure.c_str());
        return RunStore(file).runs().one(1);
    }

  private Q_SLOTS:
    void deletedTestImagesAreMissingFromTheResultAndTold() {
        const fs::path images = makeFolder();
        const RunRecord record = run(images, 0, [&] {
            fs::remove(images / "test/cat/001.png");
            fs::remove(images / "test/dog/003.png");
        });
        QVERIFY(record.status == RunStatus::Completed);
        QVERIFY(hasNote(
            record, "2 of 10 images to evaluate on could not be used and are excluded from the accuracy"));
        for (const Protocol protocol : {Protocol::Linear, Protocol::Knn, Protocol::Online}) {
            const Result *result = testResult(record, protocol);
            QVERIFY(result);
            QCOMPARE(result->detail.value("skipped_images", 0), 2);
        }
    }

    void replacedTestImagesAreToldAndLeftOut() {
        const fs::path images = makeFolder();
        const RunRecord record =
            run(images, 0, [&] { writePng(noiseImage(16, 16, 9), images / "test/cat/001.png"); });
        QVERIFY(record.status == RunStatus::Completed);
        QVERIFY(hasNote(record, "was replaced or changed since the images were opened"));
        QCOMPARE(testResult(record, Protocol::Linear)->detail.value("skipped_images", 0), 1);
    }

    void imagesInMemoryStayWhatTheyWere() {
        const fs::path images = makeFolder();
        const RunRecord record = run(images, 1u << 30, [&] { fs::remove_all(images / "test"); });
        QVERIFY(record.status == RunStatus::Completed);
        QVERIFY(!testResult(record, Protocol::Linear)->detail.contains("skipped_images"));
    }

    void classOfOneImageIsLearntFrom() {
        const fs::path images = makeFolder();
        writeNoiseFolder(images / "train" / "rare", 1, 16, 7);
        const RunRecord record = run(images, 1u << 30, [] {});
        QVERIFY(record.status == RunStatus::Completed);
        QVERIFY(hasNote(record, "Too few images for the validation split in the class \"rare\""));
        QCOMPARE(record.dataset.classes, 3u);
        QVERIFY(testResult(record, Protocol::Linear));
    }

    void nothingMayBeKeptForEvaluation() {
        RunConfiguration configuration = fewImages();
        configuration.options.validationFraction = 0;
        const RunRecord tested = run(
            makeFolder(), 1u << 30, [] {}, configuration);
        QVERIFY(tested.status == RunStatus::Completed);
        QVERIFY(hasNote(tested, "There are no validation images"));
        QCOMPARE(tested.dataset.validationImages, 0u);
        QVERIFY(testResult(tested, Protocol::Linear) && testResult(tested, Protocol::Knn));

        configuration.options.testFraction = 0;
        const RunRecord untested = run(
            makeFolder() / "train", 1u << 30, [] {}, configuration);
        QVERIFY(untested.status == RunStatus::Completed);
        QVERIFY(hasNote(untested, "There are no test images"));
        QVERIFY(untested.results.empty());
    }

    void sharedImagesAreKeptWithTheRun() {
        const fs::path images = makeFolder();
        fs::copy_file(images / "train/cat/000.png", images / "test/cat/copy.png");
        QVERIFY(hasNote(run(images, 1u << 30, [] {}),
                        "1 test image is also a training image: test/cat/copy.png"));
    }
};

SIMCLR_TEST(TestRunOnChangingImages, QCoreApplication)
#include "tst_run_on_changing_images.moc"
