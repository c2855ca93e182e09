// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/measured.h"
#include "tests/support/test_main.h"
#include "tests/ui/runs/shown_runs.h"
#include "ui/runs/table/runs_model.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QSplitter>
#include <QTabWidget>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

bool hasColor(const QImage &image, const QColor &color) {
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixel(x, y) == color.rgb())
                return true;
    return false;
}

} // namespace

/// How the user arranges the table of runs, what the settings store of it, and what stays selected.
class TestRunsArrangement : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_runs_arrangement"));
        theme::apply(*qApp, ThemeChoice::Light);
    }
    void init() {
        QSettings().clear();
        m_runs = std::make_unique<ShownRuns>();
    }
    void cleanup() { m_runs.reset(); }

    void filterIsRemembered() {
        store({"alpha", "beta", "gamma"});
        m_runs->openAndWait();
        search()->setText(QStringLiteral("beta"));
        statusFilter()->setCurrentText(QStringLiteral("completed"));
        m_runs->openAndWait();
        QCOMPARE(search()->text(), QStringLiteral("beta"));
        QCOMPARE(statusFilter()->currentText(), QStringLiteral("completed"));
        QTRY_COMPARE(m_runs->shownNames(), QStringList{QStringLiteral("beta")});
        search()->clear();
        m_runs->openAndWait();
        QTRY_COMPARE(m_runs->shownNames().size(), 3);
    }

    void sortingAndColumnsAreRemembered() {
        store({"alpha", "beta", "gamma"});
        m_runs->openAndWait();
        m_runs->table().sortByColumn(RunsModel::Name, Qt::AscendingOrder);
        header()->moveSection(header()->visualIndex(RunsModel::Linear), 1);
        header()->resizeSection(RunsModel::Dataset, 177);
        hideByMenu(RunsModel::Encoder);
        m_runs->openAndWait();
        QCOMPARE(header()->sortIndicatorSection(), int(RunsModel::Name));
        QCOMPARE(header()->sortIndicatorOrder(), Qt::AscendingOrder);
        QTRY_COMPARE(m_runs->shownNames().first(), QStringLiteral("alpha"));
        QCOMPARE(header()->visualIndex(RunsModel::Linear), 1);
        QCOMPARE(header()->sectionSize(RunsModel::Dataset), 177);
        QVERIFY(m_runs->table().isColumnHidden(RunsModel::Encoder));
    }

    void columnsOfEarlierVersionsStayHidden() {
        QSettings().setValue(QStringLiteral("runs/hiddenColumns"),
                             QStringList{QString::number(RunsModel::Speed)});
        store({"alpha"});
        m_runs->openAndWait();
        QVERIFY(m_runs->table().isColumnHidden(RunsModel::Speed));
        QVERIFY(!m_runs->table().isColumnHidden(RunsModel::Encoder));
    }

    void splitterAndTabAreRemembered() {
        store({"alpha"});
        m_runs->openAndWait();
        auto *handle = splitter()->handle(1);
        const QPoint from = handle->rect().center();
        QTest::mousePress(handle, Qt::LeftButton, {}, from);
        QTest::mouseMove(handle, from + QPoint(0, 90));
        QTest::mouseRelease(handle, Qt::LeftButton, {}, from + QPoint(0, 90));
        const int height = splitter()->sizes().first();
        m_runs->child<QTabWidget>("runTabs")->setCurrentIndex(1);
        m_runs->openAndWait();
        QVERIFY(std::abs(splitter()->sizes().first() - height) <= 2);
        QCOMPARE(m_runs->child<QTabWidget>("runTabs")->currentIndex(), 1);
        QVERIFY(!splitter()->childrenCollapsible());
    }

    void filteringKeepsTheSelection() {
        store({"alpha", "beta", "gamma", "delta"});
        m_runs->openAndWait();
        selectNamed({"alpha", "beta", "gamma"});
        const QList<qint64> before = m_runs->table().selectedRuns();
        type(QStringLiteral("a")); // all of them
        QTRY_COMPARE(m_runs->table().selectedRuns(), before);
        type(QStringLiteral("m")); // only gamma contains "am"; it was current
        QTRY_COMPARE(selectedNames(), QStringList({QStringLiteral("gamma")}));
        search()->setText(QStringLiteral("lph"));
        QTRY_COMPARE(selectedNames(), QStringList({QStringLiteral("alpha")}));
        QTRY_COMPARE(m_runs->curves().curveCount(), 1); // the panels follow
        search()->setText(QStringLiteral("delta"));
        QTRY_COMPARE(selectedNames(), QStringList());
        search()->clear();
        QTRY_COMPARE(m_runs->table().selectedRuns(), before);
        QTRY_COMPARE(m_runs->curves().curveCount(), 3);
    }

    void statusFilterKeepsTheSelection() {
        store({"alpha", "beta"});
        test::store(m_runs->store(), {.name = "gone", .status = RunStatus::Cancelled});
        m_runs->openAndWait();
        selectNamed({"alpha", "gone"});
        const QList<qint64> before = m_runs->table().selectedRuns();
        statusFilter()->setCurrentText(QStringLiteral("completed"));
        QTRY_COMPARE(selectedNames(), QStringList({QStringLiteral("alpha")}));
        statusFilter()->setCurrentIndex(0);
        QTRY_COMPARE(m_runs->table().selectedRuns(), before);
    }

    /// Another selection made while a filter is on replaces the earlier one.
    void anotherSelectionIsKeptInstead() {
        store({"alpha", "beta", "gamma"});
        m_runs->openAndWait();
        selectNamed({"alpha", "beta"});
        search()->setText(QStringLiteral("gamma"));
        selectNamed({"gamma"});
        search()->clear();
        QTRY_COMPARE(selectedNames(), QStringList({QStringLiteral("gamma")}));
    }

    void selectionSurvivesWhatOthersDelete() {
        store({"alpha", "beta", "gamma", "delta"});
        m_runs->openAndWait();
        selectNamed({"alpha", "beta", "gamma"}); // gamma is current
        for (const RunRecord &run : m_runs->store().runs().all())
            if (run.name == "gamma")
                m_runs->store().runs().remove(run.id);
        QTRY_COMPARE_WITH_TIMEOUT(m_runs->table().model()->rowCount(), 3, 10'000);
        QTRY_COMPARE(selectedNames(), QStringList({QStringLiteral("beta"), QStringLiteral("alpha")}));
    }

    void wantedRunIsSeenWhateverTheFilterSays() {
        store({"alpha", "beta"});
        m_runs->openAndWait();
        search()->setText(QStringLiteral("alpha"));
        for (const RunRecord &run : m_runs->store().runs().all())
            if (run.name == "beta")
                m_runs->page().selectRun(run.id);
        QTRY_COMPARE(selectedNames(), QStringList({QStringLiteral("beta")}));
    }

    /// Exactly the colours of their curves.
    void coloursOfRunsStayInSelectedRows_data() {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void coloursOfRunsStayInSelectedRows() {
        QFETCH(bool, isDark);
        theme::apply(*qApp, isDark ? ThemeChoice::Dark : ThemeChoice::Light);
        for (int i = 0; i < 14; ++i)
            test::store(m_runs->store(), {.name = "run", .steps = 1});
        m_runs->openAndWait();
        m_runs->page().resize(1200, 1400);
        m_runs->table().selectAll();
        QTRY_VERIFY(splitter()->sizes().first() > 200);
        splitter()->setSizes({700, 300});
        const QImage table = m_runs->table().viewport()->grab().toImage();
        for (const qint64 run : m_runs->table().selectedRuns())
            QVERIFY2(hasColor(table, theme::runColor(run)), qPrintable(QString::number(run)));
        QVERIFY(hasColor(table, theme::selection()));
        QVERIFY(!hasColor(table, qApp->palette().color(QPalette::Highlight)) || isStripOnly(table));
        theme::apply(*qApp, ThemeChoice::Light);
    }

    /// Sorted by an accuracy, runs with the same images and split are adjacent.
    void unlikeAccuraciesAreSortedApart_data() {
        QTest::addColumn<Qt::SortOrder>("order");
        QTest::newRow("ascending") << Qt::AscendingOrder;
        QTest::newRow("descending") << Qt::DescendingOrder;
    }
    void unlikeAccuraciesAreSortedApart() {
        QFETCH(Qt::SortOrder, order);
        test::store(m_runs->store(), {.name = "test 40", .linear = 0.4});
        test::store(m_runs->store(), {.name = "val 50", .status = RunStatus::Cancelled, .linear = 0.5});
        test::store(m_runs->store(), {.name = "test 60", .linear = 0.6});
        test::store(m_runs->store(), {.name = "val 30", .status = RunStatus::Cancelled, .linear = 0.3});
        storeOnOtherImages("other 45", 0.45);
        NewRun bare = m_runs->store().runs().all().front();
        bare.name = "none";
        m_runs->store().runs().create(bare);
        m_runs->openAndWait();
        m_runs->table().sortByColumn(RunsModel::Linear, order);
        const QStringList expected =
            order == Qt::DescendingOrder
                ? QStringList{"other 45", "test 60", "test 40", "val 50", "val 30", "none"}
                : QStringList{"other 45", "test 40", "test 60", "val 30", "val 50", "none"};
        QTRY_COMPARE(m_runs->shownNames(), expected); // "Flowers" before "Shapes"
    }

    void sortingByNamesKnowsNoGroups() {
        test::store(m_runs->store(), {.name = "a", .linear = 0.4});
        test::store(m_runs->store(), {.name = "b", .status = RunStatus::Cancelled, .linear = 0.5});
        test::store(m_runs->store(), {.name = "c", .linear = 0.6});
        m_runs->openAndWait();
        m_runs->table().sortByColumn(RunsModel::Started, Qt::AscendingOrder);
        QTRY_COMPARE(m_runs->shownNames(), QStringList({"a", "b", "c"}));
    }

    /// The number of runs drawn and compared is limited for any selection, and a hint says so.
    void thousandsOfSelectedRunsAreBoundedWork() {
        constexpr int many = 10'000;
        storeMany(many);
        m_runs->openAndWait();
        m_runs->table().setFocus();
        QElapsedTimer clock;
        clock.start();
        QTest::keyClick(&m_runs->table(), Qt::Key_A, Qt::ControlModifier);
        QCoreApplication::processEvents();
        qInfo("selecting %d runs: %lld ms", many, clock.elapsed());
        QTRY_COMPARE(m_runs->table().selectedRuns().size(), many);
        QTRY_COMPARE(m_runs->curves().curveCount(), 50);
        QCOMPARE(m_runs->curves().curveStyle(0).name,
                 m_runs->table().model()->index(0, 0).data().toString()); // the first in table order
        const QString part = QStringLiteral("50 of %1").arg(QLocale().toString(many));
        QVERIFY(m_runs->child<QLabel>("notDrawn")->text().contains(part));
        const auto *comparison = m_runs->child<QTableView>("comparisonTable");
        QTRY_COMPARE(comparison->model()->rowCount(), 50);
        QVERIFY(m_runs->child<QLabel>("comparisonHint")->text().contains(part));
        for (int tab = 3; tab >= 0; --tab) { // on every tab
            clock.start();
            m_runs->child<QTabWidget>("runTabs")->setCurrentIndex(tab);
            QCoreApplication::processEvents();
            qInfo("tab %d: %lld ms", tab, clock.elapsed());
        }
        clock.start();
        search()->setText(QStringLiteral("run 77"));
        QCoreApplication::processEvents();
        qInfo("filtering: %lld ms", clock.elapsed());
        search()->clear();
        QTRY_COMPARE(m_runs->table().selectedRuns().size(), many);
        clock.start();
        m_runs->table().sortByColumn(RunsModel::Linear, Qt::DescendingOrder);
        QCoreApplication::processEvents();
        qInfo("sorting: %lld ms", clock.elapsed());
        m_runs->selectRows({0, 1});
        QTRY_COMPARE(m_runs->curves().curveCount(), 2);
        QVERIFY(m_runs->child<QLabel>("notDrawn")->text().isEmpty());
    }

    void runsWithoutLabelsPromiseNoAccuracy() {
        NewRun run;
        run.name = "unlabelled";
        run.config = trainOptionsDescription().toJson(TrainOptions());
        run.pipeline = toJson(pipelineByName("crop-only"));
        run.dataset = {"folder:/photos", "Photos", "0123", 100, 10, 0, 0, 0};
        run.totalEpochs = 1;
        run.totalSteps = 1;
        m_runs->store().runs().create(run);
        m_runs->openAndWait();
        auto *metric = m_runs->child<QComboBox>("metricChooser");
        metric->setCurrentIndex(metric->findText(QStringLiteral("Validation accuracy")));
        auto *empty = m_runs->curves().findChild<QLabel *>(QStringLiteral("emptyText"));
        QTRY_VERIFY2(empty->text().contains(QStringLiteral("no labels")), qPrintable(empty->text()));
        const QModelIndex linear = m_runs->table().model()->index(0, RunsModel::Linear);
        QVERIFY(linear.data(Qt::ToolTipRole).toString().contains(QStringLiteral("no labels")));
    }

  private:
    void store(const std::vector<std::string> &names) {
        for (const std::string &name : names)
            test::store(m_runs->store(), {.name = name});
    }
    void storeMany(int count) {
        const RunId first = test::store(m_runs->store(), {.name = "first", .steps = 2});
        NewRun run = m_runs->store().runs().one(first);
        for (int i = 1; i < count; ++i) {
            run.name = "run " + std::to_string(i);
            const RunId id = m_runs->store().runs().create(run);
            if (i % 10 == 0)
                m_runs->store().results().add(
                    id, measured("linear", "validation", 10, i % 97 / 97.0, Json::object()));
        }
    }
    void storeOnOtherImages(const std::string &name, double accuracy) {
        NewRun run = m_runs->store().runs().all().front();
        run.name = name;
        run.dataset.title = "Flowers";
        run.dataset.fingerprint = "another";
        const RunId id = m_runs->store().runs().create(run);
        m_runs->store().results().add(id, measured("linear", "test", 10, accuracy, Json::object()));
    }
    void hideByMenu(int column) {
        m_runs->table().chooseColumns({});
        auto *menu = m_runs->table().findChild<QMenu *>(QStringLiteral("columnsMenu"));
        menu->actions().at(column - 1)->trigger();
        menu->close();
    }
    void selectNamed(const QStringList &names) {
        QList<int> rows;
        for (const QString &name : names)
            rows.append(int(m_runs->shownNames().indexOf(name)));
        m_runs->selectRows(rows);
    }
    QStringList selectedNames() {
        QStringList names;
        for (const QModelIndex &row : m_runs->table().selectionModel()->selectedRows())
            names.append(row.data(Qt::EditRole).toString());
        std::ranges::sort(names, std::greater<>());
        return names;
    }
    void type(const QString &text) { QTest::keyClicks(search(), text); }
    /// Whether the accent colour occurs only in the strip at the left of a row.
    static bool isStripOnly(const QImage &image) {
        const QColor accent = theme::accent();
        for (int y = 0; y < image.height(); ++y)
            for (int x = 4; x < image.width(); ++x)
                if (image.pixel(x, y) == accent.rgb())
                    return false;
        return true;
    }
    QLineEdit *search() { return m_runs->child<QLineEdit>("runsSearch"); }
    QComboBox *statusFilter() { return m_runs->child<QComboBox>("statusFilter"); }
    QSplitter *splitter() { return m_runs->child<QSplitter>("tableAndPanels"); }
    QHeaderView *header() { return m_runs->table().header(); }

    std::unique_ptr<ShownRuns> m_runs;
};

SIMCLR_TEST(TestRunsArrangement, QApplication)
#include "tst_runs_arrangement.moc"
