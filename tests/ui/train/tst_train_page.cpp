// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/support/test_main.h"
#include "tests/ui/train/small_run.h"
#include "tests/ui/workspace/computing.h"
#include "ui/document/pipeline_document.h"
#include "ui/plots/curve_plot.h"
#include "ui/train/queue_model.h"
#include "ui/train/rules_form.h"
#include "ui/train/run_check.h"
#include "ui/train/train_form.h"
#include "ui/train/train_page.h"
#include "ui/workspace/option_settings.h"
#include "ui/workspace/queue_forecast.h"
#include "ui/workspace/run_catalogue.h"
#include "ui/workspace/workspace.h"

#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 60'000;

} // namespace

/// The real page with a real workspace, document and session.
class TestTrainPage : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_train_page"));
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = m_folder->filePath(QStringLiteral("runs.sqlite")).toStdString();
        // Opening takes a while, so most tests share one workspace with open images.
        m_shared = std::make_unique<Workspace>(m_database);
        QSignalSpy opened(m_shared.get(), &Workspace::datasetChanged);
        m_shared->openSource(QStringLiteral("shapes"));
        QVERIFY(opened.wait(patience));
    }

    void init() {
        QSettings().clear();
        for (const char *suffix : {"", "-wal", "-shm"})
            std::filesystem::remove(m_database.string() + suffix);
        m_document = std::make_unique<PipelineDocument>();
        m_document->replace(pipelineByName("simclr-cifar10"));
        m_computing = std::make_unique<Computing>(m_database, m_shared->images());
        makePage(*m_shared);
    }

    void cleanup() {
        m_page.reset();
        m_computing.reset();
        m_document.reset();
        QSettings().clear();
    }

    void cleanupTestCase() { m_shared.reset(); }

    void needsImages() {
        QTRY_VERIFY(start()->isEnabled());
        Workspace empty(m_database);
        makePage(empty);
        QTRY_VERIFY(check()->text().contains(QStringLiteral("Choose images")));
        QVERIFY(!start()->isEnabled());
        m_page.reset();
    }

    void tellsWhatWillRun() {
        form().setOptions(smallRun().options);
        QTRY_COMPARE(firstLineOfCheck(), QStringLiteral("64 training images · 2 steps per epoch · 4 steps"));
        TrainOptions one = smallRun().options;
        one.batch = 64;
        form().setOptions(one);
        QTRY_COMPARE(firstLineOfCheck(), QStringLiteral("64 training images · 1 step per epoch · 2 steps"));
    }

    void tellsWhatIsUnusual() {
        form().setOptions(TrainOptions());
        QTRY_VERIFY(check()->text().contains(QStringLiteral("steps per epoch")));
        QVERIFY2(!check()->text().contains(QLatin1Char('\n')), qPrintable(check()->text()));
        m_document->replace(pipelineByName("crop-only"));
        QTRY_VERIFY(check()->text().contains(QStringLiteral("colour distortion")));
        QVERIFY(start()->isEnabled()); // a warning does not block it
    }

    /// A slider of the design page changes the pipeline many times per second.
    void aHiddenPageChecksNothing() {
        QTRY_VERIFY(check()->text().contains(QStringLiteral("steps per epoch")));
        const QString before = check()->text();
        m_page->hide();
        m_document->replace(pipelineByName("crop-only"));
        QTest::qWait(300);
        QCOMPARE(check()->text(), before);
        m_page->show();
        QTRY_VERIFY(check()->text().contains(QStringLiteral("colour distortion")));
    }

    void unknownOperationIsRefused() {
        QTRY_VERIFY(start()->isEnabled());
        Json json = toJson(m_document->pipeline());
        json["steps"].push_back({{"operation", "mystery"}});
        m_document->replace(pipelineFromJson(json, "test"));
        QTRY_VERIFY2(check()->text().contains(QStringLiteral("mystery")), qPrintable(check()->text()));
        QVERIFY(!start()->isEnabled());
        m_document->setStepsEnabled({int(m_document->pipeline().steps.size()) - 1}, false);
        QTRY_VERIFY(start()->isEnabled());
    }

    void recipesSetOptionsButNotTheMachine() {
        TrainOptions own;
        own.threads = 1;
        own.seed = 42;
        form().setOptions(own);
        auto *button = m_page->findChild<QToolButton *>(QStringLiteral("recipeButton"));
        QVERIFY(button != nullptr);
        button->menu()->findChild<QAction *>(QStringLiteral("paper-cifar10"))->trigger();
        QCOMPARE(form().options().epochs, std::int64_t{1000});
        QCOMPARE(form().options().optimiser, std::string("lars"));
        QCOMPARE(form().options().threads, std::int64_t{1});
        QCOMPARE(form().options().seed, std::int64_t{42});
    }

    void everyOptionHasRoomInANarrowWindow() {
        m_page->resize(1180, 700);
        auto *scroll = m_page->findChild<QScrollArea *>(QStringLiteral("optionsScroll"));
        form().findChild<QToolButton *>()->click(); // More
        QTRY_VERIFY(scroll->verticalScrollBar()->isVisible());
        QTRY_VERIFY(form().width() <= scroll->viewport()->width());
    }

    void measuresWhatARunWouldTake() {
        form().setOptions(smallRun().options);
        auto *measure = m_page->findChild<QPushButton *>(QStringLiteral("measureButton"));
        QTRY_VERIFY(measure->isEnabled());
        QTest::mouseClick(measure, Qt::LeftButton);
        QCOMPARE(measure->text(), QStringLiteral("Cancel"));
        QTRY_COMPARE_WITH_TIMEOUT(measure->text(), QStringLiteral("Measure"), patience);
        QVERIFY2(text("message").contains(QStringLiteral("4 steps would take")), qPrintable(text("message")));
        QVERIFY(RunStore(m_database).runs().all().empty()); // nothing of it is kept
        TrainOptions others = smallRun().options;
        others.epochs = 9;
        form().setOptions(others);
        QTRY_VERIFY(!text("message").contains(QStringLiteral("would take"))); // it was about other options
    }

    void measurementCanBeCancelled() {
        form().setOptions(smallRun().options);
        auto *measure = m_page->findChild<QPushButton *>(QStringLiteral("measureButton"));
        QTRY_VERIFY(measure->isEnabled());
        QTest::mouseClick(measure, Qt::LeftButton);
        QTest::mouseClick(measure, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(measure->text(), QStringLiteral("Measure"), patience);
        QVERIFY2(text("message").contains(QStringLiteral("cancelled")), qPrintable(text("message")));
    }

    void whatARunEndedWithStaysAfterAFailedMeasurement() {
        TrainOptions options = smallRun().options;
        options.epochs = 1;
        form().setOptions(options);
        QTRY_VERIFY(start()->isEnabled());
        m_computing->queue.submit(EvaluateJob{999, {}, {}}); // so that the measurement waits
        auto *measure = m_page->findChild<QPushButton *>(QStringLiteral("measureButton"));
        QTest::mouseClick(measure, Qt::LeftButton);
        QTest::mouseClick(measure, Qt::LeftButton);
        QVERIFY2(text("message").contains(QStringLiteral("cancelled")), qPrintable(text("message")));
        QTest::mouseClick(start(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(text("message").contains(QStringLiteral("complete")), patience);
    }

    /// Start does not wait for a measurement to its end.
    void startStopsTheMeasurement() {
        form().setOptions(smallRun().options);
        auto *measure = m_page->findChild<QPushButton *>(QStringLiteral("measureButton"));
        QTRY_VERIFY(measure->isEnabled() && start()->isEnabled());
        QTest::mouseClick(measure, Qt::LeftButton);
        QTRY_VERIFY(m_computing->queue.computing() != nullptr);
        QCOMPARE(start()->text(), QStringLiteral("Start"));
        QSignalSpy finished(&m_computing->session, &TrainingSession::finished);
        QTest::mouseClick(start(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(measure->text(), QStringLiteral("Measure"), patience);
        QVERIFY(finished.wait(patience));
        QCOMPARE(finished[0][0].value<RunEnd>(), RunEnd::Completed);
        QVERIFY2(text("message").contains(QStringLiteral("complete")), qPrintable(text("message")));
    }

    void secondRunIsQueued() {
        form().setOptions(endlessRun().options);
        QTRY_VERIFY(start()->isEnabled());
        auto *queue = m_page->findChild<QWidget *>(QStringLiteral("queueList"));
        QVERIFY(!queue->isVisible());
        QTest::mouseClick(start(), Qt::LeftButton);
        QTest::mouseClick(start(), Qt::LeftButton); // the second half of a double click
        QTRY_VERIFY_WITH_TIMEOUT(m_computing->session.lastStep().step > 0, patience);
        QCOMPARE(m_computing->queue.waiting(), 0);
        QCOMPARE(start()->text(), QStringLiteral("Add to queue"));
        form().setOptions(smallRun().options); // is not locked
        QTRY_VERIFY(start()->isEnabled());
        QTest::qWait(QApplication::doubleClickInterval());
        QTest::mouseClick(start(), Qt::LeftButton);
        QTRY_COMPARE(m_computing->queue.waiting(), 1);
        QVERIFY(queue->isVisible());
        QueueForecast forecast(m_computing->queue, m_database);
        QueueModel model(m_computing->queue, forecast);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy finished(&m_computing->session, &TrainingSession::finished);
        QTest::mouseClick(stop(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, patience);
        QCOMPARE(finished[0][0].value<RunEnd>(), RunEnd::Cancelled);
        QCOMPARE(finished[1][0].value<RunEnd>(), RunEnd::Completed);
        QTRY_VERIFY(!queue->isVisible());
        QCOMPARE(start()->text(), QStringLiteral("Start"));
        QCOMPARE(RunStore(m_database).runs().all().size(), std::size_t{2});
    }

    void selectedJobStaysSelected() {
        m_computing->train(endlessRun(), m_shared->dataset());
        m_computing->train(endlessRun(), m_shared->dataset());
        const JobId last = m_computing->train(smallRun(), m_shared->dataset());
        QTRY_VERIFY_WITH_TIMEOUT(m_computing->session.lastStep().step > 0, patience);
        auto *list = m_page->findChild<QAbstractItemView *>(QStringLiteral("queueList"));
        list->setCurrentIndex(list->model()->index(2, 0));
        m_computing->session.stop();
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 2, patience);
        QCOMPARE(list->currentIndex().row(), 1);
        m_page->findChild<QAction *>(QStringLiteral("removeJob"))->trigger();
        QVERIFY(m_computing->queue.job(last) == nullptr);
        QCOMPARE(list->model()->rowCount(), 1);
        QVERIFY(!list->isVisible()); // nothing waits
    }

    void waitingRunCanBeRemoved() {
        form().setOptions(smallRun().options);
        QTRY_VERIFY(start()->isEnabled());
        m_computing->train(endlessRun(), m_shared->dataset());
        QTRY_VERIFY_WITH_TIMEOUT(m_computing->session.lastStep().step > 0, patience);
        QTest::mouseClick(start(), Qt::LeftButton);
        QTRY_COMPARE(m_computing->queue.waiting(), 1);
        auto *list = m_page->findChild<QAbstractItemView *>(QStringLiteral("queueList"));
        QCOMPARE(list->model()->rowCount(), 2);
        QVERIFY(
            list->model()->index(1, QueueModel::State).data().toString().contains(QStringLiteral("waiting")));
        list->setCurrentIndex(list->model()->index(1, 0));
        m_page->findChild<QToolButton *>(QStringLiteral("removeJobButton"))->click();
        QCOMPARE(m_computing->queue.waiting(), 0);
        m_computing->session.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!m_computing->queue.isBusy(), patience);
        QCOMPARE(RunStore(m_database).runs().all().size(), std::size_t{1});
    }

    void seedsAreQueuedInOneAction() {
        m_computing->queue.pause();
        form().setOptions(smallRun().options);
        QTRY_VERIFY(start()->isEnabled());
        m_page->findChild<QAction *>(QStringLiteral("seeds1-3"))->trigger();
        QCOMPARE(m_computing->queue.waiting(), 3);
        std::set<std::int64_t> seeds;
        for (const QueuedJob &job : m_computing->queue.jobs())
            seeds.insert(std::get<TrainJob>(job.job).configuration.options.seed);
        QCOMPARE(seeds, (std::set<std::int64_t>{1, 2, 3}));
    }

    void trainsAgainWithChanges() {
        RunRecord run;
        run.id = 7;
        run.name = "before";
        run.device = "cpu";
        run.precision = "fp32";
        TrainOptions options = smallRun().options;
        options.precision = "fp32";
        run.config = trainOptionsDescription().toJson(options);
        run.pipeline = toJson(m_document->pipeline());
        QVERIFY(m_page->prepareLike(run));
        auto *base = m_page->findChild<QWidget *>(QStringLiteral("baseRun"));
        auto *text = m_page->findChild<QLabel *>(QStringLiteral("baseRunText"));
        QVERIFY(base->isVisible());
        QVERIFY2(text->text().contains(QStringLiteral("As run 7")), qPrintable(text->text()));
        QCOMPARE(m_page->findChild<QLineEdit *>(QStringLiteral("runName"))->text(), QStringLiteral("before"));
        QCOMPARE(form().options().batch, options.batch);
        TrainOptions changed = form().options();
        changed.epochs = 77;
        form().setOptions(changed);
        QTRY_VERIFY(text->text().contains(QStringLiteral("Epochs 77 instead of 2")));
        m_document->replace(pipelineByName("crop-only"));
        QTRY_VERIFY(text->text().contains(QStringLiteral("another pipeline")));
        QSignalSpy wanted(m_page.get(), &TrainPage::pipelineRequested);
        QTest::mouseClick(m_page->findChild<QPushButton *>(QStringLiteral("resetToRun")), Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(form().options().epochs, options.epochs);
        QTest::mouseClick(m_page->findChild<QToolButton *>(QStringLiteral("forgetRun")), Qt::LeftButton);
        QVERIFY(!base->isVisible());
        run.config["unknown_option"] = 1;
        QVERIFY(!m_page->prepareLike(run));
    }

    void rulesComeWithTheJob() {
        m_computing->queue.pause();
        form().setOptions(smallRun().options);
        QTRY_VERIFY(start()->isEnabled());
        auto *rules = m_page->findChild<RulesForm *>();
        RuleOptions wanted;
        wanted.collapse = "stop";
        rules->setRules(wanted);
        QVERIFY(m_page->findChild<QToolButton *>(QStringLiteral("rulesTitle"))->text().contains(u'1'));
        QTest::mouseClick(start(), Qt::LeftButton);
        QCOMPARE(m_computing->queue.waiting(), 1);
        QVERIFY(std::get<TrainJob>(m_computing->queue.jobs()[0].job).rules == wanted);
        QVERIFY(RulesForm().rules() == wanted); // remembered
    }

    void pauseButtonHoldsTheRun() {
        m_computing->train(endlessRun(), m_shared->dataset());
        QTRY_VERIFY_WITH_TIMEOUT(m_computing->session.lastStep().step > 0, patience);
        auto *pause = m_page->findChild<QPushButton *>(QStringLiteral("pauseButton"));
        QVERIFY(pause->isVisible());
        QTest::mouseClick(pause, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(m_computing->session.isPaused(), patience);
        QTRY_COMPARE(pause->text(), QStringLiteral("Resume"));
        const std::int64_t step = m_computing->session.lastStep().step;
        QTest::mouseClick(pause, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(m_computing->session.lastStep().step > step, patience);
        m_page->findChild<QAction *>(QStringLiteral("stopAfterEpoch"))->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!m_computing->session.isRunning(), patience);
        QVERIFY(!pause->isVisible());
    }

    void tellsWhyItCannotRun() {
        QTRY_VERIFY(start()->isEnabled());
        TrainOptions wrong = smallRun().options;
        wrong.batch = 16000;
        form().setOptions(wrong);
        QTRY_VERIFY(check()->text().contains(QStringLiteral("16000")));
        QVERIFY(!start()->isEnabled());
        form().setOptions(smallRun().options);
        QTRY_VERIFY(start()->isEnabled());
    }

    void editsInTheFormCountAndAreRemembered() {
        auto *epochs = m_page->findChild<QAbstractSpinBox *>(QStringLiteral("epochs"));
        QVERIFY(epochs != nullptr);
        QSignalSpy edited(&form(), &TrainForm::edited);
        epochs->setFocus();
        epochs->selectAll();
        QTest::keyClicks(epochs, QStringLiteral("7"));
        QTest::keyClick(epochs, Qt::Key_Return);
        QCOMPARE(form().options().epochs, 7);
        QVERIFY(edited.count() >= 1);
        makePage(*m_shared);
        QCOMPARE(form().options().epochs, 7);
    }

    void brokenSettingsGiveDefaults() {
        QSettings().setValue(
            QStringLiteral("train/options"),
            QStringLiteral("{\"epochs\": \"many\", \"batch\": 64, \"gone\": 1, \"width\": -5}"));
        const TrainOptions options = rememberedOptions();
        QCOMPARE(options.epochs, TrainOptions().epochs);
        QCOMPARE(options.width, TrainOptions().width);
        QCOMPARE(options.batch, 64);
        QSettings().setValue(QStringLiteral("train/options"), QStringLiteral("not JSON"));
        QVERIFY(rememberedOptions() == TrainOptions());
    }

    void summaryFollowsThePipeline() {
        auto *steps = m_page->findChild<QLabel *>(QStringLiteral("stepsSummary"));
        QVERIFY(steps->text().contains(QStringLiteral("jitter")));
        m_document->replace(pipelineByName("crop-only"));
        QVERIFY(!steps->text().contains(QStringLiteral("jitter")));
    }

    void trainsToTheEnd() {
        form().setOptions(smallRun().options);
        QTRY_VERIFY(start()->isEnabled());
        m_page->findChild<QLineEdit *>(QStringLiteral("runName"))->setText(QStringLiteral("from the window"));
        QSignalSpy finished(&m_computing->session, &TrainingSession::finished);
        QTest::mouseClick(start(), Qt::LeftButton);
        QVERIFY(finished.wait(patience));

        QCOMPARE(plot("lossPlot")->points(0).size(), 4);
        QCOMPARE(plot("lossPlot")->points(0).at(3).x(), 4.0);
        QCOMPARE(plot("lossPlot")->referenceLines().size(), 2);
        QCOMPARE(plot("viewsPlot")->points(0).size(), 4);
        for (const int curve : {0, 1, 2}) // once per epoch
            QTRY_COMPARE(plot("qualityPlot")->points(curve).size(), 2);
        for (const int curve : {0, 1})
            QCOMPARE(plot("rankPlot")->points(curve).size(), 2);
        const auto captions = m_page->findChildren<QLabel *>();
        QVERIFY(std::none_of(captions.begin(), captions.end(), [](const QLabel *label) {
            return label->text().startsWith(QStringLiteral("online, ")); // it does not replace linear
        }));
        QCOMPARE(plot("speedPlot")->points(1).size(), 4);
        for (const int curve : {0, 1}) { // linear and kNN: the random encoder, then each epoch
            const QList<QPointF> points = plot("accuracyPlot")->points(curve);
            QCOMPARE(points.size(), 3);
            QCOMPARE(points[0].x(), 0.0);
            QCOMPARE(points[2].x(), 2.0);
        }
        QVERIFY(plot("accuracyPlot")->curveStyle(1).dashed);
        QVERIFY(text("linearFigure").contains(QLatin1Char('%')));
        QVERIFY(text("epochFigure").startsWith(QLatin1Char('2')));
        QVERIFY(text("message").contains(QStringLiteral("complete")));
        auto *log = m_page->findChild<QPlainTextEdit *>(QStringLiteral("eventLog"));
        QVERIFY(log->toPlainText().contains(QStringLiteral("random encoder")));
        QCOMPARE(RunStore(m_database).runs().all().front().name, std::string("from the window"));
        QVERIFY(!resume()->isVisibleTo(m_page.get())); // complete: nothing to resume
    }

    void stopsAndResumes() {
        form().setOptions(endlessRun().options);
        QTRY_VERIFY(start()->isEnabled());
        QTest::mouseClick(start(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(m_computing->session.lastStep().step > 5, patience);
        QVERIFY(stop()->isVisible());
        QSignalSpy finished(&m_computing->session, &TrainingSession::finished);
        QTest::mouseClick(stop(), Qt::LeftButton);
        QVERIFY(!stop()->isEnabled());
        QVERIFY(finished.wait(patience));
        QCOMPARE(finished[0][0].value<RunEnd>(), RunEnd::Cancelled);
        QVERIFY(!stop()->isVisible());
        QTRY_COMPARE(start()->text(), QStringLiteral("Start"));

        QTRY_VERIFY(resume()->isVisibleTo(m_page.get()));
        const std::int64_t before = m_computing->session.lastStep().step;
        QTest::mouseClick(resume(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(m_computing->session.lastStep().step > before, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!plot("lossPlot")->points(0).isEmpty(), patience); // read in a thread
        const QList<QPointF> loss = plot("lossPlot")->points(0);
        QCOMPARE(loss.front().x(), 1.0); // the earlier curve is shown and continues without a gap
        for (qsizetype i = 1; i < loss.size(); ++i)
            QCOMPARE(loss[i].x(), loss[i - 1].x() + 1);
        m_computing->session.stop();
        QVERIFY(finished.wait(patience));
    }

    void keysStartWithTheNumberThatStandsThere() {
        form().setOptions(smallRun().options);
        QTRY_VERIFY(start()->isEnabled());
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        auto *epochs = m_page->findChild<QAbstractSpinBox *>(QStringLiteral("epochs"));
        epochs->setFocus();
        epochs->selectAll();
        QTest::keyClicks(epochs, QStringLiteral("1"));
        QSignalSpy finished(&m_computing->session, &TrainingSession::finished);
        QTest::keyClick(epochs, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(finished.wait(patience));
        QCOMPARE(m_computing->session.started().epochs, 1);
    }

    void goesAwayWithANumberHalfEntered() {
        auto *epochs = m_page->findChild<QAbstractSpinBox *>(QStringLiteral("epochs"));
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        epochs->setFocus();
        QTest::keyClicks(epochs, QStringLiteral("7"));
        m_page.reset();
    }

    void deletedRunIsNoLongerOffered() {
        {
            Computing earlier(m_database);
            earlier.train(endlessRun(), m_shared->dataset());
            QTRY_VERIFY_WITH_TIMEOUT(earlier.session.lastStep().step > 2, patience);
        }
        Workspace empty(m_database);
        makePage(empty);
        QTRY_VERIFY(resume()->isVisibleTo(m_page.get()));
        empty.runs().remove({empty.runs().runs().front()->id});
        QTRY_VERIFY(!resume()->isVisibleTo(m_page.get()));
        m_page.reset();
    }

    void stoppingElsewhereShows() {
        form().setOptions(endlessRun().options);
        QTRY_VERIFY(start()->isEnabled());
        QTest::mouseClick(start(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(m_computing->session.lastStep().step > 0, patience);
        QSignalSpy finished(&m_computing->session, &TrainingSession::finished);
        m_computing->session.stop(); // as the status strip below the pages does
        QVERIFY(!stop()->isEnabled());
        QVERIFY(text("message").contains(QStringLiteral("Stopping")));
        QVERIFY(finished.wait(patience));
    }

    void offersToResumeWhatWasStoppedEarlier() {
        const DatasetPtr shapes = m_shared->dataset();
        {
            Computing earlier(m_database);
            earlier.train(endlessRun(), shapes);
            QTRY_VERIFY_WITH_TIMEOUT(earlier.session.lastStep().step > 2, patience);
        }
        Workspace empty(m_database);
        makePage(empty);
        QTRY_VERIFY(resume()->isVisibleTo(m_page.get()));
        // No images are open: the job opens the run's own.
        QTest::mouseClick(resume(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(m_computing->session.lastStep().step > 2, patience);
        QVERIFY(empty.dataset() == nullptr);
        QSignalSpy finished(&m_computing->session, &TrainingSession::finished);
        m_computing->session.stop();
        QVERIFY(finished.wait(patience));
        m_page.reset();
    }

    void failureIsTold() {
        RunConfiguration wrong = smallRun();
        wrong.options.batch = 16000;
        QSignalSpy finished(&m_computing->session, &TrainingSession::finished);
        m_computing->train(wrong, m_shared->dataset());
        QVERIFY(finished.wait(patience));
        QVERIFY(text("problem").contains(QStringLiteral("16000")));
        QTRY_COMPARE(start()->text(), QStringLiteral("Start"));
    }

    void onlyTheNewestQuestionIsAnswered() {
        RunCheck checker;
        QSignalSpy checked(&checker, &RunCheck::checked);
        const DatasetPtr shapes = m_shared->dataset();
        RunConfiguration configuration = smallRun();
        for (const int epochs : {10, 20, 30, 40}) {
            configuration.options.epochs = epochs;
            checker.check(configuration, shapes);
        }
        QVERIFY(checked.wait(patience));
        QTest::qWait(50);
        QCOMPARE(checked.count(), 1);
        QVERIFY(checked[0][1].toString().endsWith(QStringLiteral("80 steps")));
    }

    /// Before the run: its sentence is a finding of the check, and disappears with its cause.
    void rulesThatNeverApplyAreTold() {
        auto *rules = m_page->findChild<RulesForm *>();
        auto *line = m_page->findChild<QLabel *>(QStringLiteral("checkLine"));
        RuleOptions wanted;
        wanted.accuracy = "notify";
        wanted.accuracyEpoch = 99'999;
        rules->setRules(wanted);
        QTRY_VERIFY2(line->toolTip().contains(QStringLiteral("begins at epoch 99")),
                     qPrintable(line->toolTip()));
        wanted.accuracyEpoch = 1;
        rules->setRules(wanted);
        QTRY_VERIFY(!line->toolTip().contains(QStringLiteral("never applies")));
        rules->setRules({});
    }

    void tellsInWhatARecipeDiffers() {
        auto *button = m_page->findChild<QToolButton *>(QStringLiteral("recipeButton"));
        button->menu()->findChild<QAction *>(QStringLiteral("paper-cifar10"))->trigger();
        QVERIFY2(button->toolTip().contains(QStringLiteral("These are the options of “CIFAR-10, authors”")),
                 qPrintable(button->toolTip()));
        TrainOptions options = form().options();
        options.epochs = 7;
        form().setOptions(options);
        QVERIFY2(button->toolTip().contains(QStringLiteral("Epochs 7 instead of 1000")),
                 qPrintable(button->toolTip()));
    }

    void runStartsAfterAnEvaluation() {
        form().setOptions(smallRun().options);
        QTRY_VERIFY(start()->isEnabled());
        QSignalSpy finished(&m_computing->session, &TrainingSession::finished);
        m_computing->queue.submit(EvaluateJob{999, {}, {}}); // fails: there is no such run
        QTest::mouseClick(start(), Qt::LeftButton);
        QCOMPARE(m_computing->queue.waiting(), 2);
        QVERIFY(finished.wait(patience));
        QCOMPARE(finished[0][0].value<RunEnd>(), RunEnd::Completed);
    }

  private:
    void makePage(Workspace &workspace) {
        m_page =
            std::make_unique<TrainPage>(workspace, *m_document, m_computing->queue, m_computing->session);
        m_page->resize(1200, 740);
        m_page->show();
    }
    TrainForm &form() { return *m_page->findChild<TrainForm *>(); }
    QPushButton *start() { return m_page->findChild<QPushButton *>(QStringLiteral("startButton")); }
    QPushButton *stop() { return m_page->findChild<QPushButton *>(QStringLiteral("stopButton")); }
    QPushButton *resume() { return m_page->findChild<QPushButton *>(QStringLiteral("resumeButton")); }
    QString firstLineOfCheck() { return check()->text().section(QLatin1Char('\n'), 0, 0); }
    QLabel *check() { return m_page->findChild<QLabel *>(QStringLiteral("checkLine")); }
    CurvePlot *plot(const char *name) { return m_page->findChild<CurvePlot *>(QLatin1String(name)); }
    QString text(const char *label) { return m_page->findChild<QLabel *>(QLatin1String(label))->text(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_database;
    std::unique_ptr<Workspace> m_shared;
    std::unique_ptr<PipelineDocument> m_document;
    std::unique_ptr<Computing> m_computing;
    std::unique_ptr<TrainPage> m_page;
};

SIMCLR_TEST(TestTrainPage, QApplication)
#include "tst_train_page.moc"
