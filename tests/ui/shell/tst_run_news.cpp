// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "tests/support/test_support.h"
#include "tests/ui/runs/stored_runs.h"
#include "tests/ui/workspace/computing.h"
#include "ui/shell/run_news.h"
#include "ui/shell/run_strip.h"

#include <QLabel>
#include <QTemporaryDir>
#include <QtTest>
#include <SQLiteCpp/Database.h>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

/// The strip of a window beside which other processes train.
class TestRunNews : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = folderOf(*m_folder) / "runs.sqlite";
        m_store.emplace(m_database);
        test::store(*m_store, {.name = "done"});
    }
    void cleanup() { m_store.reset(); }

    void whatAnotherProcessTrainsIsNamed() {
        test::store(*m_store, {.name = "elsewhere", .status = RunStatus::Running});
        const Window window(m_database);
        QTRY_COMPARE(window.text(), QStringLiteral("Another process trains “elsewhere”"));
        const RunId second = test::store(*m_store, {.name = "second", .status = RunStatus::Running});
        window.catalogue->refresh();
        QTRY_COMPARE(window.text(), QStringLiteral("Other processes train 2 runs"));
        m_store->runs().finish(2, RunStatus::Completed, {}, {});
        m_store->runs().finish(second, RunStatus::Completed, {}, {});
        window.catalogue->refresh();
        QTRY_COMPARE(window.text(), QStringLiteral("No run in progress"));
    }

    void runOfAProcessThatWasKilledIsNamed() {
        const RunId killed =
            test::store(*m_store, {.name = "killed", .status = RunStatus::Running, .steps = 70});
        endProcessOf(killed);
        const Window window(m_database);
        QTRY_COMPARE(window.text(), QStringLiteral("“killed” was interrupted at step 70; Runs resumes it."));
        QCOMPARE(window.catalogue->run(killed)->status, RunStatus::Interrupted);
        window.catalogue->refresh(); // the message stays until something else happens
        QTest::qWait(200);
        QVERIFY(window.text().contains(QStringLiteral("interrupted")));
    }

    void severalInterruptedRunsAreCounted() {
        for (const char *name : {"one", "two", "three"})
            endProcessOf(test::store(*m_store, {.name = name, .status = RunStatus::Running}));
        const Window window(m_database);
        QTRY_COMPARE(window.text(), QStringLiteral("3 runs were interrupted; Runs resumes them."));
    }

  private:
    struct Window {
        explicit Window(const std::filesystem::path &database)
            : catalogue(std::make_unique<RunCatalogue>(database)),
              computing(database),
              strip(computing.queue, computing.session),
              news(*catalogue, computing.session, nullptr) {
            QObject::connect(&news, &RunNews::interrupted, &strip, &RunStrip::showNotice);
            QObject::connect(&news, &RunNews::trainedElsewhere, &strip, &RunStrip::setIdleText);
        }
        QString text() const { return strip.findChild<QLabel *>(QStringLiteral("stripName"))->text(); }

        std::unique_ptr<RunCatalogue> catalogue;
        Computing computing;
        RunStrip strip;
        RunNews news;
    };

    /// As if its process had been killed.
    void endProcessOf(RunId run) {
        SQLite::Database database(m_database.native(), SQLite::OPEN_READWRITE);
        database.exec("UPDATE runs SET process_start = 1 WHERE id = " + std::to_string(run));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_database;
    std::optional<RunStore> m_store;
};

SIMCLR_TEST(TestRunNews, QApplication)
#include "tst_run_news.moc"
