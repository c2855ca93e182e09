// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/support/test_images.h"
#include "tests/ui/train/small_run.h"
#include "ui/runs/table/runs_table.h"
#include "ui/shell/main_window.h"
#include "ui/train/sweep_dialog.h"
#include "ui/widgets/theme.h"
#include "ui/workspace/compute_queue.h"
#include "ui/workspace/option_settings.h"
#include "ui/workspace/workspace.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QTabWidget>
#include <QToolButton>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 240'000; ///< ms, for six trainings beside other tests

/// A folder of JPEG files, train/class/*.jpg and test/class/*.jpg.
void writeImages(const std::filesystem::path &folder) {
    const DatasetPtr shapes = openDataset("shapes");
    constexpr std::uint32_t every = 12; // a part of each class is enough
    for (std::uint32_t sample = 0; sample < shapes->size(); sample += every) {
        const Image image = shapes->image(sample);
        const QImage pixels(image.data(), image.width(), image.height(), image.width() * Image::channels,
                            QImage::Format_RGB888);
        const auto name = shapes->report().classNames[static_cast<std::size_t>(shapes->label(sample))];
        const auto place = folder / (shapes->isTestSample(sample) ? "test" : "train") / name;
        std::filesystem::create_directories(place);
        QVERIFY(pixels.save(QString::fromStdString((place / (std::to_string(sample) + ".jpg")).string()),
                            "JPG", 95));
    }
}

} // namespace

/// The way of an experiment through the window: two pipelines × three seeds on images of one's own, queued,
/// trained, grouped, and compared.
class TestExperimentWalk : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;

    template <typename T>
    T *part(const char *name) {
        return m_window->findChild<T *>(QString::fromLatin1(name));
    }
    std::filesystem::path database() { return folderOf(m_folder) / "runs.sqlite"; }
    void press(Qt::Key key) { QTest::keyClick(m_window.get(), key, Qt::ControlModifier); }
    void showTab(const QString &title) {
        auto *tabs = part<QTabWidget>("runTabs");
        for (int i = 0; i < tabs->count(); ++i)
            if (tabs->tabText(i).remove(QLatin1Char('&')) == title)
                return tabs->setCurrentIndex(i);
        QFAIL(qPrintable(title));
    }

  public:
    static void initMain() {
        qputenv("QTEST_FUNCTION_TIMEOUT", "900000"); // ms
    }

  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-test"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_experiment_walk"));
        QSettings().clear();
        TrainOptions options = smallRun().options;
        options.epochs = 1;
        rememberOptions(options); // as if they had been set before
        theme::apply(*qApp, ThemeChoice::Light);
        writeImages(folderOf(m_folder) / "images");
        m_window = std::make_unique<MainWindow>(
            database(), QString::fromStdString((folderOf(m_folder) / "images").string()));
        m_window->resize(1400, 860);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        auto *workspace = m_window->findChild<Workspace *>();
        QTRY_VERIFY_WITH_TIMEOUT(workspace->dataset() && workspace->dataset()->isLabelled(), patience);
        QCOMPARE(workspace->dataset()->classCount(), 8);
    }

    void cleanupTestCase() {
        if (m_window)
            QVERIFY(m_window->close());
        m_window.reset();
    }

    /// The dialog of the button beside Start.
    void queuesTwoPipelinesTimesThreeSeeds() {
        press(Qt::Key_2);
        QTRY_VERIFY(part<QPushButton>("startButton")->isEnabled());
        part<QAction>("gridAction")->trigger();
        auto *dialog = m_window->findChild<SweepDialog *>();
        QVERIFY(dialog != nullptr);
        auto *pipelines = dialog->findChild<QListWidget *>(QStringLiteral("sweepPipelines"));
        const auto other = pipelines->findItems(QStringLiteral("Crop only"), Qt::MatchExactly);
        QVERIFY(!other.isEmpty());
        other.front()->setCheckState(Qt::Checked);
        auto *seeds = dialog->findChild<QLineEdit *>(QStringLiteral("sweepSeeds"));
        QCOMPARE(seeds->text(), QStringLiteral("1-3"));
        QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("sweepAdd")), Qt::LeftButton);
        auto *queue = m_window->findChild<ComputeQueue *>();
        QTRY_COMPARE(queue->jobs().size(), std::size_t{6});
    }

    void trainsThem() {
        auto *queue = m_window->findChild<ComputeQueue *>();
        QTRY_VERIFY_WITH_TIMEOUT(queue->jobs().empty(), patience);
        QVERIFY(queue->troubled().empty());
        const std::vector<RunRecord> runs = RunStore(database()).runs().all();
        QCOMPARE(runs.size(), std::size_t{6});
        for (const RunRecord &run : runs) {
            QVERIFY(run.status == RunStatus::Completed);
            QVERIFY(latestResult(run, Protocol::Linear, Split::Test) != nullptr);
        }
    }

    void groupsThem() {
        press(Qt::Key_3);
        auto *table = part<RunsTable>("runsTable");
        QTRY_COMPARE(table->model()->rowCount(), 6);
        auto *menu = part<QMenu>("groupsMenu");
        Q_EMIT menu->aboutToShow();
        QAction *replicates = nullptr;
        for (QAction *action : menu->actions())
            if (action->text().contains(QStringLiteral("seed"), Qt::CaseInsensitive))
                replicates = replicates == nullptr ? action : replicates;
        QVERIFY(replicates != nullptr);
        replicates->trigger();
        QTRY_COMPARE(table->model()->rowCount(), 2);
        for (int row = 0; row < 2; ++row)
            QCOMPARE(table->model()->rowCount(table->model()->index(row, 0)), 3);
    }

    void comparesThemWithABaseline() {
        auto *table = part<RunsTable>("runsTable");
        table->selectAll();
        QCOMPARE(table->selectedRuns().size(), 6);
        showTab(QStringLiteral("Compare"));
        auto *verdicts = part<QLabel>("verdicts");
        QTRY_VERIFY(verdicts->isVisible());
        QTRY_VERIFY2(verdicts->text().contains(QStringLiteral("3 seeds")) ||
                         verdicts->text().contains(QStringLiteral("not decidable")),
                     qPrintable(verdicts->text()));
        auto *baseline = part<QComboBox>("baseline");
        QCOMPARE(baseline->count(), 2);
        const QString before = verdicts->text();
        baseline->setCurrentIndex(1);
        Q_EMIT baseline->activated(1);
        QVERIFY(verdicts->text() != before); // the other group is compared, the sign turned
    }
};

SIMCLR_TEST(TestExperimentWalk, QApplication)
#include "tst_experiment_walk.moc"
