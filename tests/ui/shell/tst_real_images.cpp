// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/support/test_support.h"
#include "ui/plots/curve_plot.h"
#include "ui/runs/table/runs_table.h"
#include "ui/shell/main_window.h"
#include "ui/train/train_form.h"
#include "ui/widgets/theme.h"
#include "ui/workspace/training_session.h"
#include "ui/workspace/workspace.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTabWidget>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

/// The main workflow in the window with a real dataset: open images, train with two pipelines, compare. Set
/// SIMCLR_REAL_IMAGES to a folder of images, such as CIFAR-10 as train/class/*.jpg and test/class/*.jpg, and
/// optionally SIMCLR_SCREENSHOTS to a folder for screenshots. SIMCLR_REAL_EPOCHS (default 10) and
/// SIMCLR_REAL_TRAIN_IMAGES (default 10000) set the length.
class TestRealImages : public QObject {
    Q_OBJECT

  public:
    static void initMain() {
        qputenv("QTEST_FUNCTION_TIMEOUT", "7200000"); // ms; Qt Test gives up after five minutes otherwise
    }

  private:
    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;

    template <typename T>
    T *part(const char *name = nullptr) {
        return m_window->findChild<T *>(QString::fromLatin1(name)); // empty name: any
    }
    static qint64 wanted(const char *variable, qint64 fallback) {
        return qEnvironmentVariableIsSet(variable) ? qEnvironmentVariableIntValue(variable) : fallback;
    }
    void picture(const QString &name) {
        const QString folder = qEnvironmentVariable("SIMCLR_SCREENSHOTS");
        QTest::qWait(400);
        if (!folder.isEmpty())
            QVERIFY(m_window->grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
    }
    void press(Qt::Key key) { QTest::keyClick(m_window.get(), key, Qt::ControlModifier); }
    void enter(const char *box, qint64 number) {
        auto *spin = part<TrainForm>()->findChild<QAbstractSpinBox *>(QString::fromLatin1(box));
        QVERIFY2(spin != nullptr, box);
        spin->setFocus();
        spin->selectAll();
        QTest::keyClicks(spin, QString::number(number));
        QTest::keyClick(spin, Qt::Key_Return);
    }
    void train() {
        press(Qt::Key_3);
        enter("epochs", wanted("SIMCLR_REAL_EPOCHS", 10));
        enter("train_images", wanted("SIMCLR_REAL_TRAIN_IMAGES", 10'000));
        auto *start = part<QPushButton>("startButton");
        QTRY_VERIFY(start->isEnabled());
        auto *session = part<TrainingSession>();
        QSignalSpy finished(session, &TrainingSession::finished);
        QTest::mouseClick(start, Qt::LeftButton);
        QTRY_VERIFY(session->isRunning());
        QVERIFY(finished.wait(60 * 60 * 1000));
        QCOMPARE(finished[0][0].value<RunEnd>(), RunEnd::Completed);
    }

  private Q_SLOTS:
    void initTestCase() {
        if (!qEnvironmentVariableIsSet("SIMCLR_REAL_IMAGES"))
            QSKIP("SIMCLR_REAL_IMAGES names no folder of images");
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-test"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_real_images"));
        QSettings().clear();
        theme::apply(*qApp, ThemeChoice::Light);
        m_window = std::make_unique<MainWindow>(folderOf(m_folder) / "runs.sqlite");
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void cleanupTestCase() {
        if (m_window)
            QVERIFY(m_window->close());
        m_window.reset();
    }

    void opensTheImages() {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(qEnvironmentVariable("SIMCLR_REAL_IMAGES"))});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_window.get(), &drop);
        const auto *workspace = part<Workspace>();
        QTRY_VERIFY_WITH_TIMEOUT(workspace->dataset() && workspace->dataset()->report().kind != "shapes",
                                 300'000);
        QVERIFY(workspace->dataset()->isLabelled());
        press(Qt::Key_2);
        QTest::qWait(1500); // wait until the views are rendered
        picture(QStringLiteral("real-design"));
        press(Qt::Key_I);
        picture(QStringLiteral("real-dataset"));
        press(Qt::Key_I);
    }

    void trainsWithColourDistortion() {
        train();
        picture(QStringLiteral("real-train"));
        for (const Protocol protocol : {Protocol::Linear, Protocol::Knn}) {
            const RunRecord run = RunStore(folderOf(m_folder) / "runs.sqlite").runs().all().front();
            double random = 0;
            for (const Result &result : run.results)
                if (result.key.protocol == protocol && result.key.split == Split::Test &&
                    result.key.place.epoch == 0)
                    random = result.value;
            const double trained = latestResult(run, protocol, Split::Test)->value;
            qInfo("%s on test: random encoder %.1f %%, trained %.1f %%", nameOf(protocol).c_str(),
                  100 * random, 100 * trained);
            QVERIFY(random > 0);
            QVERIFY(trained > random + 0.02);
        }
    }

    void trainsWithCropsAlone() {
        press(Qt::Key_2);
        part<QMenu>("presetMenu")->findChild<QAction *>(QStringLiteral("crop-only"))->trigger();
        train();
    }

    void comparesTheTwo() {
        press(Qt::Key_4);
        auto *table = part<RunsTable>();
        QTRY_COMPARE(table->model()->rowCount(), 2);
        table->selectAll();
        auto *curves = part<CurvePlot>("runCurves");
        QTRY_COMPARE(curves->curveCount(), 2);
        QTRY_VERIFY(!curves->points(0).isEmpty() && !curves->points(1).isEmpty());
        picture(QStringLiteral("real-runs"));
        part<QTabWidget>("runTabs")->setCurrentIndex(1);
        picture(QStringLiteral("real-compare"));
        const RunStore store(folderOf(m_folder) / "runs.sqlite");
        const double crop = latestResult(store.runs().one(2), Protocol::Knn, Split::Test)->value;
        const double simclr = latestResult(store.runs().one(1), Protocol::Knn, Split::Test)->value;
        qInfo("kNN on test: crop only %.1f %%, SimCLR %.1f %%", 100 * crop, 100 * simclr);
        QVERIFY(simclr > crop);
    }
};

SIMCLR_TEST(TestRealImages, QApplication)
#include "tst_real_images.moc"
