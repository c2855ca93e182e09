// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <array>
#include <cmath>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> tagsOf(const RunStore &store, RunId run) {
    return store.runs().one(run).tags;
}

/// "a 2, b 1".
std::string countsOf(const RunStore &store) {
    std::string text;
    for (const TagCount &count : store.annotations().tags())
        text += (text.empty() ? "" : ", ") + count.tag + " " + std::to_string(count.runs);
    return text;
}

/// Everything that annotations change.
Json stateOf(const RunStore &store, RunId run) {
    const Json json = toJson(store.runs().one(run), true);
    Json state;
    for (const char *member : {"tags", "note", "starred", "archived", "trashed"})
        state[member] = json.at(member);
    return state;
}

AnnotationChange adding(std::vector<std::string> tags) {
    AnnotationChange change;
    change.addedTags = std::move(tags);
    return change;
}

AnnotationChange noting(const std::string &text) {
    AnnotationChange change;
    change.note = text;
    return change;
}

} // namespace

/// Tags, notes, stars, the archive and the trash.
class TestAnnotations : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<RunStore> m_store;
    const std::vector<RunId> m_all{1, 2, 3};

    fs::path path(const std::string &name) const { return folderOf(*m_directory) / name; }

    std::string changeError(const AnnotationChange &change) {
        return thrownMessage<InvalidInput>([&] { m_store->annotations().change(m_all, change); });
    }

  private Q_SLOTS:
    /// Three runs that have ended.
    void init() {
        m_store.reset();
        m_directory = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<RunStore>(path("runs.sqlite"));
        for (std::size_t i = 0; i < m_all.size(); ++i)
            m_store->runs().finish(m_store->runs().create(sampleRun()), RunStatus::Completed, "", "");
    }

    void newRunHasNone() {
        QCOMPARE(toLine(stateOf(*m_store, 1)),
                 std::string(R"({"tags":[],"note":null,"starred":false,"archived":false,"trashed":null})"));
    }

    void tagsAreAddedAndRemovedForManyRuns() {
        m_store->annotations().change(m_all, adding({" paper ", "final"}));
        m_store->annotations().change(std::array<RunId, 1>{2}, {{"Paper"}, {"paper"}, {}, {}, {}});
        QVERIFY((tagsOf(*m_store, 1) == std::vector<std::string>{"final", "paper"}));
        QVERIFY((tagsOf(*m_store, 2) == std::vector<std::string>{"Paper", "final"}));
        QCOMPARE(countsOf(*m_store), std::string("Paper 1, final 3, paper 2"));
        for (const RunRecord &run : m_store->runs().all())
            QVERIFY(run.tags == tagsOf(*m_store, run.id));
    }

    void tagThatIsAddedAndRemovedIsAdded() {
        m_store->annotations().change(m_all, {{"a"}, {"a"}, {}, {}, {}});
        QCOMPARE(countsOf(*m_store), std::string("a 3"));
    }

    void invalidTagsAreRefused_data() {
        QTest::addColumn<QByteArray>("tag");
        QTest::addColumn<QByteArray>("told");
        QTest::newRow("empty") << QByteArray("  ") << QByteArray("must not be empty");
        QTest::newRow("comma") << QByteArray("a,b") << QByteArray("comma");
        QTest::newRow("escape") << QByteArray("a\x1b[31m") << QByteArray("control characters");
        QTest::newRow("line end") << QByteArray("a\nb") << QByteArray("control characters");
        QTest::newRow("direction") << QByteArray("a\xE2\x80\xAE") << QByteArray("control characters");
        QTest::newRow("bytes") << QByteArray("a\xFF") << QByteArray("valid UTF-8");
        QTest::newRow("65 characters") << QByteArray("\xC3\xA9").repeated(65) << QByteArray("at most 64");
    }

    void invalidTagsAreRefused() {
        QFETCH(QByteArray, tag);
        QFETCH(QByteArray, told);
        const std::string message = changeError({{"fine", tag.toStdString()}, {}, "note", true, true});
        QVERIFY2(isClearMessage(message, told.toStdString()), message.c_str());
        QCOMPARE(toLine(stateOf(*m_store, 1)), toLine(stateOf(*m_store, 3)));
        QVERIFY(tagsOf(*m_store, 1).empty() && !m_store->runs().one(1).starred);
    }

    void unicodeTagIsATag() {
        const std::string longest = QByteArray("\xC3\xA9").repeated(64).toStdString();
        m_store->annotations().change(m_all, adding({longest, "'; DROP TABLE runs; --", "実験"}));
        QCOMPARE(tagsOf(*m_store, 3).size(), std::size_t{3});
        QCOMPARE(tagsOf(*m_store, 3)[1], longest);
    }

    void oneMissingRunStopsTheChange() {
        const std::array<RunId, 2> runs{1, 9};
        const auto message = thrownMessage<InvalidInput>([&] {
            m_store->annotations().change(runs, {{"a"}, {}, "x", true, true});
        });
        QVERIFY(isClearMessage(message, "there is no run 9"));
        QCOMPARE(countsOf(*m_store), std::string());
        QVERIFY(!m_store->runs().one(1).starred);
    }

    void noteIsKeptAsItIs() {
        const std::string note = "# Title\n\n<b>bold</b> \x1b[31m and caf\xC3\xA9";
        m_store->annotations().change(m_all, noting(note));
        QCOMPARE(m_store->runs().one(2).note, note);
        m_store->annotations().change(m_all, noting("a\xFF"));
        QCOMPARE(m_store->runs().one(2).note, std::string("a\xEF\xBF\xBD"));
        QVERIFY(isClearMessage(changeError(noting(std::string(1'000'001, 'x'))), "at most"));
        m_store->annotations().change(m_all, noting(""));
        QCOMPARE(m_store->runs().one(2).note, std::string());
    }

    void starAndArchive() {
        m_store->annotations().change(std::array<RunId, 1>{2}, {{}, {}, {}, true, true});
        QVERIFY(m_store->runs().one(2).starred && m_store->runs().one(2).archived);
        QVERIFY(!m_store->runs().one(1).starred && !m_store->runs().one(1).archived);
        QCOMPARE(m_store->runs().all().size(), std::size_t{3}); // lists show archived runs
        m_store->annotations().change(m_all, {{}, {}, {}, false, {}});
        QVERIFY(!m_store->runs().one(2).starred && m_store->runs().one(2).archived);
    }

    /// Only what the change has changed: other annotations, and those that were so before, remain.
    void undoRestoresExactlyTheFormerState() {
        Annotations &annotations = m_store->annotations();
        annotations.change(std::array<RunId, 1>{2}, {{"a"}, {}, "old", true, {}});
        std::vector<std::string> before;
        for (const RunId run : m_all)
            before.push_back(toLine(stateOf(*m_store, run)));
        const AnnotationUndo undo = annotations.change(m_all, {{"a", "b"}, {"c"}, "new", true, true});
        QCOMPARE(undo.former.size(), std::size_t{2 + 3 + 3 + 2 + 3});
        annotations.undo(undo);
        for (const RunId run : m_all)
            QCOMPARE(toLine(stateOf(*m_store, run)), before[static_cast<std::size_t>(run) - 1]);
        QVERIFY(annotations.change(std::array<RunId, 1>{2}, {{"a"}, {"c"}, "old", true, false}).isEmpty());
    }

    void undoLeavesOtherChanges() {
        Annotations &annotations = m_store->annotations();
        const AnnotationUndo undo = annotations.change(m_all, adding({"a"}));
        annotations.change(m_all, noting("later"));
        m_store->runs().remove(3);
        annotations.undo(undo);
        QCOMPARE(countsOf(*m_store), std::string());
        QCOMPARE(m_store->runs().one(1).note, std::string("later"));
    }

    void trashHidesAndRestores() {
        Annotations &annotations = m_store->annotations();
        annotations.change(m_all, adding({"a"}));
        const AnnotationUndo undo = annotations.moveToTrash(std::array<RunId, 2>{1, 2});
        QCOMPARE(m_store->runs().all().size(), std::size_t{1});
        const std::vector<RunRecord> trash = m_store->runs().all(TrashedRuns::Only);
        QCOMPARE(trash.size(), std::size_t{2});
        QVERIFY(std::abs(*trash[0].trashed - static_cast<double>(QDateTime::currentSecsSinceEpoch())) < 60);
        QCOMPARE(countsOf(*m_store), std::string("a 1"));
        annotations.restore(std::array<RunId, 1>{1});
        QVERIFY(!m_store->runs().one(1).trashed);
        QCOMPARE(m_store->runs().all().size(), std::size_t{2});
        annotations.undo(undo);
        QCOMPARE(m_store->runs().all().size(), std::size_t{3});
    }

    void trashedAgainKeepsItsTime() {
        m_store->annotations().moveToTrash(m_all);
        const auto since = m_store->runs().one(1).trashed;
        QVERIFY(m_store->annotations().moveToTrash(m_all).isEmpty());
        QCOMPARE(m_store->runs().one(1).trashed, since);
        const AnnotationUndo undo = m_store->annotations().restore(m_all);
        m_store->annotations().undo(undo);
        QCOMPARE(m_store->runs().one(1).trashed, since);
    }

    void runningRunIsNotTrashed() {
        const RunId running = m_store->runs().create(sampleRun());
        const auto message = thrownMessage<InvalidInput>([&] {
            m_store->annotations().moveToTrash(std::array<RunId, 2>{1, running});
        });
        QVERIFY2(isClearMessage(message, "run 4 is running"), message.c_str());
        QVERIFY(!m_store->runs().one(1).trashed);
    }

    void resumedRunLeavesTheTrash() {
        m_store->runs().finish(1, RunStatus::Cancelled, "", "");
        m_store->annotations().moveToTrash(m_all);
        m_store->runs().reopen(1, 0);
        QVERIFY(!m_store->runs().one(1).trashed);
        QCOMPARE(m_store->annotations().emptyTrash().deleted.size(), std::size_t{2});
        QCOMPARE(m_store->runs().all().size(), std::size_t{1});
    }

    /// One without files, one with them, one that is not in the trash.
    void emptyingDeletesRunsAndFiles() {
        const fs::path gone = m_store->artifacts().folder(1);
        const fs::path folder = m_store->artifacts().folder(2);
        const fs::path kept = m_store->artifacts().folder(3);
        for (const fs::path &each : {gone, folder, kept})
            writeBytes(each / "last", "weights");
        m_store->annotations().change(m_all, adding({"a"}));
        m_store->annotations().moveToTrash(std::array<RunId, 2>{1, 2});
        fs::remove_all(gone);
        const TrashEmptied emptied = m_store->annotations().emptyTrash();
        QVERIFY((emptied.deleted == std::vector<RunId>{1, 2}));
        QVERIFY(emptied.problems.empty());
        QVERIFY(!fs::exists(folder));
        QCOMPARE(readBytes(kept / "last"), std::string("weights"));
        QCOMPARE(m_store->runs().all(TrashedRuns::Only).size(), std::size_t{0});
        QCOMPARE(countsOf(*m_store), std::string("a 1"));
        QVERIFY(m_store->options().of(std::array<RunId, 1>{1}).at(1).empty());
    }

    void runOfARunningProcessRemains() {
        m_store->annotations().moveToTrash(m_all);
        SQLite::Database(path("runs.sqlite").native(), SQLite::OPEN_READWRITE)
            .exec("UPDATE runs SET status = 'running' WHERE id = 2");
        const TrashEmptied emptied = m_store->annotations().emptyTrash();
        QVERIFY((emptied.deleted == std::vector<RunId>{1, 3}));
        QCOMPARE(emptied.problems.size(), std::size_t{1});
        QVERIFY(isClearMessage(emptied.problems[0], "run 2 is running"));
    }

    /// In a process of its own, which is killed at last: the system releases its hold.
    void evaluatedRunRemains() {
        std::array<int, 2> ready{};
        QCOMPARE(::pipe(ready.data()), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            RunStore store(path("runs.sqlite"));
            const RunHold hold = store.runs().hold(2);
            [[maybe_unused]] const ssize_t told = ::write(ready[1], "x", 1);
            ::pause();
            ::_exit(0);
        }
        char letter = 0;
        QCOMPARE(::read(ready[0], &letter, 1), ssize_t{1});
        m_store->annotations().moveToTrash(m_all);
        const auto message = thrownMessage<InvalidInput>([&] { m_store->runs().remove(2); });
        QVERIFY2(isClearMessage(message, "run 2 is being evaluated"), message.c_str());
        const TrashEmptied emptied = m_store->annotations().emptyTrash();
        QVERIFY((emptied.deleted == std::vector<RunId>{1, 3}));
        QVERIFY(isClearMessage(emptied.problems.at(0), "run 2 is being evaluated"));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        QVERIFY((m_store->annotations().emptyTrash().deleted == std::vector<RunId>{2}));
    }

    void manyMayHoldARun() {
        const RunHold one = m_store->runs().hold(1);
        const RunHold two = RunStore(path("runs.sqlite")).runs().hold(1);
        QVERIFY(isClearMessage(
            thrownMessage<InvalidInput>([&] { const RunHold none = m_store->runs().hold(9); }), "no run 9"));
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { m_store->runs().remove(1); }), "evaluated"));
    }

    /// Also if nobody has used the run before, so that no file to lock exists.
    void runThatIsBeingDeletedCannotBeHeld() {
        fs::remove_all(m_store->artifacts().folder(1));
        const auto deletion = RunHold::take(m_store->artifacts().folder(1), RunHold::Purpose::Deletion);
        QVERIFY(deletion);
        const auto message =
            thrownMessage<InvalidInput>([&] { const RunHold none = m_store->runs().hold(1); });
        QVERIFY2(isClearMessage(message, "run 1 is being deleted"), message.c_str());
    }

    /// A run's folder that is a link, and stored paths that lead elsewhere.
    void emptyingDeletesNothingElsewhere() {
        fs::create_directories(path("there"));
        writeBytes(path("there/last"), "precious");
        writeBytes(path("beside"), "precious");
        for (const RunId run : m_all)
            fs::remove_all(m_store->artifacts().folder(run));
        fs::create_directory_symlink(path("there"), path("runs.sqlite.runs/1"));
        m_store->artifacts().folder(2);
        fs::create_symlink(path("there/last"), path("runs.sqlite.runs/2/last"));
        {
            SQLite::Database database(path("runs.sqlite").native(), SQLite::OPEN_READWRITE);
            for (const std::string &stored :
                 {path("there/last").native(), std::string("../there/last"), std::string("beside"),
                  std::string("runs.sqlite.runs/../beside")})
                for (const RunId run : m_all)
                    database.exec("INSERT INTO artifacts (run, kind, path, step, sha256) VALUES (" +
                                  std::to_string(run) + ", 'checkpoint', '" + stored + "', 1, '')");
        }
        const auto linked = thrownMessage<StorageError>([&] { m_store->artifacts().folder(1); });
        QVERIFY(contains(linked, "is a link"));
        { const RunHold hold = m_store->runs().hold(1); }
        QVERIFY(!fs::exists(path("there/in-use")));
        m_store->annotations().moveToTrash(m_all);
        const TrashEmptied emptied = m_store->annotations().emptyTrash();
        QCOMPARE(emptied.deleted.size(), std::size_t{3});
        QVERIFY(!fs::exists(fs::symlink_status(path("runs.sqlite.runs/1"))));
        QCOMPARE(readBytes(path("there/last")), std::string("precious"));
        QCOMPARE(readBytes(path("beside")), std::string("precious"));
    }
};

SIMCLR_TEST(TestAnnotations)
#include "tst_annotations.moc"
