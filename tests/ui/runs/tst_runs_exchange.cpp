// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/json.h"
#include "tests/support/test_main.h"
#include "tests/support/test_support.h"
#include "tests/ui/runs/shown_runs.h"
#include "ui/runs/exchange/found_runs_model.h"
#include "ui/runs/exchange/import_dialog.h"
#include "ui/runs/table/replicates.h"
#include "ui/runs/table/runs_model.h"
#include "ui/runs/table/runs_panel.h"
#include "ui/widgets/inline_message.h"
#include "ui/workspace/run_catalogue.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QDropEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QInputDialog>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QToolButton>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

QList<QStringList> clipboardRows() {
    QList<QStringList> rows;
    const QString text = QGuiApplication::clipboard()->text();
    for (const QString &line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        rows.append(line.split(QLatin1Char('\t')));
    return rows;
}

constexpr int patience = 30'000; ///< ms, for what another thread does

} // namespace

/// What goes from the Runs page to other programs, and what comes from them.
class TestRunsExchange : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_runs_exchange"));
    }
    void init() {
        QSettings().clear();
        QGuiApplication::clipboard()->clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_runs = std::make_unique<ShownRuns>();
    }
    void cleanup() { m_runs.reset(); }

    void selectedRowsAreCopiedWithTheShownColumns() {
        store({"alpha", "beta", "gamma"});
        m_runs->openAndWait();
        m_runs->table().setColumnHidden(RunsModel::Encoder, true);
        m_runs->selectRows({0, 2});
        copy();
        const QList<QStringList> rows = clipboardRows();
        QCOMPARE(rows.size(), 3); // the titles, and two runs
        QVERIFY(rows[0].contains(QStringLiteral("linear")));
        QVERIFY(!rows[0].contains(QStringLiteral("encoder")));
        const auto name = rows[0].indexOf(QStringLiteral("name"));
        QVERIFY(rows[1][name].contains(QStringLiteral("gamma")));
        QVERIFY(rows[2][name].contains(QStringLiteral("alpha")));
    }

    /// A spreadsheet takes 0.6 as a number, and "60.0 % test" as a text. The cells are those of the CSV file.
    void copiedNumbersAreThoseOfTheCsvFile() {
        store({"alpha", "beta"});
        m_runs->openAndWait();
        m_runs->table().selectAll();
        copy();
        const QList<QStringList> rows = clipboardRows();
        QCOMPARE(rows[1][rows[0].indexOf(QStringLiteral("linear"))], QStringLiteral("0.6"));
        QCOMPARE(rows[1][rows[0].indexOf(QStringLiteral("linear.split"))], QStringLiteral("test"));
        QCOMPARE(rows[1][rows[0].indexOf(QStringLiteral("status"))], QStringLiteral("completed"));
        choose("exportRows", "tableDialog", file("rows.csv"));
        QTRY_VERIFY_WITH_TIMEOUT(exists("rows.csv"), patience);
        const QString csv = QString::fromStdString(contentOf("rows.csv")).remove(QLatin1Char('\r'));
        QCOMPARE(csv, QGuiApplication::clipboard()->text().replace(QLatin1Char('\t'), QLatin1Char(',')));
    }

    /// The text of many rows is made in a thread: nothing is copied before the event loop runs again.
    void manyRowsAreCopiedInTheirOrder() {
        constexpr int many = 2000;
        const RunId first = test::store(m_runs->store(), {.name = "run 0", .steps = 1});
        NewRun run = m_runs->store().runs().one(first);
        for (int i = 1; i < many; ++i) {
            run.name = "run " + std::to_string(i);
            m_runs->store().runs().create(run);
        }
        m_runs->openAndWait();
        m_runs->table().sortByColumn(RunsModel::Name, Qt::AscendingOrder);
        m_runs->table().selectAll();
        const QSignalSpy copied(&m_runs->table(), &RunsTable::copied);
        QTest::keyClick(&m_runs->table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(copied.size(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(copied.size(), 1, patience);
        const QList<QStringList> rows = clipboardRows();
        QCOMPARE(rows.size(), many + 1);
        const auto name = rows[0].indexOf(QStringLiteral("name"));
        const QStringList shown = m_runs->shownNames();
        for (int i = 0; i < many; ++i)
            QCOMPARE(rows[i + 1][name], shown[i]);
    }

    /// In a spreadsheet, a name must not become a formula, nor end its cell.
    void copiedNamesAreHarmless() {
        store({"=HYPERLINK(\"http://example.org\")", "two\tcells\nand lines"});
        m_runs->store().annotations().change(std::vector<RunId>{1, 2}, {.addedTags = {"=1+1"}});
        m_runs->openAndWait();
        m_runs->table().setColumnHidden(RunsModel::Tags, false);
        m_runs->table().header()->moveSection(m_runs->table().header()->visualIndex(RunsModel::Tags), 0);
        m_runs->table().selectAll();
        copy();
        const QList<QStringList> rows = clipboardRows();
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows[1].size(), rows[0].size());
        const QString all = QGuiApplication::clipboard()->text();
        QCOMPARE(all.count(QStringLiteral("\t'=1+1\t")), qsizetype{2}); // as text, after the ids
        QVERIFY(all.contains(QStringLiteral("two\\tcells\\nand lines")));
    }

    void nothingIsCopiedWithoutASelection() {
        store({"alpha"});
        m_runs->openAndWait();
        QGuiApplication::clipboard()->setText(QStringLiteral("before"));
        m_runs->table().clearSelection();
        QVERIFY(!m_runs->table().copySelection());
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("before"));
    }

    /// Without selected cells all of it, otherwise these.
    void comparisonIsCopied() {
        store({"alpha", "beta"});
        m_runs->openAndWait();
        m_runs->selectRows({0, 1});
        auto *table = m_runs->child<QTableView>("comparisonTable");
        QTRY_VERIFY(table->model()->rowCount() >= 2);
        auto *copy = table->findChild<QAction *>(QStringLiteral("copyTable"));
        QCOMPARE(copy->shortcut(), QKeySequence(QKeySequence::Copy));
        copy->trigger();
        QCOMPARE(clipboardRows().size(), table->model()->rowCount() + 1);
        QCOMPARE(clipboardRows()[0].size(), table->model()->columnCount());
        table->setCurrentIndex(table->model()->index(0, 1));
        copy->trigger();
        QCOMPARE(clipboardRows().size(), 2);
        QCOMPARE(clipboardRows()[1], QStringList{table->model()->index(0, 1).data().toString()});
    }

    void pageIsExported() {
        store({"alpha", "beta"});
        m_runs->openAndWait();
        m_runs->table().selectAll();
        choose("exportPage", "pageDialog", file("page.html"));
        QTRY_VERIFY_WITH_TIMEOUT(message().contains(QStringLiteral("page.html")) && exists("page.html"),
                                 patience);
        const std::string page = contentOf("page.html");
        QVERIFY(contains(page, "Comparison of 2 runs"));
        QVERIFY(contains(page, "data:image/png;base64,")); // views of the built-in shapes
    }

    void pageThatCannotBeWrittenIsTold() {
        store({"alpha"});
        m_runs->openAndWait();
        m_runs->table().selectAll();
        choose("exportPage", "pageDialog", QStringLiteral("/does-not-exist/page.html"));
        QTRY_VERIFY_WITH_TIMEOUT(message().contains(QStringLiteral("does-not-exist")) &&
                                     !message().contains(QStringLiteral("Writing")),
                                 patience);
    }

    void curvesAndEventsAreExported() {
        store({"alpha"});
        m_runs->openAndWait();
        m_runs->table().selectAll();
        choose("exportCurves", "curvesDialog", file("curves.csv"));
        QTRY_VERIFY_WITH_TIMEOUT(exists("curves.csv"), patience);
        QVERIFY(contains(contentOf("curves.csv"), "1,alpha,loss,100,10,"));
        choose("exportEvents", "eventsDialog", m_folder->path());
        QTRY_VERIFY_WITH_TIMEOUT(exists("1-alpha"), patience);
    }

    void tableIsExportedWithNumbersInFull() {
        store({"alpha", "beta"});
        m_runs->openAndWait();
        m_runs->selectRows({0});
        choose("exportRows", "tableDialog", file("rows.json"));
        QTRY_VERIFY_WITH_TIMEOUT(exists("rows.json"), patience);
        const Json rows = parseJson(contentOf("rows.json"), "rows");
        QCOMPARE(rows.size(), std::size_t{1});
        QCOMPARE(rows[0]["linear"].get<double>(), 0.6);
        QCOMPARE(rows[0]["linear.split"].get<std::string>(), std::string("test"));
        QCOMPARE(rows[0]["name"].get<std::string>(), std::string("beta"));
        QCOMPARE(rows[0]["id"].get<int>(), 2);
        QCOMPARE(rows[0]["status"].get<std::string>(), std::string("completed"));
        QVERIFY(rows[0]["created"].get<std::string>().ends_with('Z'));
        choose("exportTable", "tableDialog", file("table.md"));
        QTRY_VERIFY_WITH_TIMEOUT(exists("table.md"), patience);
        const std::string table = contentOf("table.md");
        QVERIFY2(contains(table, "| 0.600 |"), table.c_str());
        QCOMPARE(std::ranges::count(table, '\n'), std::ptrdiff_t{4}); // titles, line, two runs
    }

    void groupsAreExportedAsMeans() {
        for (int seed = 1; seed <= 3; ++seed)
            test::store(m_runs->store(), {.name = "a", .linear = 0.5 + 0.1 * seed, .seed = seed});
        m_runs->openAndWait();
        auto *panel = m_runs->page().findChild<RunsPanel *>();
        panel->setLevels({QLatin1String(replicatesField)});
        QTRY_COMPARE(m_runs->table().model()->rowCount(), 1);
        const ValueTable table = tableValues(panel->rows(false), ColumnNames::Fields);
        QCOMPARE(table.rows.size(), std::size_t{4}); // the group is open: it contains the selected run
        const auto column = std::ranges::find(table.header, "linear") - table.header.begin();
        const auto *cell = std::get_if<NumberCell>(&table.rows[0][static_cast<std::size_t>(column)]);
        QVERIFY(cell != nullptr);
        QVERIFY(std::abs(cell->value - 0.7) < 1e-9 && std::abs(*cell->deviation - 0.1) < 1e-9);
        QCOMPARE(table.header[static_cast<std::size_t>(column) + 1], std::string("linear.split"));
        QCOMPARE(table.header[static_cast<std::size_t>(column) + 2], std::string("n of linear"));
        QCOMPARE(std::get<NumberCell>(table.rows[0][static_cast<std::size_t>(column) + 2]).value, 3.0);
    }

    /// A learning rate is not 0.000.
    void smallNumbersKeepTheirDigits() {
        const RunId run = test::store(m_runs->store(), {.name = "a"});
        m_runs->store().metrics().add(run,
                                      std::vector<KeyedMetric>{{"learning_rate", {101, 10, 3e-4, 1.7e9}}});
        m_runs->openAndWait();
        auto *panel = m_runs->page().findChild<RunsPanel *>();
        panel->setExtraColumns({QStringLiteral("last(learning_rate)")});
        const auto text = [panel] {
            return toText(tableValues(panel->rows(false), ColumnNames::Titles), TableFormat::Markdown);
        };
        QTRY_VERIFY_WITH_TIMEOUT(contains(text(), "| 0.000300 |"), patience);
    }

    /// The writer heeds a stop that is requested before it begins.
    void exportIsCancelled() {
        store({"alpha"});
        m_runs->openAndWait();
        m_runs->table().selectAll();
        choose("exportPage", "pageDialog", file("page.html"));
        auto *cancel = m_runs->child<InlineMessage>("exchangeMessage")
                           ->findChild<QPushButton *>(QStringLiteral("messageAction"));
        QCOMPARE(cancel->text(), QStringLiteral("Cancel"));
        cancel->click();
        QVERIFY(message().contains(QStringLiteral("cancelled")));
        m_runs->open(); // the page waits for its threads when it is deleted
        QVERIFY(!exists("page.html"));
    }

    void nothingSelectedExportsNothing() {
        store({"alpha"});
        m_runs->openAndWait();
        m_runs->table().clearSelection();
        QMenu &menu = openedMenu();
        for (const char *name : {"exportPage", "exportCurves", "exportEvents", "exportRows"})
            QVERIFY(!menu.findChild<QAction *>(QLatin1String(name))->isEnabled());
        QVERIFY(menu.findChild<QAction *>(QStringLiteral("exportTable"))->isEnabled());
    }

    void viewsAreRenamedAndMoved() {
        store({"alpha"});
        const Json view{{"version", 1}};
        for (const char *name : {"one", "two", "three"})
            m_runs->store().savedViews().put(name, view);
        m_runs->openAndWait();
        auto *menu = m_runs->child<QToolButton>("viewsButton")->menu();
        const auto act = [&](const char *name, int place) {
            Q_EMIT menu->aboutToShow();
            auto *changes = menu->findChild<QMenu *>(QStringLiteral("changeViewMenu"))
                                ->findChild<QMenu *>(QLatin1String(name));
            QVERIFY(changes != nullptr);
            changes->actions().at(place)->trigger();
        };
        const auto names = [this] {
            QStringList all;
            for (const SavedView &each : m_runs->store().savedViews().all())
                all.append(QString::fromStdString(each.name));
            return all.join(QLatin1Char(' '));
        };
        const auto isShown = [&](const char *name) {
            Q_EMIT menu->aboutToShow();
            return menu->findChild<QMenu *>(QStringLiteral("changeViewMenu"))
                       ->findChild<QMenu *>(QLatin1String(name)) != nullptr;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isShown("three"), patience);
        act("three", 2); // up
        QTRY_COMPARE_WITH_TIMEOUT(names(), QStringLiteral("one three two"), patience);
        act("one", 0); // rename
        auto *dialog = m_runs->page().findChild<QInputDialog *>(QStringLiteral("renameViewDialog"));
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->textValue(), QStringLiteral("one"));
        dialog->setTextValue(QStringLiteral("first"));
        dialog->accept();
        QTRY_COMPARE_WITH_TIMEOUT(names(), QStringLiteral("first three two"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(isShown("first"), patience);
        act("two", 4); // delete
        QTRY_COMPARE_WITH_TIMEOUT(names(), QStringLiteral("first three"), patience);
    }

    /// Also from the page that is shown while there are no runs.
    void runsOfAnotherDatabaseAreChosenAndImported() {
        const std::filesystem::path other = folderOf(*m_folder) / "other.sqlite";
        {
            RunStore foreign(other);
            for (int seed : {1, 2, 3})
                test::store(foreign, {.name = "foreign " + std::to_string(seed), .seed = seed});
        }
        m_runs->open();
        QVERIFY(m_runs->child<QPushButton>("importFirst")->menu() != nullptr);
        choose("importDatabase", "importFileDialog", QString::fromStdString(other.native()));
        auto *dialog = m_runs->page().window()->findChild<ImportDialog *>();
        QVERIFY(dialog != nullptr);
        auto *found = dialog->findChild<QTableView *>(QStringLiteral("foundRuns"))->model();
        const QAbstractItemModelTester tester(found);
        QTRY_COMPARE_WITH_TIMEOUT(found->rowCount(), 3, patience);
        QCOMPARE(found->index(0, FoundRunsModel::Import).data().toString(), QStringLiteral("new"));
        QVERIFY(dialog->findChild<QCheckBox *>(QStringLiteral("withFiles"))->isVisible());
        QVERIFY(found->setData(found->index(0, 0), Qt::Unchecked, Qt::CheckStateRole)); // the newest, 3
        dialog->findChild<QPushButton *>(QStringLiteral("importButton"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(found->rowCount(), 2, patience); // what was done
        QVERIFY(found->index(0, FoundRunsModel::Import).data().toString().contains(QStringLiteral("added")));
        QTRY_COMPARE_WITH_TIMEOUT(m_runs->shownNames(),
                                  QStringList({QStringLiteral("foreign 2"), QStringLiteral("foreign 1")}),
                                  patience);
        dialog->close();
    }

    void metricsOfATableAreChosen() {
        m_runs->open();
        const auto csv = QString::fromStdString(dataFile("trackers/wandb_runs.csv").native());
        choose("importCsv", "importFileDialog", csv);
        auto *dialog = m_runs->page().window()->findChild<ImportDialog *>();
        auto *metrics = dialog->findChild<QListWidget *>(QStringLiteral("metricColumns"));
        QTRY_VERIFY_WITH_TIMEOUT(metrics->count() > 0, patience);
        metrics->findItems(QStringLiteral("test/acc"), Qt::MatchExactly).value(0)->setCheckState(Qt::Checked);
        dialog->findChild<QPushButton *>(QStringLiteral("importButton"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(!m_runs->store().runs().all().empty(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_runs->store().metrics().keys(1), std::vector<std::string>{"test/acc"},
                                  patience);
        dialog->close();
    }

    /// Closing is the second step: the first one stops, and tells what remains.
    void importIsCancelled() {
        const std::filesystem::path other = folderOf(*m_folder) / "other.sqlite";
        {
            RunStore foreign(other);
            for (int seed = 1; seed <= 30; ++seed)
                test::store(foreign, {.name = "foreign", .seed = seed});
        }
        m_runs->open();
        choose("importDatabase", "importFileDialog", QString::fromStdString(other.native()));
        auto *dialog = m_runs->page().window()->findChild<ImportDialog *>();
        auto *start = dialog->findChild<QPushButton *>(QStringLiteral("importButton"));
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), patience);
        start->click();
        auto *close = dialog->findChild<QPushButton *>(QStringLiteral("closeImport"));
        QCOMPARE(close->text(), QStringLiteral("Cancel"));
        close->click();
        QVERIFY(dialog->isVisible());
        auto *status = dialog->findChild<QLabel *>(QStringLiteral("importStatus"));
        QVERIFY(status->text().contains(QStringLiteral("cancelled")));
        QCOMPARE(close->text(), QStringLiteral("Close"));
        close->click();
        QVERIFY(!dialog->isVisible());
        QVERIFY(m_runs->store().runs().all().size() < 30);
    }

    void whatCannotBeImportedIsTold() {
        m_runs->open();
        const auto file = QString::fromStdString(dataFile("event_files/expected.json").native());
        choose("importCsv", "importFileDialog", file);
        auto *dialog = m_runs->page().window()->findChild<ImportDialog *>();
        auto *status = dialog->findChild<QLabel *>(QStringLiteral("importStatus"));
        QTRY_VERIFY_WITH_TIMEOUT(status->text().contains(QStringLiteral("expected.json")), patience);
        QVERIFY(!dialog->findChild<QPushButton *>(QStringLiteral("importButton"))->isVisible());
        dialog->close();
    }

    void droppedEventFilesAreImported() {
        m_runs->open();
        const auto folder = QString::fromStdString(dataFile("event_files").native());
        QVERIFY(dropOnPage(folder));
        auto *dialog = m_runs->page().window()->findChild<ImportDialog *>();
        QVERIFY(dialog != nullptr);
        auto *start = dialog->findChild<QPushButton *>(QStringLiteral("importButton"));
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), patience);
        start->click();
        auto *status = dialog->findChild<QLabel *>(QStringLiteral("importStatus"));
        QTRY_VERIFY_WITH_TIMEOUT(status->text().contains(QStringLiteral("Added: 3.")), patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_runs->shownNames().size(), 3, patience);
        dialog->close();
        QVERIFY(!dropOnPage(m_folder->path())); // images, for the window
    }

  private:
    void copy() {
        const QSignalSpy copied(&m_runs->table(), &RunsTable::copied);
        QTest::keyClick(&m_runs->table(), Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(copied.size(), 1, patience);
    }
    QMenu &openedMenu() {
        QMenu &menu = *m_runs->child<QToolButton>("exchangeButton")->menu();
        Q_EMIT menu.aboutToShow();
        return menu;
    }
    /// Triggers an action of the menu and chooses this file in its dialog.
    void choose(const char *action, const char *dialogName, const QString &file) {
        openedMenu().findChild<QAction *>(QLatin1String(action))->trigger();
        auto *dialog = m_runs->page().window()->findChildren<QFileDialog *>(QLatin1String(dialogName)).last();
        Q_EMIT dialog->filesSelected({file});
        Q_EMIT dialog->fileSelected(file);
        dialog->close();
    }
    bool dropOnPage(const QString &path) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
        enter.ignore();
        QCoreApplication::sendEvent(&m_runs->page(), &enter);
        if (!enter.isAccepted())
            return false;
        QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&m_runs->page(), &drop);
        return drop.isAccepted();
    }
    QString file(const char *name) const { return m_folder->filePath(QLatin1String(name)); }
    bool exists(const char *name) const { return QFileInfo::exists(file(name)); }
    std::string contentOf(const char *name) const { return readBytes(file(name).toStdString()); }
    QString message() { return m_runs->child<InlineMessage>("exchangeMessage")->text(); }
    void store(const QStringList &names) {
        for (const QString &name : names)
            test::store(m_runs->store(), {.name = name.toStdString()});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ShownRuns> m_runs;
};

SIMCLR_TEST(TestRunsExchange, QApplication)
#include "tst_runs_exchange.moc"
