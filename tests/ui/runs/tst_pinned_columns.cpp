// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_support.h"
#include "tests/ui/runs/shown_runs.h"
#include "ui/runs/table/pinned_header.h"
#include "ui/runs/table/replicates.h"
#include "ui/runs/table/run_queries.h"
#include "ui/runs/table/runs_model.h"
#include "ui/runs/table/runs_panel.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <QPaintEvent>
#include <QScrollBar>
#include <QSettings>
#include <QTabWidget>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 30'000;

/// What is painted of a widget, as long as it exists.
class PaintedRegion : public QObject {
  public:
    explicit PaintedRegion(QWidget &widget) { widget.installEventFilter(this); }

    bool contains(const QPoint &place) const { return m_region.contains(place); }
    void clear() { m_region = {}; }
    bool eventFilter(QObject *, QEvent *event) override {
        if (event->type() == QEvent::Paint)
            m_region += static_cast<QPaintEvent *>(event)->region();
        return false;
    }

  private:
    QRegion m_region;
};

} // namespace

/// Columns that stay at the left, and "evaluate" in empty cells: what RunsTable paints and finds by itself.
class TestPinnedColumns : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_pinned_columns"));
        theme::apply(*qApp, ThemeChoice::Light);
    }
    void init() {
        QSettings().clear();
        m_runs = std::make_unique<ShownRuns>();
        for (const int seed : {1, 2})
            test::store(m_runs->store(), {.name = "run", .seed = seed});
    }
    void cleanup() { m_runs.reset(); }

    void theNameStaysWhileTheOthersScroll() {
        open();
        const QImage before = picture(nameWidth() - 1);
        QCOMPARE(header().pinnedWidth(), 0); // nothing is below it
        scroll();
        QCOMPARE(header().pinnedWidth(), nameWidth());
        QCOMPARE(table().visualRect(nameOf(0)).left(), 0);
        QVERIFY(table().visualRect(nameOf(0).siblingAtColumn(RunsModel::Status)).left() < nameWidth());
        QVERIFY(picture(nameWidth() - 1) == before);
        QCOMPARE(table().indexAt({5, rowCentre(1)}), nameOf(1));
        QVERIFY(table().indexAt({nameWidth() + 5, rowCentre(1)}).column() != RunsModel::Name);
        QCOMPARE(header().sectionAt({5, 5}), int(RunsModel::Name));
    }

    /// The selected one stays in view as it is; the editor is where the name is.
    void aPinnedCellIsEditedInItsPlace() {
        open();
        scroll();
        const int place = table().horizontalScrollBar()->value();
        table().setCurrentIndex(nameOf(1));
        QCOMPARE(table().horizontalScrollBar()->value(), place);
        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_F2);
        const auto *editor = table().viewport()->findChild<QLineEdit *>();
        QVERIFY(editor != nullptr);
        QVERIFY(editor->geometry().left() >= 0 && editor->geometry().right() < nameWidth());
        QCOMPARE(table().horizontalScrollBar()->value(), place);
    }

    void clickingThePinnedHeaderSortsByIt() {
        open();
        table().sortByColumn(RunsModel::Started, Qt::DescendingOrder);
        scroll();
        QTest::mouseClick(header().viewport(), Qt::LeftButton, {}, {20, 5});
        QCOMPARE(header().sortIndicatorSection(), int(RunsModel::Name));
    }

    /// Where they are shown, not where they would be if they scrolled.
    void pinnedTitlesAreRepainted() {
        open();
        table().sortByColumn(RunsModel::Started, Qt::DescendingOrder);
        scroll();
        QCoreApplication::processEvents();
        PaintedRegion painted(*header().viewport());
        header().setSortIndicator(RunsModel::Name, Qt::AscendingOrder);
        QCoreApplication::processEvents();
        QVERIFY(painted.contains({20, 5}));
        painted.clear();
        header().setSortIndicator(RunsModel::Started, Qt::AscendingOrder);
        QCoreApplication::processEvents();
        QVERIFY(painted.contains({20, 5}));
    }

    void anyColumnIsPinnedByItsMenu() {
        open();
        pinByMenu(RunsModel::Knn);
        QVERIFY(table().isPinned(RunsModel::Knn));
        QCOMPARE(header().visualIndex(RunsModel::Knn), 1); // after the name
        scroll();
        QCOMPARE(header().pinnedWidth(), nameWidth() + table().columnWidth(RunsModel::Knn));
        QCOMPARE(table().visualRect(nameOf(0).siblingAtColumn(RunsModel::Knn)).left(), nameWidth());
        header().moveSection(header().visualIndex(RunsModel::Status), 0);
        QCOMPARE(header().visualIndex(RunsModel::Name), 0); // pinned ones are the first
        QCOMPARE(header().visualIndex(RunsModel::Status), 2);
        pinByMenu(RunsModel::Knn);
        QVERIFY(!table().isPinned(RunsModel::Knn));
        scroll();
        QCOMPARE(header().pinnedWidth(), nameWidth());
    }

    void pinsAreRememberedAndInViews() {
        open();
        auto *panel = m_runs->page().findChild<RunsPanel *>();
        const Json bare = panel->view();
        pinByMenu(RunsModel::Linear);
        const Json pinned = panel->view();
        open();
        QVERIFY(table().isPinned(RunsModel::Linear));
        QCOMPARE(header().visualIndex(RunsModel::Linear), 1);
        panel = m_runs->page().findChild<RunsPanel *>();
        panel->setView(bare);
        QVERIFY(!table().isPinned(RunsModel::Linear));
        panel->setView(pinned);
        QVERIFY(table().isPinned(RunsModel::Linear));
        panel->setExtraColumns({QStringLiteral("batch")}); // the columns are others
        QTRY_VERIFY_WITH_TIMEOUT(panel->model().columnOf(QStringLiteral("batch")) >= 0, patience);
        QVERIFY(table().isPinned(RunsModel::Linear));
        QCOMPARE(header().visualIndex(RunsModel::Linear), 1);
    }

    /// In a view too narrow for both, the others are more important.
    void pinsDoNotFillANarrowTable() {
        open();
        for (const int column : {RunsModel::Linear, RunsModel::Knn, RunsModel::Status, RunsModel::Dataset})
            table().setPinned(column, true);
        scroll();
        QCOMPARE(header().pinnedWidth(), 0);
    }

    void arrowsOfGroupsWorkInThePinnedColumn() {
        open();
        auto *panel = m_runs->page().findChild<RunsPanel *>();
        panel->setLevels({QLatin1String(replicatesField)});
        QTRY_COMPARE_WITH_TIMEOUT(table().model()->rowCount(), 1, patience);
        table().collapseAll();
        scroll();
        const QRect group = table().visualRect(nameOf(0));
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, {group.left() - 5, group.center().y()});
        QVERIFY(table().isExpanded(nameOf(0)));
    }

    void emptyCellsOfferToEvaluate() {
        NewRun bare = m_runs->store().runs().one(1);
        bare.name = "bare";
        const RunId id = m_runs->store().runs().create(bare);
        m_runs->store().runs().finish(id, RunStatus::Completed, "", "");
        m_runs->openAndWait();
        m_runs->selectRows({2});
        const QModelIndex cell = table().model()->index(0, RunsModel::Linear); // the newest
        QVERIFY(cell.data(RunsModel::EvaluableRole).toBool());
        QVERIFY(!cell.siblingAtRow(1).data(RunsModel::EvaluableRole).toBool()); // it has a result
        const QRect place = table().visualRect(cell);
        const QImage quiet = table().viewport()->grab(place).toImage();
        QTest::mouseMove(table().viewport(), place.center());
        QTRY_VERIFY(table().isHovered(cell));
        QVERIFY(table().viewport()->grab(place).toImage() != quiet);
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {},
                          QPoint(place.left() + 3, place.center().y()));
        QVERIFY(tabs().currentIndex() != evaluateTab); // beside the word: only selects
        QCOMPARE(table().selectedRuns(), QList<qint64>{id});
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {},
                          QPoint(place.right() - 8, place.center().y()));
        QCOMPARE(tabs().currentIndex(), evaluateTab);
        QCOMPARE(table().selectedRuns(), QList<qint64>{id});
    }

    /// Without labels there is nothing to evaluate; a running run is evaluated by itself.
    void notAllEmptyCellsDo() {
        NewRun bare = m_runs->store().runs().one(1);
        m_runs->store().runs().create(bare); // running
        bare.dataset.classes = 0;
        const RunId unlabelled = m_runs->store().runs().create(bare);
        m_runs->store().runs().finish(unlabelled, RunStatus::Completed, "", "");
        m_runs->openAndWait();
        for (const int row : {0, 1})
            QVERIFY(!table().model()->index(row, RunsModel::Linear).data(RunsModel::EvaluableRole).toBool());
    }

  private:
    static constexpr int evaluateTab = 4;

    /// So narrow that the table scrolls sideways.
    void open() {
        m_runs->openAndWait();
        m_runs->page().resize(700, 700);
        QTRY_VERIFY(table().horizontalScrollBar()->maximum() > 0);
    }
    void scroll() { table().horizontalScrollBar()->setValue(50); }
    void pinByMenu(int column) {
        table().chooseColumns({}, column);
        auto *menu = table().findChild<QMenu *>(QStringLiteral("columnsMenu"));
        menu->findChild<QAction *>(QStringLiteral("pinColumn"))->trigger();
        menu->close();
        QCoreApplication::sendPostedEvents(menu, QEvent::DeferredDelete);
    }
    RunsTable &table() { return m_runs->table(); }
    PinnedHeader &header() { return *table().findChild<PinnedHeader *>(); }
    QTabWidget &tabs() { return *m_runs->child<QTabWidget>("runTabs"); }
    QModelIndex nameOf(int row) { return table().model()->index(row, RunsModel::Name); }
    int nameWidth() { return table().columnWidth(RunsModel::Name); }
    int rowCentre(int row) { return table().visualRect(nameOf(row)).center().y(); }
    QImage picture(int width) {
        return table().viewport()->grab({0, 0, width, table().viewport()->height()}).toImage();
    }

    std::unique_ptr<ShownRuns> m_runs;
};

SIMCLR_TEST(TestPinnedColumns, QApplication)
#include "tst_pinned_columns.moc"
