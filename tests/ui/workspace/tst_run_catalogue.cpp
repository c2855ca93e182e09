// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_support.h"
#include "tests/ui/runs/stored_runs.h"
#include "ui/workspace/run_catalogue.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <sqlite3.h>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

/// The catalogue on a real database that others use too.
class TestRunCatalogue : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = folderOf(*m_folder) / "runs.sqlite";
    }

    void lookingMakesNoFile() {
        RunCatalogue catalogue(m_database);
        QSignalSpy readable(&catalogue, &RunCatalogue::readable);
        catalogue.refresh();
        QVERIFY(readable.wait());
        QVERIFY(catalogue.runs().empty());
        QVERIFY(!std::filesystem::exists(m_database));
    }

    void tellsOfChangesOnly() {
        RunStore store(m_database);
        test::store(store, {.name = "alpha"});
        RunCatalogue catalogue(m_database);
        QSignalSpy changed(&catalogue, &RunCatalogue::changed);
        QSignalSpy readable(&catalogue, &RunCatalogue::readable);
        for (int i = 0; i < 3; ++i) {
            catalogue.refresh();
            QVERIFY(readable.wait());
        }
        QCOMPARE(changed.count(), 1);
        QCOMPARE(catalogue.runs().size(), std::size_t{1});
        test::store(store, {.name = "beta"});
        catalogue.refresh();
        QVERIFY(changed.wait());
        QCOMPARE(catalogue.runs().front()->name, std::string("beta"));
    }

    void anotherFileInItsPlaceIsNoticed() {
        {
            RunStore store(m_database);
            test::store(store, {.name = "alpha"});
        }
        RunCatalogue catalogue(m_database);
        catalogue.refresh();
        QTRY_COMPARE(catalogue.runs().size(), std::size_t{1});
        for (const char *suffix : {"", "-wal", "-shm"})
            std::filesystem::remove(m_database.native() + suffix);
        catalogue.refresh();
        QTRY_VERIFY(catalogue.runs().empty());
        {
            RunStore store(m_database);
            test::store(store, {.name = "beta"});
            test::store(store, {.name = "gamma"});
        }
        catalogue.refresh();
        QTRY_COMPARE(catalogue.runs().size(), std::size_t{2});
    }

    void watchedRunHasItsNotes() {
        RunStore store(m_database);
        const RunId id = test::store(store, {.name = "alpha"});
        store.events().add(id, "a note");
        store.artifacts().add(id, ArtifactRecord{"checkpoint", RunPath(folderOf(*m_folder) / "c"), 10, ""});
        RunCatalogue catalogue(m_database);
        catalogue.watch({id});
        QTRY_COMPARE(catalogue.watched().size(), std::size_t{1});
        QCOMPARE(catalogue.watched().front().notes.front().message, std::string("a note"));
        QCOMPARE(catalogue.watched().front().artifacts.size(), std::size_t{1});
        for (int i = 0; i < 20; ++i) { // also while the store is being read
            catalogue.watch({});
            catalogue.watch({id});
            QTRY_COMPARE(catalogue.watched().size(), std::size_t{1});
            catalogue.refresh();
        }
        catalogue.watch({id + 1}); // for example, deleted by another process
        QTRY_VERIFY(catalogue.watched().empty());
    }

    void watchedRunsAreReadAgainWhenTheyChange() {
        RunStore store(m_database);
        const RunId first = test::store(store, {.name = "alpha"});
        const RunId second = test::store(store, {.name = "beta"});
        RunCatalogue catalogue(m_database);
        catalogue.watch({second, first});
        QTRY_COMPARE(catalogue.watched().size(), std::size_t{2});
        QCOMPARE(catalogue.watched().front().id, second); // in the wanted order
        store.events().add(first, "a note");
        catalogue.refresh();
        QTRY_COMPARE(catalogue.watched().back().notes.size(), std::size_t{1});
    }

    void renamesAndRemoves() {
        RunStore store(m_database);
        const RunId first = test::store(store, {.name = "alpha"});
        const RunId busy = test::store(store, {.name = "busy", .status = RunStatus::Running});
        const RunId last = test::store(store, {.name = "gamma"});
        RunCatalogue catalogue(m_database);
        QSignalSpy renamed(&catalogue, &RunCatalogue::renamed);
        catalogue.rename(first, QStringLiteral("better"));
        QVERIFY(renamed.wait());
        QCOMPARE(renamed[0][1].toString(), QString());
        QTRY_VERIFY(catalogue.run(first) && catalogue.run(first)->name == "better");
        QSignalSpy removed(&catalogue, &RunCatalogue::removed);
        catalogue.remove({first, busy, last});
        QVERIFY(removed.wait());
        QCOMPARE(removed[0][0].value<QList<qint64>>(), QList<qint64>({first, last}));
        QVERIFY(!removed[0][1].toString().isEmpty()); // the busy one stays, the others are deleted
        QTRY_COMPARE(catalogue.runs().size(), std::size_t{1});
        QCOMPARE(catalogue.runs().front()->id, busy);
    }

    void whatWasAskedForIsDoneAtTheEnd() {
        RunId id = 0;
        {
            RunStore store(m_database);
            id = test::store(store, {.name = "alpha"});
        }
        {
            RunCatalogue catalogue(m_database);
            catalogue.rename(id, QStringLiteral("better"));
        }
        QCOMPARE(RunStore(m_database).runs().one(id).name, std::string("better"));
    }

    /// Another process locks the file for a while: the window stays responsive, and the name is stored later.
    void aLockedFileHoldsUpNothing() {
        RunId id = 0;
        {
            RunStore store(m_database);
            id = test::store(store, {.name = "alpha"});
        }
        RunCatalogue catalogue(m_database);
        catalogue.refresh();
        QTRY_COMPARE(catalogue.runs().size(), std::size_t{1});
        sqlite3 *other = nullptr;
        QCOMPARE(sqlite3_open(m_database.c_str(), &other), SQLITE_OK);
        QCOMPARE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
        QSignalSpy renamed(&catalogue, &RunCatalogue::renamed);
        catalogue.rename(id, QStringLiteral("better"));
        int turns = 0; // of the event loop
        QTimer ticks;
        connect(&ticks, &QTimer::timeout, this, [&turns] { ++turns; });
        ticks.start(10);
        QTRY_VERIFY(turns > 20);
        QCOMPARE(renamed.count(), 0); // the thread waits, the window does not
        QCOMPARE(sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(other);
        QTRY_COMPARE_WITH_TIMEOUT(renamed.count(), 1, 15'000);
        QCOMPARE(renamed[0][1].toString(), QString());
        QTRY_COMPARE(catalogue.run(id)->name, std::string("better"));
    }

    void damageIsToldUntilItIsGone() {
        writeBytes(m_database, "this is no database at all, whatever it is called by its name");
        RunCatalogue catalogue(m_database);
        QSignalSpy unreadable(&catalogue, &RunCatalogue::unreadable);
        catalogue.refresh();
        QVERIFY(unreadable.wait());
        QVERIFY(unreadable[0][0].toString().contains(QStringLiteral("runs.sqlite")));
        std::filesystem::remove(m_database);
        QSignalSpy readable(&catalogue, &RunCatalogue::readable);
        catalogue.refresh();
        QVERIFY(readable.wait());
    }

    void deepColumnsAreTold_data() {
        QTest::addColumn<QByteArray>("column");
        for (const char *column : {"config", "pipeline", "libraries"})
            QTest::newRow(column) << QByteArray(column);
    }
    void deepColumnsAreTold() {
        QFETCH(QByteArray, column);
        {
            RunStore store(m_database);
            test::store(store, {.name = "alpha"});
        }
        const QByteArray deep =
            QByteArray("{\"a\":").repeated(100'000) + "1" + QByteArray("}").repeated(100'000);
        sqlite3 *other = nullptr;
        QCOMPARE(sqlite3_open(m_database.c_str(), &other), SQLITE_OK);
        const QByteArray update = "UPDATE runs SET " + column + " = '" + deep + "'";
        QCOMPARE(sqlite3_exec(other, update.constData(), nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(other);
        RunCatalogue catalogue(m_database);
        QSignalSpy unreadable(&catalogue, &RunCatalogue::unreadable);
        catalogue.watch({1});
        QVERIFY(unreadable.wait());
        QCOMPARE(catalogue.runs().size(), std::size_t{1}); // the list does not need it
        const QString told = unreadable[0][0].toString();
        QVERIFY2(told.contains("runs.sqlite is damaged: the " + column + " of run 1 is nested too deeply"),
                 qPrintable(told));
    }

  private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_database;
};

SIMCLR_TEST(TestRunCatalogue, QCoreApplication)
#include "tst_run_catalogue.moc"
