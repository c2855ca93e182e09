// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/artifact_paths.h"
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "tests/core/store/store_fixture.h"

#include <QTemporaryDir>
#include <QTest>

using namespace simclr;
using namespace simclr::test;

namespace fs = std::filesystem;

/// Paths in a database cannot reach other files: absolute paths, "..", and links.
class TestArtifactPaths : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_directory;
    fs::path path(const std::string &name) const { return folderOf(*m_directory) / name; }
    fs::path own() const { return path("here/runs.sqlite.runs/1"); }

    /// A database in "here" with one run, whose folder contains "last", and another user's files in "there".
    void makeFiles() const {
        RunStore store(path("here/runs.sqlite"));
        const RunId id = store.runs().create(sampleRun());
        store.runs().finish(id, RunStatus::Completed, {}, {});
        writeBytes(store.artifacts().folder(id) / "last", "own");
        fs::create_directories(path("there/1"));
        writeBytes(path("there/last"), "precious");
        writeBytes(path("there/1/last"), "precious");
    }

    /// The file that the database refers to by this path.
    RunPath resolved(const std::string &stored) const {
        {
            RunStore store(path("here/runs.sqlite"));
            store.artifacts().add(1, ArtifactRecord{"checkpoint", RunPath(own() / "last"), 1, {}});
        }
        ArtifactPaths paths(path("here/runs.sqlite"));
        paths.setIdentity(readBytes(path("here/runs.sqlite.runs/database")));
        return paths.resolved(1, stored);
    }

    bool isOthersUntouched() const {
        return readBytes(path("there/last")) == "precious" && readBytes(path("there/1/last")) == "precious" &&
               !fs::exists(path("there/last.damaged")) && !fs::exists(path("there/1/last.damaged")) &&
               !fs::exists(path("there/database"));
    }

  private Q_SLOTS:
    void init() {
        m_directory = std::make_unique<QTemporaryDir>();
        makeFiles();
    }

    void ownFileIsReadSetAsideAndRemoved() {
        const RunPath last = resolved("runs.sqlite.runs/1/last");
        QCOMPARE(readBytes(last.toRead()), std::string("own"));
        last.setAside();
        QVERIFY(!fs::exists(own() / "last"));
        QCOMPARE(readBytes(own() / "last.damaged"), std::string("own"));
        writeBytes(own() / "last", "own");
        last.remove();
        QVERIFY(!fs::exists(own() / "last"));
    }

    /// As after the database was copied: files next to it are read and not changed.
    void fileBelowTheDatabaseIsOnlyRead() {
        fs::create_directories(path("here/first.sqlite.runs/1"));
        writeBytes(path("here/first.sqlite.runs/1/best"), "of the first");
        const RunPath best = resolved("first.sqlite.runs/1/best");
        QCOMPARE(readBytes(best.toRead()), std::string("of the first"));
        best.setAside();
        best.remove();
        QCOMPARE(readBytes(path("here/first.sqlite.runs/1/best")), std::string("of the first"));
    }

    void pathsThatLeadElsewhereAreNotOpened_data() {
        QTest::addColumn<QString>("stored");
        for (const char *stored :
             {"ABSOLUTE/there/1/other", "../there/other", "runs.sqlite.runs/../../there/other",
              "runs.sqlite.runs/1/../../../there/other", "..", "ABSOLUTE/there/1/..", "link/other",
              "other-link"})
            QTest::newRow(stored) << stored;
    }
    void pathsThatLeadElsewhereAreNotOpened() {
        QFETCH(QString, stored);
        stored.replace("ABSOLUTE", m_directory->path());
        writeBytes(path("there/other"), "precious");
        writeBytes(path("there/1/other"), "precious");
        fs::create_symlink(path("there"), path("here/link"));
        fs::create_symlink(path("there/other"), own() / "other-link");
        const RunPath other = resolved(stored.toStdString());
        const std::string message = thrownMessage<InvalidInput>([&] { other.toRead(); });
        QVERIFY2(isClearMessage(message, "leads out of its folder"), message.c_str());
        QVERIFY(!other.isReadable());
        other.setAside();
        other.remove();
        other.sibling("last").setAside();
        other.sibling("last").remove();
        QCOMPARE(readBytes(path("there/other")), std::string("precious"));
        QCOMPARE(readBytes(path("there/1/other")), std::string("precious"));
        QVERIFY(isOthersUntouched());
    }

    void foldersAndEmptyNamesAreNoFiles() {
        for (const char *stored : {"", ".", "/", "1/", "runs.sqlite.runs/1", "runs.sqlite.runs/1/."}) {
            const RunPath path = resolved(stored);
            path.setAside();
            path.remove();
        }
        QVERIFY(fs::exists(own() / "last"));
        QVERIFY(fs::exists(path("here/runs.sqlite")));
    }

    void linkedFolderOfARunIsNotWrittenThrough() {
        fs::remove_all(own());
        fs::create_directory_symlink(path("there/1"), own());
        const RunPath last = resolved("runs.sqlite.runs/1/last");
        last.setAside();
        last.remove();
        QVERIFY(!last.isReadable());
        RunStore store(path("here/runs.sqlite"));
        const std::string message = thrownMessage<StorageError>([&] { store.artifacts().folder(1); });
        QVERIFY2(isClearMessage(message, "link"), message.c_str());
        store.runs().remove(1);
        QVERIFY(isOthersUntouched());
    }

    void linkedFolderWithoutOurMarkIsLeftAlone() {
        fs::remove_all(path("here/runs.sqlite.runs"));
        fs::create_directory_symlink(path("there"), path("here/runs.sqlite.runs"));
        RunStore store(path("here/runs.sqlite"));
        QCOMPARE(store.artifacts().folder(1).native(), path("here/runs.sqlite.runs-2/1").native());
        for (const ArtifactRecord &artifact : store.runs().one(1).artifacts) {
            artifact.path.setAside();
            artifact.path.remove();
        }
        store.runs().remove(1);
        QVERIFY(isOthersUntouched());
    }

    void danglingLinkIsLeftAlone() {
        fs::remove_all(path("here/runs.sqlite.runs"));
        fs::create_symlink(path("nowhere"), path("here/runs.sqlite.runs"));
        QCOMPARE(RunStore(path("here/runs.sqlite")).artifacts().folder(1).native(),
                 path("here/runs.sqlite.runs-2/1").native());
        QVERIFY(!fs::exists(path("nowhere")));
    }

    /// As after the user moved the files to a larger disk.
    void linkedFolderWithOurMarkIsOurs() {
        fs::rename(path("here/runs.sqlite.runs"), path("large"));
        fs::create_directory_symlink(path("large"), path("here/runs.sqlite.runs"));
        RunStore store(path("here/runs.sqlite"));
        const fs::path last = store.artifacts().folder(1) / "last";
        QCOMPARE(last.native(), (own() / "last").native());
        store.artifacts().add(1, ArtifactRecord{"checkpoint", RunPath(last), 1, {}});
        const RunPath kept = store.runs().one(1).artifacts.front().path;
        QCOMPARE(readBytes(kept.toRead()), std::string("own"));
        kept.setAside();
        QVERIFY(fs::exists(path("large/1/last.damaged")));
    }
};

SIMCLR_TEST(TestArtifactPaths, QCoreApplication)
#include "tst_artifact_paths.moc"
