// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/background_writer.h"
#include "core/store/change_journal.h"
#include "core/util/error.h"
#include "core/util/steady_time.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/database_lock.h"
#include "tests/support/measured.h"

#include <QTest>
#include <csignal>
#include <optional>
#include <sys/wait.h>
#include <unistd.h>

using namespace simclr;
using namespace simclr::test;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

using WriterPlace = BackgroundWriter::Place;

RunChanges points(std::int64_t first, std::int64_t last) {
    return {lossPoints(first, last), {}};
}

RunChanges only(RunEntry entry) {
    RunChanges changes;
    changes.entries.push_back(std::move(entry));
    return changes;
}

RunEnded completed() {
    return {RunStatus::Completed, {}, "hash", 1.7e9 + 100};
}

/// Waits as long as needed, at most half a minute.
bool comesTo(BackgroundWriter &writer, WriterPlace place) {
    for (int attempt = 0; attempt < 300; ++attempt)
        if (writer.wait(100ms).place == place)
            return true;
    return false;
}

std::size_t countOf(const std::vector<std::string> &messages, const std::string &part) {
    return static_cast<std::size_t>(
        std::ranges::count_if(messages, [&](const std::string &each) { return contains(each, part); }));
}

} // namespace

class TestBackgroundWriter : public QObject {
    Q_OBJECT

    std::optional<QTemporaryDir> m_directory;
    fs::path m_file;
    RunId m_run = 0;

    fs::path journal() const { return m_file.native() + ".runs/1/unwritten.jsonl"; }
    bool isJournalGone() const {
        return fs::is_empty(journal().parent_path()); // under any name
    }

  private Q_SLOTS:
    void init() {
        m_directory.emplace();
        m_file = folderOf(*m_directory) / "runs.sqlite";
        m_run = RunStore(m_file).runs().create(sampleRun());
    }

    void writesWhatIsAdded() {
        BackgroundWriter writer(m_file, m_run);
        writer.add(points(1, 3));
        writer.add(only(NoteRecord{5, "a note"}));
        writer.add(points(4, 6));
        QVERIFY(comesTo(writer, WriterPlace::Database));
        const RunStore store(m_file);
        QCOMPARE(store.metrics().curve(m_run, "loss").size(), std::size_t{6});
        QCOMPARE(store.runs().one(m_run).notes.size(), std::size_t{1});
        QVERIFY(writer.takeMessages().empty());
        QVERIFY(isJournalGone());
    }

    void destructorWritesTheRest() {
        std::make_unique<BackgroundWriter>(m_file, m_run)->add(points(1, 3));
        QCOMPARE(RunStore(m_file).metrics().curve(m_run, "loss").size(), std::size_t{3});
    }

    void lockedDatabaseIsReportedOnceAndLosesNothing_data() {
        QTest::addColumn<QByteArray>("begin");
        QTest::newRow("immediate") << QByteArray("BEGIN IMMEDIATE");
        QTest::newRow("exclusive") << QByteArray("BEGIN EXCLUSIVE");
    }

    void lockedDatabaseIsReportedOnceAndLosesNothing() {
        QFETCH(QByteArray, begin);
        BackgroundWriter writer(m_file, m_run);
        std::vector<std::string> messages;
        {
            const DatabaseLock lock(m_file, begin.constData());
            QVERIFY(lock.isHeld());
            std::int64_t step = 0;
            for (int second = 0; second < 4; ++second) {
                for (int i = 0; i < 10; ++i)
                    writer.add(points(step + 1, step + 1)), ++step;
                QVERIFY(comesTo(writer, WriterPlace::Journal));
                QTest::qSleep(1000);
                for (std::string &message : writer.takeMessages())
                    messages.push_back(std::move(message));
            }
            QVERIFY(writer.wait(0ms).isLocked);
            QCOMPARE(countOf(messages, "is locked by another program"), std::size_t{1});
            QCOMPARE(messages.size(), std::size_t{1});
            QVERIFY2(isClearMessage(messages.front(), journal().native()), messages.front().c_str());
            writer.add(points(step + 1, step + 1)); // in addition to the journal
        }
        QVERIFY(comesTo(writer, WriterPlace::Database));
        messages = writer.takeMessages();
        QCOMPARE(countOf(messages, "can be written again"), std::size_t{1});
        const std::vector<MetricPoint> curve = RunStore(m_file).metrics().curve(m_run, "loss");
        QCOMPARE(curve.size(), std::size_t{41});
        for (const MetricPoint &point : curve)
            QCOMPARE(point.value, 1.0 / static_cast<double>(point.step));
        QVERIFY(isJournalGone());
    }

    void briefLockIsNotReported() {
        BackgroundWriter writer(m_file, m_run);
        {
            const DatabaseLock lock(m_file);
            writer.add(points(1, 3));
            QVERIFY(comesTo(writer, WriterPlace::Journal));
        }
        QVERIFY(comesTo(writer, WriterPlace::Database));
        QVERIFY(writer.takeMessages().empty());
    }

    void everythingComesBackFromTheJournal() {
        Result result = measured("linear", "validation", 3, 0.625, {{"images", 4}});
        result.key.place.step = 31;
        result.key.scope = {FeatureKind::Z,  0.1,       7, "fingerprint", TrainedOn::All,
                            {{"epochs", 5}}, "a remark"};
        result.datasetTitle = "Flowers";
        result.isOfEarlierImages = true;
        result.predictions = std::make_shared<const Predictions>(Predictions{{0, 1}, {1, 1}, {1, 0}});
        const fs::path folder = journal().parent_path();
        BackgroundWriter writer(m_file, m_run);
        {
            const DatabaseLock lock(m_file);
            writer.add(points(1, 30));
            writer.add({{{"spread", {30, 3, std::nan(""), 5}}}, {}});
            writer.add(only(result));
            writer.add(
                only(ArtifactRecord{lastCheckpointKind, RunPath(folder / "a.safetensors"), 10, "sum"}));
            writer.add(only(ArtifactRecord{lastCheckpointKind, RunPath(folder / "b.safetensors"), 20, {}}));
            writer.add(only(ArtifactRemoved{folder / "a.safetensors"}));
            writer.add(only(NoteRecord{5.5, "a \"note\"\nof two lines"}));
            writer.add(only(completed()));
            QVERIFY(comesTo(writer, WriterPlace::Journal));
        }
        QVERIFY(comesTo(writer, WriterPlace::Database));
        const RunStore store(m_file);
        const RunRecord run = store.runs().one(m_run);
        QVERIFY(run.status == RunStatus::Completed);
        QCOMPARE(run.finished, std::optional(1.7e9 + 100));
        QCOMPARE(run.weightsSha256, std::string("hash"));
        QCOMPARE(run.lastStep, std::int64_t{30});
        QVERIFY(std::isnan(store.metrics().curve(m_run, "spread").at(0).value));
        QCOMPARE(run.results.size(), std::size_t{1});
        QCOMPARE(run.results[0].value, 0.625);
        QVERIFY(run.results[0].detail == result.detail);
        QVERIFY(run.results[0].key == result.key);
        QCOMPARE(run.results[0].datasetTitle, result.datasetTitle);
        QVERIFY(run.results[0].isOfEarlierImages);
        QVERIFY(store.results().predictions(m_run, result.key) == *result.predictions);
        QCOMPARE(run.artifacts.size(), std::size_t{1});
        QCOMPARE(run.artifacts[0].step, std::int64_t{20});
        QCOMPARE(run.notes.size(), std::size_t{1});
        QCOMPARE(run.notes[0].message, std::string("a \"note\"\nof two lines"));
        QCOMPARE(run.notes[0].time, 5.5);
    }

    void killedWhileLockedLosesNothing() {
        const pid_t child = ::fork();
        if (child == 0) {
            const RunId run = RunStore(m_file).runs().create(sampleRun());
            BackgroundWriter writer(m_file, run);
            const DatabaseLock lock(m_file);
            writer.add(points(1, 20));
            writer.add(only(NoteRecord{5, "a note"}));
            if (comesTo(writer, WriterPlace::Journal))
                ::raise(SIGKILL);
            ::_exit(1);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY(WIFSIGNALED(status));
        RunStore store(m_file);
        QCOMPARE(store.recovery().markInterrupted().size(), std::size_t{1});
        const RunRecord run = store.runs().one(2);
        QVERIFY(run.status == RunStatus::Interrupted);
        QCOMPARE(run.lastStep, std::int64_t{20});
        QCOMPARE(store.metrics().curve(2, "loss").size(), std::size_t{20});
        QCOMPARE(run.notes.size(), std::size_t{1});
        QVERIFY(fs::is_empty(m_file.native() + ".runs/2"));
    }

    /// The process continues, as with a window, and the database is unlocked only after the run has ended.
    void endOfARunIsImportedLater() {
        {
            const DatabaseLock lock(m_file);
            BackgroundWriter writer(m_file, m_run);
            writer.add(points(1, 20));
            writer.add(only(completed()));
            QVERIFY(comesTo(writer, WriterPlace::Journal));
        }
        RunStore store(m_file);
        QVERIFY(store.runs().one(m_run).status == RunStatus::Running);
        QCOMPARE(store.recovery().markInterrupted().size(), std::size_t{0});
        QVERIFY(store.runs().one(m_run).status == RunStatus::Completed);
        QCOMPARE(store.metrics().curve(m_run, "loss").size(), std::size_t{20});
        QVERIFY(isJournalGone());
    }

    void journalOfALivingRunIsLeftAlone() {
        BackgroundWriter writer(m_file, m_run);
        {
            const DatabaseLock lock(m_file);
            writer.add(points(1, 20));
            QVERIFY(comesTo(writer, WriterPlace::Journal));
            QVERIFY(fs::exists(journal()));
            RunStore other(m_file, RunStore::Access::ReadWrite, 1ms);
            QCOMPARE(other.recovery().markInterrupted().size(), std::size_t{0});
            QVERIFY(fs::exists(journal()));
        }
        QVERIFY(comesTo(writer, WriterPlace::Database));
    }

    /// Another process may have resumed the run since this one found that no process writes it.
    void recoveringLeavesALivingRunAlone() {
        RunStore store(m_file);
        ChangeJournal(store.artifacts().folder(m_run)).append(points(1, 20));
        store.recovery().recover(m_run);
        QVERIFY(store.metrics().curve(m_run, "loss").empty());
        QVERIFY(fs::exists(journal()));
        store.runs().finish(m_run, RunStatus::Failed, "the loss is not finite", {});
        store.recovery().recover(m_run);
        QCOMPARE(store.metrics().curve(m_run, "loss").size(), std::size_t{20});
        QVERIFY(isJournalGone());
    }

    /// As on a full disk: in memory until one of them can be written.
    void journalThatCannotBeWrittenLosesNothing() {
        BackgroundWriter writer(m_file, m_run);
        fs::create_directories(journal() / "occupied");
        {
            const DatabaseLock lock(m_file);
            writer.add(points(1, 20));
            std::vector<std::string> messages;
            for (int attempt = 0; attempt < 300 && messages.empty(); ++attempt) {
                writer.wait(100ms);
                messages = writer.takeMessages();
            }
            QCOMPARE(countOf(messages, "in memory"), std::size_t{1});
            QVERIFY(writer.wait(1ms).place == WriterPlace::Memory);
        }
        QVERIFY(comesTo(writer, WriterPlace::Database));
        QCOMPARE(RunStore(m_file).metrics().curve(m_run, "loss").size(), std::size_t{20});
    }

    void deletedDatabaseIsAnError() {
        BackgroundWriter writer(m_file, m_run);
        fs::remove(m_file);
        const std::string message = thrownMessage<StorageError>([&] {
            for (std::int64_t step = 1; step < 300; ++step) {
                writer.add(points(step, step));
                writer.wait(100ms);
            }
        });
        QVERIFY2(isClearMessage(message, "deleted"), message.c_str());
        QCOMPARE(thrownMessage<StorageError>([&] { writer.add(points(1, 1)); }), message);
    }

    void runThatIsGoneIsAnError() {
        const std::string message = thrownMessage<InvalidInput>([&] {
            BackgroundWriter writer(m_file, 77);
            writer.add(points(1, 1));
            comesTo(writer, WriterPlace::Database);
        });
        QVERIFY2(isClearMessage(message, "77"), message.c_str());
    }

    void removedFileIsDeletedUnlessItIsAnothers() {
        const fs::path own = journal().parent_path() / "checkpoint-1.safetensors";
        const fs::path others = folderOf(*m_directory) / "others" / "checkpoint-1.safetensors";
        BackgroundWriter writer(m_file, m_run);
        for (const fs::path &path : {own, others}) {
            writeBytes(path, "weights");
            writer.add(only(ArtifactRecord{lastCheckpointKind, RunPath(path), 1, {}}));
            writer.add(only(ArtifactRemoved{path}));
        }
        QVERIFY(comesTo(writer, WriterPlace::Database));
        QVERIFY(!fs::exists(own));
        QVERIFY(fs::exists(others));
        QVERIFY(RunStore(m_file).runs().one(m_run).artifacts.empty());
    }
};

SIMCLR_TEST(TestBackgroundWriter, QCoreApplication)
#include "tst_background_writer.moc"
