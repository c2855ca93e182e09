// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/change_journal.h"
#include "core/util/error.h"
#include "tests/core/store/store_fixture.h"

#include <QTest>
#include <optional>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// Journals after a crash, and journals changed by others.
class TestChangeJournal : public QObject {
    Q_OBJECT

    std::optional<QTemporaryDir> m_directory;
    fs::path m_file;
    fs::path m_journal;
    RunId m_run = 0;

    /// A journal with steps 1 to 10 and 11 to 20.
    std::string journalBytes() {
        ChangeJournal journal(m_journal.parent_path());
        journal.append({lossPoints(1, 10), {}});
        journal.append({lossPoints(11, 20), {}});
        const std::string bytes = readBytes(m_journal);
        journal.clear();
        return bytes;
    }
    std::size_t recoveredPoints() {
        RunStore store(m_file);
        store.recovery().recover(m_run);
        return store.metrics().curve(m_run, "loss").size();
    }

  private Q_SLOTS:
    void init() {
        m_directory.emplace();
        m_file = folderOf(*m_directory) / "runs.sqlite";
        RunStore store(m_file);
        m_run = store.runs().create(sampleRun());
        store.runs().finish(m_run, RunStatus::Cancelled, {}, {}); // nobody writes it any more
        m_journal = store.artifacts().folder(m_run) / "unwritten.jsonl";
    }

    void existsOnlyWhileItHasContent() {
        ChangeJournal journal(m_journal.parent_path());
        QVERIFY(journal.isEmpty());
        QVERIFY(!fs::exists(m_journal));
        journal.append({lossPoints(1, 10), {}});
        QVERIFY(!journal.isEmpty());
        QVERIFY(!ChangeJournal(m_journal.parent_path()).isEmpty());
        journal.clear();
        QVERIFY(journal.isEmpty());
        QVERIFY(!fs::exists(m_journal));
    }

    void truncatedLineIsIgnored() {
        const std::string bytes = journalBytes();
        writeBytes(m_journal, bytes.substr(0, bytes.size() - 20));
        QCOMPARE(recoveredPoints(), std::size_t{10});
        QVERIFY(!fs::exists(m_journal));
        QVERIFY(RunStore(m_file).runs().one(m_run).notes.empty());
    }

    void continuesAfterATruncatedLine() {
        const std::string bytes = journalBytes();
        writeBytes(m_journal, bytes.substr(0, bytes.size() - 20));
        ChangeJournal(m_journal.parent_path()).append({lossPoints(30, 34), {}});
        QCOMPARE(recoveredPoints(), std::size_t{15});
    }

    void damagedLinesAreKeptAndReported_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("no JSON") << QByteArray("{]");
        QTest::newRow("other JSON") << QByteArray("[1, 2]");
        QTest::newRow("wrong type") << QByteArray(R"({"metrics": [["loss", "x", 1, 1, 1]], "entries": []})");
        QTest::newRow("short point") << QByteArray(R"({"metrics": [["loss"]], "entries": []})");
        QTest::newRow("unknown kind") << QByteArray(R"({"metrics": [], "entries": [{"kind": "x"}]})");
        QTest::newRow("no kind") << QByteArray(R"({"metrics": [], "entries": [{}]})");
        QTest::newRow("unknown status") << QByteArray(
            R"({"metrics": [], "entries": [{"kind": "ended", "status": "x", "failure": "", "weights_sha256": "", "time": 1}]})");
        QTest::newRow("no name") << QByteArray(
            R"({"metrics": [], "entries": [{"kind": "artifact_removed", "file": "a/.."}]})");
    }

    void damagedLinesAreKeptAndReported() {
        QFETCH(QByteArray, line);
        writeBytes(m_journal, line.toStdString() + "\n" + journalBytes());
        QCOMPARE(recoveredPoints(), std::size_t{20});
        QVERIFY(!fs::exists(m_journal));
        QVERIFY(fs::exists(m_journal.native() + ".damaged"));
        const std::vector<NoteRecord> notes = RunStore(m_file).runs().one(m_run).notes;
        QCOMPARE(notes.size(), std::size_t{1});
        QVERIFY2(isClearMessage(notes[0].message, "damaged"), notes[0].message.c_str());
    }

    /// Names refer only to the run's folder.
    void namesStayInTheFolder() {
        const fs::path outside = folderOf(*m_directory) / "precious.safetensors";
        writeBytes(outside, "weights");
        writeBytes(m_journal, R"({"metrics": [], "entries": [{"kind": "artifact", "artifact": "checkpoint", )"
                              R"("file": "../../precious.safetensors", "step": 3, "sha256": ""}]})"
                              "\n");
        recoveredPoints();
        const std::vector<ArtifactRecord> artifacts = RunStore(m_file).runs().one(m_run).artifacts;
        QCOMPARE(artifacts.size(), std::size_t{1});
        QCOMPARE(fs::path(artifacts[0].path.text()).parent_path(), m_journal.parent_path());
        QVERIFY(fs::exists(outside));
    }

    void linkIsNotFollowed() {
        const fs::path outside = folderOf(*m_directory) / "precious.txt";
        writeBytes(outside, "text");
        fs::create_symlink(outside, m_journal);
        QVERIFY_EXCEPTION_THROWN(ChangeJournal(m_journal.parent_path()).append({lossPoints(1, 2), {}}),
                                 IoError);
        QCOMPARE(recoveredPoints(), std::size_t{0});
        QCOMPARE(readBytes(outside), std::string("text"));
    }

    void importingTwiceChangesNothing() {
        const std::string bytes = journalBytes();
        RunStore store(m_file);
        for (int i = 0; i < 2; ++i) {
            writeBytes(m_journal, bytes);
            store.recovery().recover(m_run);
            store.runs().apply(m_run, {{}, {NoteRecord{7, "once"}}});
        }
        QCOMPARE(store.metrics().curve(m_run, "loss").size(), std::size_t{20});
        QCOMPARE(store.runs().one(m_run).notes.size(), std::size_t{1});
    }
};

SIMCLR_TEST(TestChangeJournal, QCoreApplication)
#include "tst_change_journal.moc"
