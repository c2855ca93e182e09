// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/random/random.h"
#include "core/results/result_text.h"
#include "core/run/run.h"
#include "core/store/run_store.h"
#include "core/train/checkpoint.h"
#include "core/util/error.h"
#include "tests/core/run/tiny_run.h"
#include "tests/support/measured.h"
#include "tests/support/test_support.h"

#include <array>
#include <sqlite3.h>

using namespace simclr;
using namespace simclr::test;

namespace {

void flipByte(const std::filesystem::path &path, std::size_t place) {
    std::string bytes = readBytes(path);
    bytes.at(place) ^= 0x10;
    writeBytes(path, bytes);
}

std::filesystem::path bestFile(const std::filesystem::path &database, int step) {
    const std::string digits = std::to_string(step);
    return checkpointFile(database, digits).parent_path() /
           ("best-" + std::string(9 - digits.size(), '0') + digits + ".safetensors");
}

/// Everything in a run that a stop must not change, one line each.
std::vector<std::string> contentOf(const std::filesystem::path &file, RunId id) {
    const RunStore store(file);
    const RunRecord run = store.runs().one(id);
    std::vector<std::string> content{"weights " + run.weightsSha256};
    for (const std::string &key : store.metrics().keys(id))
        if (!dependsOnMachine(key))
            for (const MetricPoint &point : store.metrics().curve(id, key))
                content.push_back(key + " " + std::to_string(point.step) + " " + numberText(point.value));
    for (const Result &result : run.results)
        content.push_back(toLine(toJson(result.key)) + " " + numberText(result.value));
    for (const ArtifactRecord &artifact : run.artifacts)
        if (artifact.kind == "best_checkpoint")
            content.push_back("best at step " + std::to_string(artifact.step));
    std::ranges::sort(content);
    return content;
}

} // namespace

/// Resumed runs end as if they had not been stopped, even with damaged checkpoints.
class TestRunResume : public QObject {
    Q_OBJECT

    NewDatabases m_newFile;
    DatasetPtr m_shapes;
    std::vector<std::string> m_unbroken; ///< content of tinyRun() without a stop

    void startAndStop(const std::filesystem::path &file, std::int64_t step,
                      const RunConfiguration &configuration = tinyRun()) {
        Stopper stopper(step);
        const std::array<Observer *, 1> observers{&stopper};
        const RunOutcome outcome =
            executeRun(configuration, m_shapes, file, observers, stopper.source.get_token());
        QVERIFY(outcome.end == RunEnd::Cancelled);
    }

    void resumeToTheEnd(const std::filesystem::path &file) {
        const RunOutcome outcome = resumeRun(1, m_shapes, file, {}, {});
        QVERIFY2(outcome.end == RunEnd::Completed, outcome.failure.c_str());
        QCOMPARE(contentOf(file, 1), m_unbroken);
    }

    static bool isNoted(const std::filesystem::path &file, const std::string &part) {
        const std::vector<NoteRecord> notes = RunStore(file).runs().one(1).notes;
        return std::ranges::any_of(notes,
                                   [&](const NoteRecord &note) { return contains(note.message, part); });
    }

    static std::vector<std::string> filesOf(const std::filesystem::path &database) {
        std::vector<std::string> names;
        for (const auto &entry : std::filesystem::directory_iterator(database.native() + ".runs/1"))
            names.push_back(entry.path().filename().native());
        std::ranges::sort(names);
        return names;
    }

    /// The first epoch of those with the highest validation accuracy on the run's own images.
    static std::int64_t bestEpochOf(const RunRecord &run) {
        const Result *best = nullptr;
        for (const Result &result : run.results)
            if (result.key.protocol == Protocol::Linear && result.key.split == Split::Validation &&
                result.key.place.epoch > 0 && result.key.isPlain() &&
                (best == nullptr || result.value > best->value))
                best = &result;
        return best == nullptr ? 0 : best->key.place.epoch;
    }

  private Q_SLOTS:
    /// A checkpoint that a resumed run rewrites at its first step is not counted twice.
    void theLastCheckpointOutlivesAResume() {
        struct StopAtTest : ListeningObserver<StopAtTest> {
            void hear(const EvaluationStarted &started) {
                if (started.split == Split::Test)
                    source.request_stop();
            }
            std::stop_source source;
        } stopper;
        RunConfiguration configuration = tinyRun();
        configuration.options.keepCheckpoints = 1;
        const auto file = m_newFile();
        const DatasetPtr shapes = openDataset("shapes");
        const std::array<Observer *, 1> observers{&stopper};
        QVERIFY(executeRun(configuration, shapes, file, observers, stopper.source.get_token()).end ==
                RunEnd::Cancelled);
        QVERIFY(resumeRun(1, shapes, file, {}, {}).end == RunEnd::Completed);
        std::vector<RunPath> checkpoints;
        for (const ArtifactRecord &artifact : RunStore(file).runs().one(1).artifacts)
            if (artifact.kind == lastCheckpointKind)
                checkpoints.push_back(artifact.path);
        QCOMPARE(checkpoints.size(), std::size_t{1});
        QVERIFY(std::filesystem::exists(checkpoints.front().text()));
    }

    void initTestCase() {
        m_shapes = openDataset("shapes");
        const auto file = m_newFile();
        QVERIFY(executeRun(tinyRun(), m_shapes, file, {}, {}).end == RunEnd::Completed);
        m_unbroken = contentOf(file, 1);
    }

    void stoppedTwiceAtRandomStepsEndsTheSame_data() {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("second");
        RandomStream draws({2026, Purpose::Order, 0, 0, 0});
        for (int i = 0; i < 4; ++i) {
            const int first = 1 + static_cast<int>(draws.below(10));
            const int second =
                first + 1 + static_cast<int>(draws.below(static_cast<std::uint32_t>(11 - first)));
            QTest::addRow("steps %d and %d", first, second) << first << second;
        }
    }
    void stoppedTwiceAtRandomStepsEndsTheSame() {
        QFETCH(int, first);
        QFETCH(int, second);
        const auto file = m_newFile();
        startAndStop(file, first);
        Stopper stopper(second);
        const std::array<Observer *, 1> observers{&stopper};
        const auto again = resumeRun(1, m_shapes, file, observers, stopper.source.get_token());
        QVERIFY(again.end == RunEnd::Cancelled);
        resumeToTheEnd(file);
    }

    void otherOptimisersAndChunksResumeExactlyToo_data() {
        QTest::addColumn<QString>("optimiser");
        QTest::newRow("LARS") << "lars";
        QTest::newRow("AdamW") << "adamw";
    }
    void otherOptimisersAndChunksResumeExactlyToo() {
        QFETCH(QString, optimiser);
        RunConfiguration configuration = tinyRun();
        configuration.options.optimiser = optimiser.toStdString();
        configuration.options.learningRate = 0.01;
        configuration.options.chunk = 8;
        configuration.options.evaluateEvery = 0;
        const auto whole = m_newFile();
        QVERIFY(executeRun(configuration, m_shapes, whole, {}, {}).end == RunEnd::Completed);
        const auto file = m_newFile();
        startAndStop(file, 5, configuration);
        QVERIFY(resumeRun(1, m_shapes, file, {}, {}).end == RunEnd::Completed);
        QCOMPARE(contentOf(file, 1), contentOf(whole, 1));
    }

    void copyOfADatabaseLeavesTheFilesOfTheFirstAlone() {
        const auto file = m_newFile();
        startAndStop(file, 5);
        const std::vector<std::string> before = filesOf(file);
        const auto copy = m_newFile();
        std::filesystem::copy(file, copy);
        QVERIFY(resumeRun(1, m_shapes, copy, {}, {}).end == RunEnd::Completed);
        QCOMPARE(contentOf(copy, 1), m_unbroken);
        QCOMPARE(filesOf(file), before);
        resumeToTheEnd(file);
    }

    /// The folder keeps the old name, and another database gets that name.
    void renamedDatabaseKeepsItsFilesFromTheNextOfItsName() {
        const auto file = m_newFile();
        startAndStop(file, 5);
        const auto renamed = m_newFile();
        std::filesystem::rename(file, renamed);
        const std::vector<std::string> before = filesOf(file);
        RunConfiguration other = tinyRun();
        other.options.seed = 77;
        QVERIFY(executeRun(other, m_shapes, file, {}, {}).end == RunEnd::Completed);
        QCOMPARE(filesOf(file), before);
        QVERIFY(std::filesystem::exists(file.native() + ".runs-2/1"));
        resumeToTheEnd(renamed);
        RunStore(file).runs().remove(1);
        QVERIFY(!std::filesystem::exists(file.native() + ".runs-2/1"));
        QCOMPARE(filesOf(file), before);
    }

    void folderThatNobodyMarkedBelongsToAnotherDatabase() {
        const auto file = m_newFile();
        std::filesystem::create_directories(file.native() + ".runs/1");
        writeBytes(file.native() + ".runs/1/checkpoint-000000003.safetensors", "of an older program");
        startAndStop(file, 5);
        QCOMPARE(filesOf(file).size(), std::size_t{1});
        resumeToTheEnd(file); // in another folder, which is found again
    }

    void databaseRenamedTogetherWithItsFilesFindsThem() {
        const auto file = m_newFile();
        startAndStop(file, 5);
        const auto renamed = m_newFile();
        std::filesystem::rename(file, renamed);
        std::filesystem::rename(file.native() + ".runs", renamed.native() + ".runs");
        resumeToTheEnd(renamed);
        std::vector<std::string> listed;
        for (const ArtifactRecord &artifact : RunStore(renamed).runs().one(1).artifacts)
            listed.push_back(artifact.path.toRead().filename().native());
        std::ranges::sort(listed);
        QCOMPARE(filesOf(renamed), listed);
    }

    void lastCheckpointsAndTheBestAreKept() {
        const auto file = m_newFile();
        QVERIFY(executeRun(tinyRun(), m_shapes, file, {}, {}).end == RunEnd::Completed);
        const std::vector<std::string> last{checkpointFile(file, "8").filename(),
                                            checkpointFile(file, "12").filename()};
        const RunRecord run = RunStore(file).runs().one(1);
        const auto kept =
            std::ranges::find(run.artifacts, std::string("best_checkpoint"), &ArtifactRecord::kind);
        QVERIFY(kept != run.artifacts.end());
        QCOMPARE(kept->step, 4 * bestEpochOf(run));
        const std::vector<std::string> expected{kept->path.toRead().filename(), last[0], last[1]};
        QCOMPARE(filesOf(file), expected);
        QCOMPARE(readCheckpoint(kept->path.toRead()).step, kept->step);
    }

    /// As on a disk that is full for a moment: a later epoch that was not evaluated is not the best one.
    void bestThatCouldNotBeKeptIsNotTakenFromALaterEpoch() {
        const auto file = m_newFile();
        RunConfiguration configuration = tinyRun();
        configuration.options.epochs = 5;
        configuration.options.evaluateEvery = 2;
        occupy(file, bestFile(file, 8));
        startAndStop(file, 14, configuration);
        const RunRecord run = RunStore(file).runs().one(1);
        QVERIFY(latestResult(run, Protocol::Linear, Split::Validation)->key.place.epoch == 2);
        QVERIFY(isNoted(file, "the checkpoint of step 8 could not be written"));
        QVERIFY(std::ranges::find(run.artifacts, std::string("best_checkpoint"), &ArtifactRecord::kind) ==
                run.artifacts.end());
    }

    void damagedCheckpointGivesWayToTheOneBefore_data() {
        QTest::addColumn<int>("damage");
        QTest::newRow("a byte of its weights") << 0;
        QTest::newRow("a byte of its header") << 1;
        QTest::newRow("cut short") << 2;
        QTest::newRow("gone") << 3;
    }
    void damagedCheckpointGivesWayToTheOneBefore() {
        QFETCH(int, damage);
        const auto file = m_newFile();
        startAndStop(file, 10);
        const std::filesystem::path newest = checkpointFile(file, "10");
        const auto size = std::filesystem::file_size(newest);
        if (damage == 0)
            flipByte(newest, size - 100);
        else if (damage == 1)
            flipByte(newest, 200);
        else if (damage == 2)
            std::filesystem::resize_file(newest, size / 2);
        else
            std::filesystem::remove(newest);
        resumeToTheEnd(file);
        QVERIFY(isNoted(file, "the checkpoint of step 8 is used instead"));
    }

    void checkpointThatIsNotListedIsTheLastResort() {
        const auto file = m_newFile();
        startAndStop(file, 6);
        std::filesystem::copy_file(checkpointFile(file, "6"), checkpointFile(file, "7"));
        for (const char *step : {"4", "6"})
            flipByte(checkpointFile(file, step), 300);
        flipByte(bestFile(file, 4), 300);
        resumeToTheEnd(file);
        QVERIFY(std::filesystem::exists(checkpointFile(file, "6").native() + ".damaged"));
    }

    void anotherModelIsRefusedBeforeAnythingIsLost() {
        const auto file = m_newFile();
        startAndStop(file, 6);
        const std::vector<std::string> before = contentOf(file, 1);
        sqlite3 *database = nullptr;
        QCOMPARE(sqlite3_open(file.c_str(), &database), SQLITE_OK);
        sqlite3_exec(database, "UPDATE runs SET config = json_set(config, '$.head_output', 32)", nullptr,
                     nullptr, nullptr);
        sqlite3_close(database);
        const std::string message =
            thrownMessage<InvalidInput>([&] { resumeRun(1, m_shapes, file, {}, {}); });
        QVERIFY2(contains(message, "head_output 16, but the run has 32"), message.c_str());
        QCOMPARE(contentOf(file, 1), before);
    }

    /// A database may come from an untrusted source: it can name another user's file as a checkpoint.
    void tamperedDatabaseChangesNoFileElsewhere_data() {
        QTest::addColumn<QString>("named");
        QTest::addColumn<bool>("isLink");
        QTest::newRow("absolute") << "VICTIM/checkpoint-000000099.safetensors" << false;
        QTest::newRow("upwards") << "../VICTIMNAME/checkpoint-000000099.safetensors" << false;
        QTest::newRow("upwards from the run") << "runs.sqlite.runs/1/../../../VICTIMNAME/x" << false;
        QTest::newRow("a link as file") << "checkpoint-000000099.safetensors" << true;
    }
    void tamperedDatabaseChangesNoFileElsewhere() {
        QFETCH(QString, named);
        QFETCH(bool, isLink);
        const QTemporaryDir elsewhere;
        const std::filesystem::path victim = folderOf(elsewhere) / "checkpoint-000000099.safetensors";
        writeBytes(victim, "precious");
        writeBytes(folderOf(elsewhere) / "x", "precious");
        const auto file = m_newFile();
        startAndStop(file, 6);
        if (isLink)
            std::filesystem::create_symlink(victim, checkpointFile(file, "99"));
        named.replace("VICTIMNAME", QString::fromStdString(folderOf(elsewhere).filename()));
        named.replace("VICTIM", elsewhere.path());
        sqlite3 *database = nullptr;
        QCOMPARE(sqlite3_open(file.c_str(), &database), SQLITE_OK);
        const std::string insert = "INSERT INTO artifacts (run, kind, path, step, sha256) VALUES "
                                   "(1, 'checkpoint', '" +
                                   named.toStdString() + "', 99, '')";
        QCOMPARE(sqlite3_exec(database, insert.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(database);
        resumeToTheEnd(file);
        QVERIFY(isNoted(file, "leads out of its folder"));
        QCOMPARE(readBytes(victim), std::string("precious"));
        QCOMPARE(readBytes(folderOf(elsewhere) / "x"), std::string("precious"));
        RunStore(file).runs().remove(1);
        QCOMPARE(readBytes(victim), std::string("precious"));
    }

    void missingCheckpointsAreReported() {
        const auto file = m_newFile();
        startAndStop(file, 2);
        flipByte(checkpointFile(file, "2"), 300);
        const std::string message =
            thrownMessage<InvalidInput>([&] { resumeRun(1, m_shapes, file, {}, {}); });
        QVERIFY2(contains(message, "no checkpoint of run 1 can be read"), message.c_str());
    }

    void leftoversOfAKilledProcessAreRemoved() {
        const auto file = m_newFile();
        startAndStop(file, 5);
        writeBytes(checkpointFile(file, "6"), "not listed");
        writeBytes(checkpointFile(file, "7").native() + ".tmp123", "half");
        resumeToTheEnd(file);
        for (const std::string &name : filesOf(file))
            QVERIFY2(!contains(name, "tmp") && !contains(name, "00006"), name.c_str());
    }

    void timeBringsCheckpointsInsideAnEpoch() {
        RunConfiguration configuration = tinyRun();
        configuration.options.checkpointMinutes = 1e-9;
        configuration.options.keepCheckpoints = 100;
        const auto file = m_newFile();
        startAndStop(file, 7, configuration);
        for (const char *step : {"1", "2", "3", "4", "5", "6", "7"})
            QVERIFY2(std::filesystem::exists(checkpointFile(file, step)), step);
    }

    void changedImagesAreRefusedUnlessAllowed() {
        const auto file = m_newFile();
        startAndStop(file, 6);
        const DatasetPtr others = openDataset("shapes:2");
        QVERIFY_EXCEPTION_THROWN(resumeRun(1, others, file, {}, {}), InvalidInput);
        {
            // Stopped before it could write its own checkpoint, it needs the permission again.
            std::stop_source stopped;
            stopped.request_stop();
            const RunOutcome again =
                resumeRun(1, others, file, {}, stopped.get_token(), {.allowChangedImages = true});
            QVERIFY2(again.end == RunEnd::Cancelled, again.failure.c_str());
        }
        const RunOutcome outcome = resumeRun(1, others, file, {}, {}, {.allowChangedImages = true});
        QVERIFY2(outcome.end == RunEnd::Completed, outcome.failure.c_str());
        const RunRecord run = RunStore(file).runs().one(1);
        QCOMPARE(run.dataset.fingerprint, others->fingerprint());
        // Results on the images from before the change are marked as such, and are not measured again.
        const std::int64_t firstEpoch = 2;
        for (const Result &result : run.results) {
            const bool isEarlier =
                result.key.split == Split::Validation && result.key.place.epoch < firstEpoch;
            QCOMPARE(result.key.scope.dataset, isEarlier ? m_shapes->fingerprint() : std::string());
            QCOMPARE(result.isOfEarlierImages, isEarlier);
            QVERIFY(!isEarlier || contains(datasetText(result), "before they changed"));
        }
        const auto kept =
            std::ranges::find(run.artifacts, std::string("best_checkpoint"), &ArtifactRecord::kind);
        QVERIFY(kept != run.artifacts.end());
        QCOMPARE(kept->step, 4 * bestEpochOf(run));
        QVERIFY(isNoted(file, "differ from those that the run started with"));
    }
};

SIMCLR_TEST(TestRunResume, QCoreApplication)
#include "tst_run_resume.moc"
