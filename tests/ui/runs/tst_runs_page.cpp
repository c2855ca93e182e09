// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "tests/ui/runs/stored_runs.h"
#include "tests/ui/workspace/computing.h"
#include "ui/plots/curve_plot.h"
#include "ui/runs/runs_page.h"
#include "ui/runs/table/runs_model.h"
#include "ui/runs/table/runs_panel.h"
#include "ui/runs/table/runs_table.h"
#include "ui/widgets/theme.h"
#include "ui/workspace/run_catalogue.h"
#include "ui/workspace/workspace.h"

#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 30'000; ///< ms, for what another thread does

} // namespace

/// The real page on a real database.
class TestRunsPage : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_runs_page"));
    }

    void init() {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = m_folder->filePath(QStringLiteral("runs.sqlite")).toStdString();
    }

    void cleanup() {
        m_page.reset();
        m_computing.reset();
        m_workspace.reset();
        m_store.reset();
    }

    void emptyPageOffersToTrain() {
        makePage();
        auto *empty = m_page->findChild<QWidget *>(QStringLiteral("emptyRuns"));
        QVERIFY(empty->isVisible());
        QSignalSpy wanted(m_page.get(), &RunsPage::trainRequested);
        QTest::mouseClick(empty->findChild<QPushButton *>(), Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
        QVERIFY(!std::filesystem::exists(m_database)); // reading creates no file
    }

    void showsRunsOnceThereAreSome() {
        makePage();
        QSignalSpy looked(&m_workspace->runs(), &RunCatalogue::readable);
        QVERIFY(looked.count() > 0 || looked.wait(patience)); // there were no runs yet
        fill();
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 3, patience); // noticed without a request
        QVERIFY(table()->isVisible());
        QCOMPARE(table()->selectedRuns(), QList<qint64>({m_ids[2]})); // the newest is selected by default
        QTRY_COMPARE(curves()->curveCount(), 1);
    }

    void twoRunsAreTestedAgainstEachOther() {
        fill();
        for (int i = 0; i < 2; ++i) // the first run errs on 20 images of 100, the second on none
            m_store->results().add(m_ids[static_cast<std::size_t>(i)], testedWith(i == 0 ? 20 : 0));
        makePage();
        selectRows({1, 2}); // beta and alpha
        auto *comparison = m_page->findChild<QTableView *>(QStringLiteral("comparisonTable"))->model();
        QTRY_COMPARE(comparison->rowCount(), 3);
        const int column = columnTitled(*comparison, QStringLiteral("fine-tuned, test"));
        QVERIFY(column > 0);
        QCOMPARE(comparison->index(2, column).data().toString(), QStringLiteral("< 0.0001"));
        const QString help = comparison->index(2, column).data(Qt::ToolTipRole).toString();
        QVERIFY2(help.contains(QStringLiteral("100 images, only the first run is correct on 20")),
                 qPrintable(help));
        const QString heading = comparison->index(2, 0).data().toString();
        QVERIFY2(heading.contains(QStringLiteral("these two encoders only")), qPrintable(heading));
        QVERIFY(help.contains(QStringLiteral("these two encoders only")));
        QVERIFY(label("comparisonHint")->text().contains(QStringLiteral("not their methods")));
        selectRows({0, 1, 2});
        QTRY_VERIFY(!label("comparisonHint")->text().contains(QStringLiteral("not their methods")));
        QTRY_COMPARE(comparison->rowCount(), 3); // three runs and no test
        QTRY_VERIFY(comparison->index(2, 0).data().toString() != heading);
        QVERIFY(comparison->index(2, 0).data().toString().contains(QStringLiteral("alpha")));
    }

    void twoSelectedRunsGiveTwoCurvesAndTheirDifferences() {
        fill();
        makePage();
        selectRows({0, 2});
        QTRY_VERIFY(curves()->curveCount() == 2 && curves()->points(0).size() == 100 &&
                    curves()->points(1).size() == 100);
        QCOMPARE(curves()->curveStyle(0).name, QStringLiteral("%1 · gamma").arg(m_ids[2]));
        QVERIFY(curves()->curveStyle(0).color() != curves()->curveStyle(1).color());
        auto *comparison = m_page->findChild<QTableView *>(QStringLiteral("comparisonTable"))->model();
        QTRY_COMPARE(comparison->rowCount(), 2);
        QVERIFY(columnTitled(*comparison, QStringLiteral("Width")) > 0);
        QVERIFY(label("comparisonHint")->text().contains(QStringLiteral("same images")));
    }

    /// 0.4 of 400 test images: Wilson's interval is 35.3–44.9 %.
    void accuraciesHaveIntervals() {
        fill();
        makePage();
        selectRows({1, 2}); // beta and alpha
        const QString expected = QStringLiteral("(%1–%2 %)")
                                     .arg(QLocale().toString(35.3, 'f', 1), QLocale().toString(44.9, 'f', 1));
        const auto &comparison = *m_page->findChild<QTableView *>(QStringLiteral("comparisonTable"))->model();
        QTRY_COMPARE(comparison.rowCount(), 2);
        const int column = columnTitled(comparison, QStringLiteral("linear, test"));
        const QString compared = comparison.index(1, column).data().toString();
        QVERIFY2(compared.contains(expected), qPrintable(compared));
        QVERIFY2(compared.endsWith(QStringLiteral("−30.0")), qPrintable(compared)); // points below beta
        selectRows({2});
        QTRY_VERIFY(allTexts("runDetails").contains(expected));
        QVERIFY(allTexts("evaluationResults").contains(expected.mid(1, expected.size() - 2)));
    }

    void accuracyDrawsBothProtocols() {
        fill();
        makePage();
        selectRows({0});
        choose("metricChooser", QStringLiteral("Validation accuracy"));
        choose("xChooser", QStringLiteral("epoch"));
        QTRY_COMPARE(curves()->curveCount(), 2);
        QVERIFY(!curves()->curveStyle(0).dashed);
        QVERIFY(curves()->curveStyle(1).dashed);
        QVERIFY(curves()->title().contains(QStringLiteral("kNN dashed"))); // two protocols share an axis
        QCOMPARE(curves()->points(0).size(), 3);
        QCOMPARE(curves()->points(0).at(1).x(), 5.0);
        choose("xChooser", QStringLiteral("step"));
        QTRY_COMPARE(curves()->points(0).at(1).x(), 50.0); // epoch 5 ended at step 50
        QVERIFY(!m_page->findChild<QSlider *>(QStringLiteral("smoothing"))->isEnabled());
    }

    void xAxisAndSmoothing() {
        fill();
        makePage();
        selectRows({0});
        QTRY_VERIFY(curves()->curveCount() == 1 && curves()->points(0).size() == 100);
        choose("xChooser", QStringLiteral("epoch"));
        QCOMPARE(curves()->points(0).at(99).x(), 10.0);
        const QPointF raw = curves()->points(0).at(50);
        m_page->findChild<QSlider *>(QStringLiteral("smoothing"))->setValue(10);
        QCOMPARE(curves()->points(0).at(50), raw);
        QTRY_VERIFY(curves()->curveCount() == 1 && curves()->pointCount(0) == 100 &&
                    curves()->drawnPoints(0).at(50).y() != raw.y()); // smoothed in another thread
    }

    void sortsByClickOnTheHeader() {
        fill();
        makePage();
        const QHeaderView *header = table()->header();
        const QPoint linear(header->sectionViewportPosition(RunsModel::Linear) + 20, header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, Qt::NoModifier, linear);
        const bool isDescending = header->sortIndicatorOrder() == Qt::DescendingOrder;
        QCOMPARE(header->sortIndicatorSection(), int(RunsModel::Linear));
        QCOMPARE(nameAt(isDescending ? 0 : 1), QStringLiteral("beta")); // the best on test images
        QTest::mouseClick(header->viewport(), Qt::LeftButton, Qt::NoModifier, linear);
        QCOMPARE(nameAt(isDescending ? 1 : 0), QStringLiteral("beta"));
    }

    void filters() {
        fill();
        makePage();
        auto *search = m_page->findChild<QLineEdit *>(QStringLiteral("runsSearch"));
        QTest::keyClicks(search, QStringLiteral("crop"));
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QCOMPARE(nameAt(0), QStringLiteral("alpha"));
        QCOMPARE(label("runsCount")->text(), QStringLiteral("1 of 3 runs"));
        search->clear();
        QTRY_COMPARE(label("runsCount")->text(), QStringLiteral("3 runs"));
        choose("statusFilter", QStringLiteral("cancelled"));
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QCOMPARE(nameAt(0), QStringLiteral("gamma"));
    }

    void filtersByConditions() {
        fill();
        makePage();
        auto *search = m_page->findChild<QLineEdit *>(QStringLiteral("runsSearch"));
        search->setText(QStringLiteral("linear > 45% and width < 1"));
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QCOMPARE(nameAt(0), QStringLiteral("beta"));
        search->setText(QStringLiteral("best(loss) < 100 or name = gamma"));
        QTRY_COMPARE(table()->model()->rowCount(), 3);
    }

    void wrongFilterIsToldAndTheTableStays() {
        fill();
        makePage();
        auto *search = m_page->findChild<QLineEdit *>(QStringLiteral("runsSearch"));
        search->setText(QStringLiteral("beta"));
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        search->setText(QStringLiteral("liner > 0.5"));
        QTRY_VERIFY(label("filterProblem")->isVisible());
        QVERIFY2(label("filterProblem")->text().contains(QStringLiteral("linear")), // did you mean
                 qPrintable(label("filterProblem")->text()));
        QCOMPARE(table()->model()->rowCount(), 1);
        search->clear();
        QTRY_VERIFY(!label("filterProblem")->isVisible());
        QTRY_COMPARE(table()->model()->rowCount(), 3);
    }

    /// The comparison has the order of the table, whatever is sorted after the selection.
    void comparisonFollowsTheSorting() {
        fill();
        makePage();
        table()->selectAll();
        const auto *comparison = m_page->findChild<QTableView *>(QStringLiteral("comparisonTable"));
        const auto names = [comparison] {
            QStringList all;
            for (int row = 0; row < comparison->model()->rowCount(); ++row)
                all.append(comparison->model()->index(row, 0).data().toString());
            return all.join(QLatin1Char('|'));
        };
        table()->sortByColumn(RunsModel::Name, Qt::AscendingOrder);
        QTRY_VERIFY2_WITH_TIMEOUT(names().indexOf(QStringLiteral("alpha")) <
                                      names().indexOf(QStringLiteral("gamma")),
                                  qPrintable(names()), patience);
        table()->sortByColumn(RunsModel::Name, Qt::DescendingOrder);
        QTRY_VERIFY2_WITH_TIMEOUT(names().indexOf(QStringLiteral("gamma")) <
                                      names().indexOf(QStringLiteral("alpha")),
                                  qPrintable(names()), patience);
    }

    void renamesWithF2() {
        fill();
        makePage();
        selectRows({0});
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_F2);
        auto *editor = table()->viewport()->findChild<QLineEdit *>();
        QVERIFY(editor != nullptr);
        editor->setText(QStringLiteral("better name"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(QString::fromStdString(m_store->runs().one(m_ids[2]).name),
                     QStringLiteral("better name"));
        QTRY_COMPARE(nameAt(0), QStringLiteral("better name"));
    }

    void renamesTheSelectedRunAfterFiltering() {
        fill();
        makePage();
        selectRows({1}); // beta
        auto *search = m_page->findChild<QLineEdit *>(QStringLiteral("runsSearch"));
        QTest::keyClicks(search, QStringLiteral("crop"));
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        search->clear();
        QTRY_COMPARE(table()->model()->rowCount(), 3);
        QCOMPARE(nameAt(table()->selectionModel()->selectedRows().front().row()), QStringLiteral("beta"));
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_F2);
        auto *editor = table()->viewport()->findChild<QLineEdit *>();
        QVERIFY(editor != nullptr);
        QCOMPARE(editor->text(), QStringLiteral("beta"));
    }

    void namesHaveRoomInANarrowWindow() {
        fill();
        makePage();
        QVERIFY(table()->columnWidth(RunsModel::Name) >= 24 * table()->fontMetrics().averageCharWidth());
        QVERIFY(!table()->horizontalScrollBar()->isVisible());
        m_page->resize(1700, 740);
        QCOMPARE(table()->header()->length(), table()->viewport()->width());
    }

    void deletesAfterAsking() {
        fill();
        makePage();
        selectRows({1, 2});
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Delete, Qt::ShiftModifier);
        auto *dialog = m_page->findChild<QMessageBox *>(QStringLiteral("deleteDialog"));
        QVERIFY(dialog != nullptr);
        QVERIFY(dialog->text().contains(QLatin1Char('2')));
        QTest::mouseClick(dialog->button(QMessageBox::Cancel), Qt::LeftButton);
        QCOMPARE(m_store->runs().all().size(), std::size_t{3});
        QTRY_VERIFY(m_page->findChild<QMessageBox *>(QStringLiteral("deleteDialog")) == nullptr);

        QTest::keyClick(table(), Qt::Key_Delete, Qt::ShiftModifier);
        dialog = m_page->findChild<QMessageBox *>(QStringLiteral("deleteDialog"));
        QVERIFY(dialog != nullptr);
        QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("confirm")), Qt::LeftButton);
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QCOMPARE(m_store->runs().all().size(), std::size_t{1});
    }

    void deletingTheOneSelectedRunLeavesNoCurve() {
        fill();
        makePage();
        selectRows({1});
        QTRY_VERIFY(curves()->curveCount() == 1 && curves()->points(0).size() == 100);
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Delete, Qt::ShiftModifier);
        auto *dialog = m_page->findChild<QMessageBox *>(QStringLiteral("deleteDialog"));
        QVERIFY(dialog != nullptr);
        QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("confirm")), Qt::LeftButton);
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        QTRY_COMPARE(curves()->curveCount(), int(table()->selectedRuns().size()));
    }

    void trashIsUndone() {
        fill();
        makePage();
        selectRows({1});
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Delete);
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        QVERIFY(m_store->runs().one(m_ids[1]).trashed);
        QTRY_VERIFY(label("done")->isVisible());
        QTest::keyClick(table(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(table()->model()->rowCount(), 3);
        QVERIFY(!m_store->runs().one(m_ids[1]).trashed);
    }

    void trashIsSeenByItsFilter() {
        fill();
        makePage();
        m_store->annotations().moveToTrash(std::vector<RunId>{m_ids[0]});
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 2, patience);
        m_page->findChild<QLineEdit *>(QStringLiteral("runsSearch"))->setText(QStringLiteral("trashed"));
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QCOMPARE(nameAt(0), QStringLiteral("alpha"));
    }

    void runsAreTagged() {
        fill();
        makePage();
        selectRows({0, 1});
        const QMenu *menu = contextMenu();
        actionOf(*menu, QStringLiteral("Tags…"))->trigger();
        auto *dialog = m_page->findChild<QDialog *>(QStringLiteral("tagsDialog"));
        QVERIFY(dialog != nullptr);
        dialog->findChild<QLineEdit *>(QStringLiteral("newTags"))->setText(QStringLiteral("paper, final"));
        dialog->accept();
        QTRY_COMPARE(m_store->runs().one(m_ids[2]).tags, (std::vector<std::string>{"final", "paper"}));
        QCOMPARE(m_store->runs().one(m_ids[1]).tags.size(), std::size_t{2});
        QVERIFY(m_store->runs().one(m_ids[0]).tags.empty());
        QTRY_COMPARE(table()->model()->index(0, RunsModel::Tags).data().toString(),
                     QStringLiteral("final, paper"));
        m_page->findChild<QLineEdit *>(QStringLiteral("runsSearch"))
            ->setText(QStringLiteral("tag in (paper)"));
        QTRY_COMPARE(table()->model()->rowCount(), 2);
    }

    void archivedRunsAreHiddenUnlessNamed() {
        fill();
        makePage();
        selectRows({0});
        actionOf(*contextMenu(), QStringLiteral("Archive"))->trigger();
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        m_page->findChild<QLineEdit *>(QStringLiteral("runsSearch"))->setText(QStringLiteral("archived"));
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QCOMPARE(nameAt(0), QStringLiteral("gamma"));
    }

    void groupsByAllButTheSeed() {
        m_store = std::make_unique<RunStore>(m_database);
        for (int seed = 1; seed <= 3; ++seed)
            for (const char *pipeline : {"crop-only", "simclr-cifar10"})
                test::store(*m_store, {.name = pipeline,
                                       .pipeline = pipeline,
                                       .linear = (pipeline[0] == 'c' ? 0.5 + (seed % 3) * 0.01
                                                                     : 0.7 + (seed * seed % 3) * 0.01),
                                       .seed = seed});
        makePage();
        auto *panel = m_page->findChild<RunsPanel *>();
        panel->setLevels({QLatin1String(replicatesField)});
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        const QModelIndex first = table()->model()->index(0, RunsModel::Linear);
        QTRY_VERIFY2(first.data().toString().contains(QStringLiteral("(3)")),
                     qPrintable(first.data().toString()));
        table()->selectAll();
        auto *verdicts = label("verdicts");
        m_page->findChild<QTabWidget *>(QStringLiteral("runTabs"))->setCurrentIndex(1);
        QTRY_VERIFY(verdicts->isVisible());
        QVERIFY2(verdicts->text().contains(QStringLiteral("19.7 points")), qPrintable(verdicts->text()));
        QCOMPARE(table()->selectedRuns().size(), 6);
        panel->setLevels({});
        QTRY_COMPARE(table()->model()->rowCount(), 6);
    }

    void viewsAreSavedAndChosen() {
        fill();
        makePage();
        auto *panel = m_page->findChild<RunsPanel *>();
        auto *search = m_page->findChild<QLineEdit *>(QStringLiteral("runsSearch"));
        search->setText(QStringLiteral("beta"));
        panel->setExtraColumns({QStringLiteral("best(loss)")});
        QTRY_COMPARE(table()->model()->columnCount(), RunsModel::Seed + 2);
        const Json view = panel->view();
        search->clear();
        panel->setExtraColumns({});
        QTRY_COMPARE(table()->model()->rowCount(), 3);
        panel->setView(view);
        QCOMPARE(search->text(), QStringLiteral("beta"));
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QCOMPARE(table()->model()->columnCount(), RunsModel::Seed + 2);
        QTRY_VERIFY(table()->model()->index(0, RunsModel::Seed + 1).data().toString() != QStringLiteral("–"));
    }

    void runWithoutAccuraciesHasNoAccuracyCurves() {
        fill();
        makePage();
        m_store->runs().create(m_store->runs().one(m_ids[0])); // no results yet
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 4, patience);
        selectRows({0});
        QTRY_COMPARE(curves()->curveCount(), 1);
        choose("metricChooser", QStringLiteral("Validation accuracy"));
        QTRY_COMPARE(curves()->curveCount(), 0);
        selectRows({1});
        QTRY_COMPARE(curves()->curveCount(), 2);
    }

    void manyRunsHaveTheirOwnColours() {
        for (RunId run = 1; run < 14; ++run)
            QVERIFY(theme::runColor(run) != theme::runColor(run + 1) &&
                    (run > 7 || theme::runColor(run) != theme::runColor(run + 7)));
    }

    void runningRunIsNotDeleted() {
        fill();
        test::store(*m_store, {.name = "busy", .status = RunStatus::Running});
        makePage();
        selectRows({0});
        QTest::keyClick(table(), Qt::Key_Delete);
        QVERIFY(m_page->findChild<QMessageBox *>(QStringLiteral("deleteDialog")) ==
                nullptr); // without a question
        QTRY_VERIFY(label("problem")->isVisible());
        QCOMPARE(m_store->runs().all().size(), std::size_t{4});
        test::store(*m_store, {.name = "delta"});
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 5, patience);
        QVERIFY(label("problem")->isVisible()); // refreshing does not hide it
    }

    void selectRunSelects() {
        fill();
        makePage();
        m_page->selectRun(m_ids[0]);
        QTRY_COMPARE(table()->selectedRuns(), QList<qint64>({m_ids[0]}));
    }

    void oneRunOffersItsPipelineAndJson() {
        fill();
        makePage();
        m_page->selectRun(m_ids[0]);
        m_page->findChild<QTabWidget *>(QStringLiteral("runTabs"))->setCurrentIndex(2);
        QTRY_VERIFY(button("usePipeline")->isVisible());
        QSignalSpy wanted(m_page.get(), &RunsPage::pipelineRequested);
        QTest::mouseClick(button("usePipeline"), Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
        const Json pipeline = wanted[0][0].value<Json>();
        QVERIFY(pipelineFromJson(pipeline, "test") == pipelineByName("crop-only"));
        QTest::mouseClick(button("copyJson"), Qt::LeftButton);
        const Json copied = parseJson(QGuiApplication::clipboard()->text().toStdString(), "clipboard");
        QCOMPARE(QString::fromStdString(copied["name"].get<std::string>()), QStringLiteral("alpha"));
        QVERIFY(!button("resumeRun")->isVisible()); // complete
        m_page->selectRun(m_ids[2]);                // cancelled; without a checkpoint it restarts
        QTRY_VERIFY_WITH_TIMEOUT(button("resumeRun")->isVisible(), patience);
    }

    /// From One run and from the menu of the table.
    void oneRunIsTrainedAgain() {
        fill();
        makePage();
        m_page->selectRun(m_ids[0]);
        m_page->findChild<QTabWidget *>(QStringLiteral("runTabs"))->setCurrentIndex(2);
        QTRY_COMPARE(table()->selectedRuns(), QList<qint64>({m_ids[0]}));
        QSignalSpy wanted(m_page.get(), &RunsPage::trainAgainRequested);
        QTRY_VERIFY(button("trainAgain")->isVisible()); // its record was read
        Q_EMIT table()->trainAgainRequested(m_ids[0]);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].value<RunRecord>().id, m_ids[0]);
        QTest::mouseClick(button("trainAgain"), Qt::LeftButton);
        QCOMPARE(wanted.count(), 2);
    }

    void columnsCanBeHidden() {
        fill();
        makePage();
        QTest::mouseClick(m_page->findChild<QWidget *>(QStringLiteral("columnsButton")), Qt::LeftButton);
        auto *menu = m_page->findChild<QMenu *>(QStringLiteral("columnsMenu"));
        QVERIFY(menu != nullptr);
        QVERIFY(!table()->isColumnHidden(RunsModel::Status));
        menu->actions().at(RunsModel::Status - 1)->trigger();
        QVERIFY(table()->isColumnHidden(RunsModel::Status));
        menu->close();
        makePage();
        QVERIFY(table()->isColumnHidden(RunsModel::Status)); // remembered
    }

    void brokenDatabaseIsTold() {
        QFile file(QString::fromStdString(m_database.string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("this is no database at all, whatever it is called by its name");
        file.close();
        makePage();
        QTRY_VERIFY(label("problem")->isVisible());
        QVERIFY(label("problem")->text().contains(QStringLiteral("runs.sqlite")));
    }

  private:
    void fill() {
        m_store = std::make_unique<RunStore>(m_database);
        m_ids = {test::store(*m_store, {.name = "alpha", .pipeline = "crop-only", .linear = 0.4}),
                 test::store(*m_store, {.name = "beta", .linear = 0.7}),
                 test::store(*m_store,
                             {.name = "gamma", .width = 1, .status = RunStatus::Cancelled, .linear = 0.5})};
    }
    void makePage() {
        m_page.reset();
        if (!m_workspace) {
            m_workspace = std::make_unique<Workspace>(m_database);
            m_computing = std::make_unique<Computing>(m_database, m_workspace->images());
        }
        m_page = std::make_unique<RunsPage>(*m_workspace, m_computing->queue, m_computing->session);
        m_page->resize(1200, 740);
        m_page->show();
        if (m_store) // reading takes a moment in its thread
            QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), int(m_store->runs().all().size()),
                                      patience);
    }
    static Result testedWith(int errors) {
        auto predictions = std::make_shared<Predictions>();
        for (int i = 0; i < 100; ++i) {
            predictions->samples.push_back(i);
            predictions->labels.push_back(1);
            predictions->predicted.push_back(i < errors ? 0 : 1);
        }
        Result result = measured("fine_tune", "test", 10, 1 - errors / 100.0);
        result.predictions = predictions;
        return result;
    }
    void selectRows(const QList<int> &rows) {
        table()->clearSelection();
        for (const int row : rows)
            table()->selectionModel()->setCurrentIndex(
                table()->model()->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    const QMenu *contextMenu() {
        const QPoint place = table()->visualRect(table()->currentIndex()).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, table()->viewport()->mapToGlobal(place));
        QApplication::sendEvent(table()->viewport(), &event);
        return table()->findChild<QMenu *>(QStringLiteral("runsMenu"));
    }
    static QAction *actionOf(const QMenu &menu, const QString &title) {
        for (QAction *action : menu.actions())
            if (action->text() == title)
                return action;
        return nullptr;
    }
    void choose(const char *box, const QString &text) {
        auto *combo = m_page->findChild<QComboBox *>(QLatin1String(box));
        const int index = combo->findText(text);
        QVERIFY2(index >= 0, qPrintable(text));
        combo->setCurrentIndex(index);
    }
    static int columnTitled(const QAbstractItemModel &model, const QString &title) {
        for (int column = 0; column < model.columnCount(); ++column)
            if (model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString() == title)
                return column;
        return -1;
    }
    static QString textsBelow(const QAbstractItemModel &model, const QModelIndex &parent = {}) {
        QString texts;
        for (int row = 0; row < model.rowCount(parent); ++row)
            for (int column = 0; column < model.columnCount(parent); ++column) {
                const QModelIndex cell = model.index(row, column, parent);
                texts += cell.data().toString() + QLatin1Char('\n') + textsBelow(model, cell);
            }
        return texts;
    }
    QString allTexts(const char *view) {
        return textsBelow(*m_page->findChild<QAbstractItemView *>(QLatin1String(view))->model());
    }
    QString nameAt(int row) {
        return table()->model()->index(row, RunsModel::Name).data(Qt::EditRole).toString();
    }
    RunsTable *table() { return m_page->findChild<RunsTable *>(); }
    CurvePlot *curves() { return m_page->findChild<CurvePlot *>(QStringLiteral("runCurves")); }
    QLabel *label(const char *name) { return m_page->findChild<QLabel *>(QLatin1String(name)); }
    QPushButton *button(const char *name) { return m_page->findChild<QPushButton *>(QLatin1String(name)); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_database;
    std::unique_ptr<RunStore> m_store;
    std::vector<RunId> m_ids;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<Computing> m_computing;
    std::unique_ptr<RunsPage> m_page;
};

SIMCLR_TEST(TestRunsPage, QApplication)
#include "tst_runs_page.moc"
