// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/event_import.h"
#include "core/store/run_store.h"
#include "tests/support/test_images.h"
#include "tests/ui/train/small_run.h"
#include "ui/runs/compare/compare_tabs.h"
#include "ui/runs/explore/disagreement/disagreement_view.h"
#include "ui/runs/explore/explore_panel.h"
#include "ui/runs/explore/gallery/image_gallery.h"
#include "ui/runs/explore/map/map_canvas.h"
#include "ui/runs/explore/map/map_pane.h"
#include "ui/runs/table/runs_table.h"
#include "ui/shell/main_window.h"
#include "ui/train/sweep_dialog.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/theme.h"
#include "ui/workspace/compute_queue.h"
#include "ui/workspace/option_settings.h"
#include "ui/workspace/workspace.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QFileDialog>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 60'000; ///< ms, for what other threads do beside other tests

/// A folder of JPEG files, train/class/*.jpg and test/class/*.jpg.
void writeImages(const std::filesystem::path &folder) {
    const DatasetPtr shapes = openDataset("shapes");
    constexpr std::uint32_t every = 7; // classes take turns: a part of each
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
/// trained, grouped, compared, mapped and exported.
class TestExperimentWalk : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;

    template <typename T>
    T *part(const char *name) {
        return m_window->findChild<T *>(QString::fromLatin1(name));
    }
    std::filesystem::path database() { return folderOf(m_folder) / "runs.sqlite"; }
    void press(Qt::Key key) {
        m_window->activateWindow(); // no window manager does so when a dialog has closed
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), key, Qt::ControlModifier);
    }
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
        press(Qt::Key_3);
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
        QTRY_VERIFY_WITH_TIMEOUT(queue->jobs().empty(), 6 * patience); // six trainings
        QVERIFY(queue->troubled().empty());
        const std::vector<RunRecord> runs = RunStore(database()).runs().all();
        QCOMPARE(runs.size(), std::size_t{6});
        for (const RunRecord &run : runs) {
            QVERIFY(run.status == RunStatus::Completed);
            QVERIFY(latestResult(run, Protocol::Linear, Split::Test) != nullptr);
        }
    }

    void groupsThem() {
        press(Qt::Key_4);
        auto *table = part<RunsTable>("runsTable");
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 6, patience);
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
    /// A click on two runs in the matrix of agreement opens the images on which they differ.
    void opensTheImagesOnWhichTwoRunsDiffer() {
        part<QToolButton>("compareAgreement")->click();
        auto *matrix = part<QTableView>("agreementTable");
        QTRY_COMPARE_WITH_TIMEOUT(matrix->model()->rowCount(), 6, patience);
        const QModelIndex pair = matrix->model()->index(0, 5);
        QTest::mouseClick(matrix->viewport(), Qt::LeftButton, {}, matrix->visualRect(pair).center());
        auto *view = part<DisagreementView>("exploreDisagreement");
        QTRY_VERIFY(view->isVisible());
        QCOMPARE(part<RunsTable>("runsTable")->selectedRuns().size(), 6); // for the next cell of the matrix
        QTRY_VERIFY(part<QLabel>("disagreementTest")->isVisible());
    }

    /// Of one run: the map moves by itself, and what the lasso outlines is listed.
    void lassoesTheMap() {
        auto *table = part<RunsTable>("runsTable");
        table->clearSelection();
        const QModelIndex group = table->model()->index(0, 0);
        table->expand(group);
        table->selectionModel()->select(table->model()->index(0, 0, group),
                                        QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        QCOMPARE(table->selectedRuns().size(), 1);
        showTab(QStringLiteral("Explore"));
        m_window->findChild<ExplorePanel *>()->showView(QStringLiteral("mapView"));
        auto *pane = part<MapPane>("firstMap");
        auto *offer = pane->findChild<QPushButton *>(QStringLiteral("emptyAction"));
        QTRY_VERIFY_WITH_TIMEOUT(offer->isVisible(), patience);
        QTest::mouseClick(offer, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(pane->images() && !pane->isWorking() && !pane->canvas().points().empty(),
                                 patience);
        MapCanvas &canvas = pane->canvas();
        const QRect half = canvas.rect().adjusted(2, 2, -canvas.width() / 2, -2);
        QTest::mousePress(&canvas, Qt::LeftButton, Qt::ShiftModifier, half.topLeft());
        for (const QPoint &corner : {half.topRight(), half.bottomRight(), half.bottomLeft()})
            QTest::mouseMove(&canvas, corner);
        QTest::mouseRelease(&canvas, Qt::LeftButton, Qt::ShiftModifier, half.bottomLeft());
        const std::size_t selected = part<ImageGallery>("selectionGallery")->items().size();
        QVERIFY(selected > 0 && selected < canvas.points().size());
    }

    void exportsThePage() {
        auto *table = part<RunsTable>("runsTable");
        table->selectAll();
        const QString file = m_folder.filePath(QStringLiteral("page.html"));
        exportTo("exportPage", "pageDialog", file);
        const auto *message = this->part<InlineMessage>("exchangeMessage");
        QTRY_VERIFY_WITH_TIMEOUT(message->text().contains(QStringLiteral("was written")), patience);
        const std::string page = readBytes(file.toStdString());
        for (const char *part : {"<svg", "Crop only", "SimCLR (CIFAR-10)", "data:image/"})
            QVERIFY2(contains(page, part), part);
        for (const char *active : {"<script", "http-equiv", "src=\"http"})
            QVERIFY2(!contains(page, active), active);
    }

    /// Into another database.
    void exportsEventFilesAndReadsThemBack() {
        const QString folder = m_folder.filePath(QStringLiteral("events"));
        exportTo("exportEvents", "eventsDialog", folder);
        const auto events = std::filesystem::path(folder.toStdString());
        const auto *message = part<InlineMessage>("exchangeMessage");
        QTRY_VERIFY_WITH_TIMEOUT(message->text().contains(QStringLiteral("runs: 6")), patience);
        const std::filesystem::path other = folderOf(m_folder) / "imported.sqlite";
        const ImportReport report = importEvents(events, other);
        QCOMPARE(report.runs.size(), std::size_t{6});
        const RunStore imported(other);
        for (const ImportOutcome &run : report.runs)
            QVERIFY(imported.metrics().keys(run.run).size() > 5);
    }

    /// In both themes, in a small and in a large window; pictures are stored in SIMCLR_SCREENSHOTS if that is
    /// set.
    void everyPageFits() {
        for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark})
            for (const QSize size : {QSize(1100, 700), QSize(1600, 950)}) {
                theme::apply(*qApp, choice);
                m_window->resize(size);
                QCOMPARE(m_window->size(), size);
                const QString look = QStringLiteral("%1-%2").arg(
                    choice == ThemeChoice::Dark ? QStringLiteral("dark") : QStringLiteral("light"),
                    QString::number(size.width()));
                for (const Qt::Key page : {Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4}) {
                    press(page);
                    picture(look + QStringLiteral("-page%1").arg(page - Qt::Key_0));
                }
                picturesOfTabs(look);
                showTab(QStringLiteral("Compare"));
                for (auto *button : part<CompareTabs>("compareTabs")->findChildren<QToolButton *>())
                    if (button->objectName().startsWith(QStringLiteral("compare")) && button->isVisible()) {
                        button->click();
                        picture(look + QLatin1Char('-') + button->objectName());
                    }
                showTab(QStringLiteral("Explore"));
                auto *views = part<QListWidget>("exploreViews");
                for (int row = 0; row < views->count(); ++row) {
                    views->setCurrentRow(row);
                    picture(look + QLatin1Char('-') + views->item(row)->text());
                }
                QCOMPARE(m_window->size(), size); // nothing has made it larger
            }
    }

  private:
    void picture(const QString &name) {
        const QString folder = qEnvironmentVariable("SIMCLR_SCREENSHOTS");
        QTest::qWait(folder.isEmpty() ? 20 : 700);
        if (!folder.isEmpty())
            QVERIFY(m_window->grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
    }
    void picturesOfTabs(const QString &look) {
        auto *tabs = part<QTabWidget>("runTabs");
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            picture(look + QLatin1Char('-') + tabs->tabText(tab));
            const QWidget &page = *tabs->widget(tab);
            QVERIFY2(page.minimumSizeHint().width() <= page.width(), qPrintable(tabs->tabText(tab)));
        }
    }

    /// Chooses an action of the button above the table, then a file.
    void exportTo(const char *action, const char *dialogName, const QString &file) {
        auto *menu = part<QMenu>("exchangeMenu");
        Q_EMIT menu->aboutToShow();
        auto *chosen = menu->findChild<QAction *>(QLatin1String(action));
        QVERIFY2(chosen != nullptr, action);
        chosen->trigger();
        auto *dialog = part<QFileDialog>(dialogName);
        QVERIFY2(dialog != nullptr, dialogName);
        Q_EMIT dialog->fileSelected(file);
        dialog->close();
    }
};

SIMCLR_TEST(TestExperimentWalk, QApplication)
#include "tst_experiment_walk.moc"
