// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/support/test_images.h"
#include "ui/document/pipeline_document.h"
#include "ui/runs/runs_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/window_settings.h"
#include "ui/train/train_form.h"
#include "ui/train/train_page.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/theme.h"
#include "ui/workspace/compute_queue.h"
#include "ui/workspace/training_session.h"
#include "ui/workspace/workspace.h"

#include <QApplication>
#include <QCheckBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSet>
#include <QSettings>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QToolButton>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

class TestMainWindow : public QObject {
    Q_OBJECT

    struct Fixture {
        QTemporaryDir folder;
        MainWindow window;

        explicit Fixture(const QString &source = {}) : window(folderOf(folder) / "runs.sqlite", source) {
            window.show();
            window.activateWindow();
            if (!QTest::qWaitForWindowActive(&window))
                qFatal("no window");
        }
        template <typename T>
        T *part(const char *name = "") {
            return window.findChild<T *>(QString::fromLatin1(name));
        }
        bool hasImages() {
            return QTest::qWaitFor([this] { return part<Workspace>()->dataset() != nullptr; }, 60'000);
        }
    };

    static void drop(QWidget &target, const QString &path) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&target, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&target, &drop);
    }

  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-test"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_main_window"));
        theme::apply(*qApp, ThemeChoice::Light);
    }
    void init() { QSettings().clear(); }

    void offersWhatACrashLeft() {
        const QTemporaryDir folder;
        const auto unsaved = folderOf(folder) / "unsaved";
        Pipeline left = pipelineByName("crop-only");
        left.name = "left by a crash";
        const auto file = unsaved / "77.123.00000000-0000-0000-0000-000000000000.1.json";
        writeBytes(file, toText(Json{{"format", "simclr-unsaved-pipeline"},
                                     {"changed", "2026-01-02T03:04:05Z"},
                                     {"file", ""},
                                     {"pipeline", toJson(left)}}));
        {
            MainWindow window(folderOf(folder) / "runs.sqlite", QStringLiteral("shapes"));
            window.show();
            auto *offer = window.findChild<InlineMessage *>(QStringLiteral("recoveryOffer"));
            QVERIFY(offer->isVisible());
            QVERIFY(offer->text().contains(QStringLiteral("“left by a crash”")));
            offer->findChild<QPushButton *>(QStringLiteral("messageAction"))->click();
            QVERIFY(!offer->isVisible());
            QVERIFY(window.isWindowModified());
            QVERIFY(window.windowTitle().startsWith(QStringLiteral("left by a crash")));
            QVERIFY(!std::filesystem::exists(file));
            QTRY_VERIFY(!std::filesystem::is_empty(unsaved)); // stored again for this window
        }
        QVERIFY(std::filesystem::is_empty(unsaved));
    }

    /// A 1080p screen at twice the scale, minus the title bar and a panel of the desktop.
    void fitsASmallScreen() {
        Fixture fixture;
        const QSize screen(960, 480);
        QVERIFY(fixture.window.minimumWidth() <= screen.width());
        QVERIFY(fixture.window.minimumHeight() <= screen.height());
        fixture.window.resize(screen);
        QCOMPARE(fixture.window.size(), screen);
        auto *pages = fixture.part<QStackedWidget>("pages");
        for (int page = 0; page < pages->count(); ++page) {
            fixture.window.showPage(page);
            QCoreApplication::processEvents();
            auto *area = qobject_cast<QScrollArea *>(pages->currentWidget());
            QVERIFY(area != nullptr);
            QVERIFY(fixture.window.rect().contains(
                QRect(area->mapTo(&fixture.window, QPoint()), area->size()))); // nothing is cut off
            if (page != MainWindow::DesignPageIndex)                           // three columns that need more
                QCOMPARE(area->horizontalScrollBar()->maximum(), 0);
        }
        const QWidget *start = fixture.part<QPushButton>("startButton");
        fixture.window.showPage(MainWindow::TrainPageIndex);
        QCoreApplication::processEvents();
        const QRect place(start->mapTo(&fixture.window, QPoint()), start->size());
        QVERIFY2(fixture.window.rect().contains(place), // without scrolling
                 qPrintable(QStringLiteral("%1 × %2 at %3, %4")
                                .arg(place.width())
                                .arg(place.height())
                                .arg(place.x())
                                .arg(place.y())));
    }

    void startsWithImages() {
        Fixture fixture;
        QVERIFY(fixture.hasImages());
        QCOMPARE(fixture.part<Workspace>()->dataset()->report().kind, std::string("shapes"));
        QVERIFY(fixture.part<QToolButton>("datasetButton")->text().contains("Shapes"));
        QCOMPARE(fixture.part<QStackedWidget>("pages")->currentIndex(), int(MainWindow::DesignPageIndex));
        QCOMPARE(fixture.part<PipelineDocument>()->pipeline().name, std::string("SimCLR (CIFAR-10)"));
    }

    void missingImagesAreReportedThoughShapesReplaceThem() {
        Fixture fixture(QStringLiteral("/no/such/folder"));
        QVERIFY(fixture.hasImages());
        QCOMPARE(fixture.part<Workspace>()->dataset()->report().kind, std::string("shapes"));
        auto *panel = fixture.part<QWidget>("datasetPanel");
        QVERIFY(panel->isVisible());
        auto *text = panel->findChild<QLabel *>(QStringLiteral("messageText"));
        QVERIFY(text->isVisible());
        QVERIFY(text->text().contains("/no/such/folder"));
    }

    void keysOpenTheDatasetPanel() {
        Fixture fixture;
        QVERIFY(fixture.hasImages()); // the button's text has changed since it was made
        auto *panel = fixture.part<QWidget>("datasetPanel");
        QTest::keyClick(&fixture.window, Qt::Key_I, Qt::ControlModifier);
        QTRY_VERIFY(panel->isVisible());
        QTest::keyClick(&fixture.window, Qt::Key_I, Qt::ControlModifier);
        QTRY_VERIFY(!panel->isVisible());
    }

    void brokenFilesAreListedAndSourcesRemembered() {
        Fixture fixture;
        QVERIFY(fixture.hasImages());
        writeNoiseFolder(folderOf(fixture.folder) / "photos" / "a", 3, 20, 1);
        writeNoiseFolder(folderOf(fixture.folder) / "photos" / "b", 3, 20, 2);
        writeBytes(folderOf(fixture.folder) / "photos" / "b" / "text <b>.jpg", "not an image");
        drop(fixture.window, fixture.folder.filePath(QStringLiteral("photos")));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.part<Workspace>()->dataset()->size(), 6u, 60'000);
        auto *broken = fixture.part<QListWidget>("brokenFiles");
        QCOMPARE(broken->count(), 1);
        QVERIFY(broken->item(0)->text().contains("text <b>.jpg"));
        auto *shapes = fixture.part<QPushButton>("recent_shapes:1");
        QVERIFY2(shapes, qPrintable(fixture.part<Workspace>()->recentSources().join(' ')));
        shapes->click();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.part<Workspace>()->dataset()->report().kind, std::string("shapes"),
                                  60'000);
    }

    void keysChangeThePage() {
        Fixture fixture;
        auto *pages = fixture.part<QStackedWidget>("pages");
        for (const int page : {0, 2, 3, 1}) {
            QTest::keyClick(&fixture.window, Qt::Key(Qt::Key_1 + page), Qt::ControlModifier);
            QTRY_COMPARE(pages->currentIndex(), page);
        }
    }

    void droppedFolderIsOpened() {
        Fixture fixture;
        QVERIFY(fixture.hasImages());
        writeNoiseFolder(folderOf(fixture.folder) / "cats & dogs" / "a", 3, 20, 1);
        writeNoiseFolder(folderOf(fixture.folder) / "cats & dogs" / "b", 3, 20, 2);
        drop(fixture.window, fixture.folder.filePath(QStringLiteral("cats & dogs")));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.part<Workspace>()->dataset()->size(), 6u, 60'000);
        QVERIFY(fixture.part<QToolButton>("datasetButton")->text().contains("cats && dogs"));
    }

    void failureIsShownInThePanelAndImagesStay() {
        Fixture fixture;
        QVERIFY(fixture.hasImages());
        drop(fixture.window, QStringLiteral("/no/such/folder"));
        auto *panel = fixture.part<QWidget>("datasetPanel");
        QTRY_VERIFY_WITH_TIMEOUT(panel->isVisible(), 60'000);
        const auto texts = panel->findChildren<QLabel *>(QStringLiteral("messageText"));
        QVERIFY(texts.front()->text().contains("/no/such/folder"));
        QVERIFY(fixture.part<Workspace>()->dataset());
        QTest::keyClick(panel, Qt::Key_Escape);
        QVERIFY(!panel->isVisible());
    }

    void droppedPipelineIsOpened() {
        Fixture fixture;
        const auto file = folderOf(fixture.folder) / "mine.json";
        writePipeline(pipelinePresets().at(2).pipeline, file);
        drop(fixture.window, QString::fromStdString(file.string()));
        QTRY_COMPARE(fixture.part<PipelineDocument>()->file(), file);
    }

    /// The check mark of a disabled box is visible.
    void checkMarksAreVisibleInDisabledBoxes() {
        QCheckBox box;
        box.setChecked(true);
        box.setEnabled(false);
        box.resize(box.sizeHint());
        const QImage picture = box.grab().toImage();
        QSet<QRgb> colors;
        for (int x = 5; x < 13; ++x) // inside the box's frame
            for (int y = 5; y < box.height() - 5; ++y)
                colors.insert(picture.pixel(x, y));
        QVERIFY2(colors.size() > 2, qPrintable(QString::number(colors.size())));
    }

    void closesAtOnceWhereNothingWouldBeLost() {
        Fixture fixture;
        QVERIFY(fixture.window.close());
        QVERIFY(!fixture.window.isVisible());
    }

    void asksBeforeChangesAreLost() {
        const QTemporaryDir folder;
        const auto file = folderOf(folder) / "mine.json";
        writePipeline(pipelineByName("byol"), file);
        Fixture fixture;
        fixture.part<PipelineDocument>()->load(file);
        fixture.part<PipelineDocument>()->rename(QStringLiteral("Mine"));
        fixture.window.close();
        QTRY_VERIFY(fixture.part<QMessageBox>("unsavedQuestion"));
        QVERIFY(fixture.window.isVisible());
        fixture.part<QMessageBox>("unsavedQuestion")->button(QMessageBox::Cancel)->click();
        QTRY_VERIFY(!fixture.part<QMessageBox>("unsavedQuestion"));
        QVERIFY(fixture.window.isVisible());
        fixture.window.close();
        QTRY_VERIFY(fixture.part<QMessageBox>("unsavedQuestion"));
        fixture.part<QMessageBox>("unsavedQuestion")->button(QMessageBox::Discard)->click();
        QTRY_VERIFY(!fixture.window.isVisible());
    }

    void opensThePipelineOfLastTime() {
        const QTemporaryDir folder;
        const auto file = folderOf(folder) / "mine.json";
        Pipeline mine = pipelineByName("byol");
        mine.name = "mine";
        writePipeline(mine, file);
        {
            Fixture fixture;
            drop(fixture.window, QString::fromStdString(file.string()));
            QTRY_COMPARE(fixture.part<PipelineDocument>()->file(), file);
            QVERIFY(fixture.window.close());
        }
        {
            Fixture again;
            QCOMPARE(again.part<PipelineDocument>()->file(), file);
            QVERIFY(again.window.windowTitle().startsWith(QStringLiteral("mine")));
            QVERIFY(!again.window.isWindowModified());
            QVERIFY(again.window.close());
        }
        std::filesystem::remove(file);
        Fixture without;
        QVERIFY(without.part<PipelineDocument>()->pipeline() == mine);
        auto *message = without.part<InlineMessage>("pipelineMessage");
        QVERIFY(message->isVisible());
        QVERIFY2(message->text().contains(QStringLiteral("mine.json")), qPrintable(message->text()));
    }

    /// A pipeline that was never saved is restored at the next start, so closing asks nothing.
    void bringsBackWhatHasNoFile() {
        {
            Fixture fixture;
            fixture.part<PipelineDocument>()->rename(QStringLiteral("never saved"));
            QVERIFY(fixture.window.close());
        }
        Fixture again;
        QVERIFY(again.window.windowTitle().startsWith(QStringLiteral("never saved")));
        QVERIFY(again.window.isWindowModified());
    }

    void stopsARunBeforeItCloses() {
        Fixture fixture;
        QVERIFY(fixture.hasImages());
        auto *session = fixture.part<TrainingSession>();
        RunConfiguration configuration;
        configuration.pipeline = fixture.part<PipelineDocument>()->pipeline();
        configuration.options.batch = 16;
        configuration.options.epochs = 1000;
        configuration.options.width = 0.25;
        configuration.options.evaluateEvery = 0;
        QSignalSpy updated(session, &TrainingSession::updated);
        QSignalSpy finished(session, &TrainingSession::finished);
        auto *queue = fixture.part<ComputeQueue>();
        queue->submit(trainJob(configuration, *fixture.part<Workspace>()->dataset()));
        QVERIFY(updated.wait(300'000));
        fixture.window.close();
        QTRY_VERIFY(fixture.part<QMessageBox>("stopQuestion"));
        fixture.part<QPushButton>("keepTraining")->click();
        QTRY_VERIFY(!fixture.part<QMessageBox>("stopQuestion"));
        QVERIFY(session->isRunning());
        QVERIFY(fixture.window.isVisible());
        queue->submit(trainJob(configuration, *fixture.part<Workspace>()->dataset())); // never starts
        fixture.window.close();
        QTRY_VERIFY(fixture.part<QPushButton>("stopAndClose"));
        const QString text = fixture.part<QMessageBox>("stopQuestion")->informativeText();
        QVERIFY2(text.contains(QStringLiteral("The job that waits is kept")), qPrintable(text));
        fixture.part<QPushButton>("stopAndClose")->click();
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.window.isVisible(), 120'000);
        QCOMPARE(finished.count(), 1);
        QCOMPARE(finished.front().front().value<RunEnd>(), RunEnd::Cancelled);
        const RunRecord closed = RunStore(folderOf(fixture.folder) / "runs.sqlite").runs().all().front();
        QCOMPARE(closed.status, RunStatus::Cancelled);
        QCOMPARE(RunStore(folderOf(fixture.folder) / "runs.sqlite").runs().all().size(), std::size_t{1});

        MainWindow again(folderOf(fixture.folder) / "runs.sqlite");
        again.show();
        again.showPage(QStringLiteral("train"));
        auto *resume = again.findChild<QPushButton *>(QStringLiteral("resumeButton"));
        QTRY_VERIFY_WITH_TIMEOUT(again.findChild<Workspace *>()->dataset() && resume->isVisibleTo(&again),
                                 60'000);
        resume->click();
        auto *goesOn = again.findChild<TrainingSession *>();
        QTRY_VERIFY_WITH_TIMEOUT(goesOn->lastStep().step > closed.lastStep, 120'000);
        QCOMPARE(goesOn->started().firstStep, closed.lastStep);
        goesOn->stop();
        QTRY_VERIFY_WITH_TIMEOUT(!goesOn->isRunning(), 120'000);
    }

    /// Images, pipeline and options come along.
    void trainsAgainFromARun() {
        Fixture fixture;
        QVERIFY(fixture.hasImages());
        RunRecord run;
        run.id = 3;
        run.name = "earlier";
        run.precision = "fp32";
        run.device = "cpu";
        run.pipeline = toJson(pipelineByName("crop-only"));
        TrainOptions options;
        options.epochs = 77;
        run.config = trainOptionsDescription().toJson(options);
        run.dataset.source = "shapes:2";
        run.dataset.fingerprint = "another";
        QSignalSpy opening(fixture.part<Workspace>(), &Workspace::openingStarted);
        fixture.window.showPage(MainWindow::RunsPageIndex);
        Q_EMIT fixture.part<RunsPage>("runsPage")->trainAgainRequested(run);
        QVERIFY(fixture.part<TrainPage>("trainPage")->isVisible());
        QVERIFY(fixture.part<PipelineDocument>()->pipeline() == pipelineByName("crop-only"));
        QCOMPARE(fixture.part<TrainForm>()->options().epochs, std::int64_t{77});
        QCOMPARE(fixture.part<QLineEdit>("runName")->text(), QStringLiteral("earlier"));
        QVERIFY(fixture.part<QWidget>("baseRun")->isVisible());
        QCOMPARE(opening.count(), 1);
        QCOMPARE(opening[0][0].toString(), QStringLiteral("shapes:2"));
    }

    void remembersPageAndTheme() {
        {
            Fixture fixture;
            fixture.window.showPage(QStringLiteral("runs"));
            const bool dark = theme::isDark();
            fixture.part<QToolButton>("themeToggle")->click();
            QCOMPARE(theme::isDark(), !dark);
            QCOMPARE(rememberedTheme(), dark ? ThemeChoice::Light : ThemeChoice::Dark);
            fixture.window.close();
        }
        Fixture again;
        QCOMPARE(again.part<QStackedWidget>("pages")->currentIndex(), int(MainWindow::RunsPageIndex));
        again.part<QToolButton>("themeToggle")->click();
        QCOMPARE(rememberedTheme(), ThemeChoice::Desktop); // because it equals the desktop theme
    }
};

SIMCLR_TEST(TestMainWindow, QApplication)
#include "tst_main_window.moc"
