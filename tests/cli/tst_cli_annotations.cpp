// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/cli/cli_fixture.h"
#include "tests/core/store/store_fixture.h"

#include <array>

using namespace simclr;
using namespace simclr::test;

/// annotate, delete --trash, restore and empty-trash, on a database of three runs of which the last is
/// running.
class TestCliAnnotations : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_file;

    CommandResult command(const QStringList &arguments) const {
        return runCommand(arguments + QStringList{"--db", m_file});
    }

    RunStore store() const { return RunStore(m_file.toStdString()); }

  private Q_SLOTS:
    void init() {
        m_directory = std::make_unique<QTemporaryDir>();
        m_file = text(folderOf(*m_directory) / "runs.sqlite");
        RunStore made = store();
        for (int i = 0; i < 2; ++i)
            made.runs().finish(made.runs().create(sampleRun("ended")), RunStatus::Completed, "", "");
        made.runs().create(sampleRun("busy")); // by this process, which is running
    }

    void runsAreAnnotated() {
        const CommandResult result =
            command({"annotate", "1", "2", "--tag", "paper, final", "--tag", "x", "--untag", "draft",
                     "--note", "# Title\nmore", "--star", "--archive"});
        QCOMPARE(result.status, 0);
        for (const char *part : {"final, paper, x", "starred, archived", "# Title …"})
            QVERIFY2(contains(result.out, part), result.out.c_str());
        const RunRecord run = store().runs().one(2);
        QVERIFY((run.tags == std::vector<std::string>{"final", "paper", "x"}));
        QCOMPARE(run.note, std::string("# Title\nmore"));
        QVERIFY(run.starred && run.archived);
        QCOMPARE(command({"annotate", "2", "--unstar", "--unarchive", "--untag", "x", "--note", ""}).status,
                 0);
        QCOMPARE(store().runs().one(2).note, std::string());
        QVERIFY(!store().runs().one(2).starred && store().runs().one(1).starred);
    }

    void jsonContainsAnnotations() {
        const CommandResult result =
            command({"annotate", "1", "--tag", "a", "--note", "text", "--star", "--json"});
        const Json shown = command({"show", "1", "--json"}).json();
        const Json listed = command({"runs", "--json"}).json().at(2);
        for (const Json &run : {result.json().at(0), shown, listed}) {
            QVERIFY(run.at("tags") == Json::array({"a"}));
            QCOMPARE(run.at("note").get<std::string>(), std::string("text"));
            QVERIFY(run.at("starred").get<bool>() && !run.at("archived").get<bool>());
            QVERIFY(run.at("trashed").is_null());
        }
    }

    void showAndRunsPrintAnnotations() {
        QVERIFY(!contains(command({"runs"}).out, "marks")); // no columns without content
        command({"annotate", "1", "--tag", "a", "--note", "first\nsecond", "--star"});
        const std::string shown = command({"show", "1"}).out;
        for (const char *part : {"tags", "starred", "note", "first", "second"})
            QVERIFY2(contains(shown, part), shown.c_str());
        QVERIFY(contains(command({"runs"}).out, "starred"));
    }

    void noteIsReadFromStandardInput() {
        QProcess process;
        process.start(SIMCLR_COMMAND, {"annotate", "1", "--note", "-", "--db", m_file});
        process.write("## Result\ncaf\xC3\xA9\n");
        process.closeWriteChannel();
        QCOMPARE(resultOf(process).status, 0);
        QCOMPARE(store().runs().one(1).note, std::string("## Result\ncaf\xC3\xA9"));
    }

    void annotationsCannotMoveTheCursor() {
        command({"annotate", "1", "--note",
                 "a\x1b[2Jb\xC2\x9B"
                 "31m\nc\rd"});
        for (const QStringList &arguments :
             {QStringList{"annotate", "1"}, QStringList{"annotate", "1", "--json"}, QStringList{"show", "1"},
              QStringList{"show", "1", "--json"}, QStringList{"runs"}, QStringList{"runs", "--json"}}) {
            const CommandResult result = command(arguments);
            QCOMPARE(result.status, 0);
            for (const char *control : {"\x1b", "\xC2\x9B", "\r"})
                QVERIFY2(!contains(result.out, control), result.out.c_str());
        }
    }

    void wrongAnnotationsAreRefused() {
        QVERIFY(isRefusal(command({"annotate", "1", "--tag", "a\x1b[2J"}), "control characters"));
        QVERIFY(isRefusal(command({"annotate", "1", "9", "--star"}), "no run 9"));
        QVERIFY(isRefusal(command({"annotate", "1", "--star", "--unstar"}), "--unstar"));
        QVERIFY(isRefusal(command({"annotate"}), "runs"));
        QVERIFY(!store().runs().one(1).starred);
    }

    void trashIsListedRestoredAndEmptied() {
        QCOMPARE(command({"delete", "1", "2", "--trash"}).status, 0);
        QCOMPARE(command({"runs", "--json"}).json().size(), std::size_t{1});
        const Json trash = command({"runs", "--trash", "--json"}).json();
        QCOMPARE(trash.size(), std::size_t{2});
        QVERIFY(trash.at(0).at("trashed").is_string());
        QCOMPARE(command({"restore", "1"}).status, 0);
        QCOMPARE(command({"runs", "--json"}).json().size(), std::size_t{2});
        const CommandResult emptied = command({"empty-trash", "--json"});
        QVERIFY(emptied.json().at("deleted") == Json::array({2}));
        QVERIFY(contains(command({"runs", "--trash"}).out, "The trash is empty."));
        QVERIFY(contains(command({"empty-trash"}).out, "0 runs deleted"));
        QVERIFY(isRefusal(command({"restore", "2"}), "no run 2"));
    }

    void runThatIsUsedIsNotDeleted() {
        QVERIFY(isRefusal(command({"delete", "1", "3", "--trash"}), "run 3 is running"));
        QVERIFY(!store().runs().one(1).trashed);
        command({"delete", "1", "--trash"});
        RunStore used = store();
        const RunHold hold = used.runs().hold(1);
        const CommandResult result = command({"empty-trash"});
        QCOMPARE(result.status, 2);
        QVERIFY2(contains(result.err, "run 1 is being evaluated"), result.err.c_str());
        QVERIFY(contains(result.out, "0 runs deleted"));
        QVERIFY(isRefusal(command({"delete", "1"}), "run 1 is being evaluated"));
    }
};

SIMCLR_TEST(TestCliAnnotations, QCoreApplication)
#include "tst_cli_annotations.moc"
