// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_images.h"
#include "tests/support/test_main.h"
#include "tests/support/test_support.h"
#include "tests/ui/runs/explore/map/shapes_runs.h"
#include "ui/runs/explore/gallery/image_gallery.h"
#include "ui/runs/explore/map/map_canvas.h"
#include "ui/runs/explore/map/map_legend.h"
#include "ui/runs/explore/map/map_pane.h"
#include "ui/runs/explore/map/map_view.h"
#include "ui/runs/explore/map/selection_panel.h"

#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTabWidget>
#include <QToolButton>
#include <QtTest>
#include <array>
#include <memory>

using namespace simclr;
using namespace simclr::test;
using namespace simclr::ui;

namespace {

constexpr int patience = 60'000;

} // namespace

/// The real view on runs that were really trained.
class TestMapView : public QObject {
    Q_OBJECT

    std::unique_ptr<ShapesRuns> m_runs;
    std::unique_ptr<Computing> m_computing;
    std::unique_ptr<FeatureCache> m_features;
    std::unique_ptr<MapView> m_view;

    MapPane &pane(int number) {
        return *m_view->findChild<MapPane *>(number == 1 ? QStringLiteral("firstMap")
                                                         : QStringLiteral("secondMap"));
    }
    MapCanvas &canvas(int number) { return pane(number).canvas(); }
    template <typename Widget>
    Widget &part(const char *name) {
        return *m_view->findChild<Widget *>(QLatin1String(name));
    }
    void choose(const char *box, const QVariant &data) {
        auto &list = part<QComboBox>(box);
        QVERIFY2(list.findData(data) >= 0, box);
        list.setCurrentIndex(list.findData(data));
    }
    void press(MapPane &map) { map.findChild<QPushButton *>(QStringLiteral("emptyAction"))->click(); }
    void waitFor(MapPane &map) {
        QTRY_VERIFY_WITH_TIMEOUT(map.images() && !map.isWorking() && !map.canvas().points().empty(),
                                 patience);
    }
    void showMap(int runs = 1) {
        m_view->showRuns(m_runs->records(runs));
        if (!pane(1).isWorking() && !pane(1).images())
            press(pane(1));
        waitFor(pane(1));
    }
    void lasso(MapCanvas &map, const QRect &rect) {
        QTest::mousePress(&map, Qt::LeftButton, Qt::ShiftModifier, rect.topLeft());
        for (const QPoint &corner : {rect.topRight(), rect.bottomRight(), rect.bottomLeft()})
            QTest::mouseMove(&map, corner);
        QTest::mouseRelease(&map, Qt::LeftButton, Qt::ShiftModifier, rect.bottomLeft());
    }

  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_map_view"));
        m_runs = std::make_unique<ShapesRuns>(2);
    }
    void init() {
        QSettings().clear();
        m_computing = std::make_unique<Computing>(m_runs->database());
        m_features = std::make_unique<FeatureCache>(m_runs->images());
        m_view = std::make_unique<MapView>(*m_features, m_computing->queue);
        m_view->resize(1000, 420);
        m_view->show();
    }
    void cleanup() {
        m_view.reset();
        m_features.reset();
        m_computing.reset();
    }
    void cleanupTestCase() { m_runs.reset(); }

    void nothingIsComputedUnasked() {
        m_view->showRuns(m_runs->records(1));
        QVERIFY(!pane(1).isWorking());
        QVERIFY(!pane(2).isVisible());
        press(pane(1));
        QVERIFY(pane(1).isWorking());
        waitFor(pane(1));
        const RunRecord run = m_runs->records(1).front();
        QCOMPARE(canvas(1).points().size(), std::size_t(run.dataset.testImages));
        QVERIFY(pane(1).findChild<QLabel *>(QStringLiteral("mapTitle"))->text().contains("epoch 3"));
    }

    void theMapMovesFromPcaToUmap() {
        m_view->showRuns(m_runs->records(1));
        MapPoints first;
        press(pane(1));
        QTRY_VERIFY_WITH_TIMEOUT(!canvas(1).points().empty(), patience);
        first = canvas(1).points();
        waitFor(pane(1));
        QVERIFY(first != canvas(1).points());
    }

    void theSameSeedGivesTheSameMap() {
        showMap();
        const MapPoints points = canvas(1).points();
        part<QSpinBox>("mapSeed").setValue(7);
        QTRY_VERIFY_WITH_TIMEOUT(!pane(1).isWorking() && !canvas(1).points().empty(), patience);
        waitFor(pane(1));
        QVERIFY(canvas(1).points() != points);
        part<QSpinBox>("mapSeed").setValue(0);
        waitFor(pane(1));
        QVERIFY(canvas(1).points() == points);
    }

    void stoppedMapsStay() {
        choose("mapSplit", QStringLiteral("all"));
        m_view->showRuns(m_runs->records(1));
        press(pane(1));
        QTRY_VERIFY_WITH_TIMEOUT(!canvas(1).points().empty(), patience);
        pane(1).findChild<QToolButton *>(QStringLiteral("stopMap"))->click();
        QVERIFY(!pane(1).isWorking());
        QVERIFY(!canvas(1).points().empty());
        QVERIFY(pane(1).findChild<QLabel *>(QStringLiteral("mapNote"))->text().contains("Cancelled"));
    }

    void stopLastsUntilTheUserStartsAgain() {
        m_view->showRuns(m_runs->records(1));
        press(pane(1));
        pane(1).findChild<QToolButton *>(QStringLiteral("stopMap"))->click();
        choose("mapSplit", QStringLiteral("train"));
        QVERIFY(!pane(1).isWorking());
    }

    void theRandomEncoderPredictsNothing() {
        RunRecord run = m_runs->records(1).front();
        FeatureRequest request;
        request.split = "test";
        const FeaturesPtr features = m_features->load(run, request, {});
        const auto isKnown = [](std::int32_t predicted) { return predicted >= 0; };
        QVERIFY(std::ranges::any_of(predictedClasses(run, *features), isKnown));
        std::erase_if(run.results, [&run](const Result &result) { return !isBaseline(run, result); });
        QVERIFY(!run.results.empty());
        QVERIFY(std::ranges::none_of(predictedClasses(run, *features), isKnown));
    }

    void coloursAndLegend() {
        showMap();
        auto &legend = part<MapLegend>("mapLegend");
        const DatasetReport &report = m_runs->shapes()->report();
        QCOMPARE(std::size_t(legend.count()), report.classNames.size());
        choose("mapColouring", int(MapColouring::Correctness));
        QVERIFY(legend.item(0)->text().startsWith(QStringLiteral("right")));
        QVERIFY(legend.item(1)->text().startsWith(QStringLiteral("wrong")));
        choose("mapColouring", int(MapColouring::Split));
        QCOMPARE(legend.count(), 1); // the test images
        choose("mapColouring", int(MapColouring::Class));
        legend.item(0)->setCheckState(Qt::Unchecked);
        QVERIFY(canvas(1).groups().groups[0].isHidden);
        QVERIFY(!canvas(1).groups().groups[1].isHidden);
    }

    void legendSelectsAClass() {
        showMap();
        auto &legend = part<MapLegend>("mapLegend");
        legend.setCurrentRow(1);
        QTest::keyClick(&legend, Qt::Key_Return);
        auto &gallery = part<ImageGallery>("selectionGallery");
        QCOMPARE(gallery.items().size(), canvas(1).groups().groups[1].count);
        for (const GalleryItem &item : gallery.items())
            QCOMPARE(item.label, 1);
    }

    void lassoSelectsInBothMaps() {
        choose("mapFeatures", int(MapSides::Both));
        showMap();
        waitFor(pane(2));
        QVERIFY(pane(2).isVisible());
        QCOMPARE(pane(2).featureKind(), FeatureKind::Z);
        lasso(canvas(1), canvas(1).rect().adjusted(2, 2, -canvas(1).width() / 2, -2));
        const std::size_t selected = part<ImageGallery>("selectionGallery").items().size();
        QVERIFY(selected > 0 && selected < canvas(1).points().size());
        const QString count = QLocale().toString(qulonglong(selected)) + QStringLiteral(" selected");
        QVERIFY(canvas(1).spokenValue().endsWith(count));
        QVERIFY(canvas(2).spokenValue().endsWith(count));
    }

    void theSecondMapStopsWhenItIsHidden() {
        choose("mapFeatures", int(MapSides::Both));
        m_view->showRuns(m_runs->records(1));
        press(pane(1));
        QVERIFY(pane(2).isWorking());
        choose("mapFeatures", int(MapSides::H));
        QVERIFY(!pane(2).isVisible());
        QVERIFY(!pane(2).isWorking());
        waitFor(pane(1));
    }

    void twoRunsSideBySide() {
        showMap(2);
        waitFor(pane(2));
        QCOMPARE(pane(2).run().id, RunId(2));
        QVERIFY(canvas(1).points() != canvas(2).points());
    }

    void checkpointsStartAtTheOneBefore() {
        showMap();
        auto &slider = *pane(1).findChild<QSlider *>(QStringLiteral("checkpointSlider"));
        QVERIFY(slider.isVisible());
        QCOMPARE(slider.value(), slider.maximum());
        const MapPoints last = canvas(1).points();
        slider.setValue(0);
        QVERIFY(pane(1).isWorking());
        waitFor(pane(1));
        QVERIFY(canvas(1).points() != last);
        QVERIFY(pane(1).findChild<QLabel *>(QStringLiteral("mapTitle"))->text().contains("epoch 2") ||
                pane(1).findChild<QLabel *>(QStringLiteral("mapTitle"))->text().contains("epoch 1"));
        slider.setValue(slider.maximum());
        waitFor(pane(1));
        QVERIFY(canvas(1).points() == last); // kept
    }

    void hoverShowsTheImage() {
        showMap();
        auto &text = *pane(1).findChild<QLabel *>(QStringLiteral("hoverText"));
        const QPoint place = canvas(1).transform().toPixels(canvas(1).points()[0]).toPoint();
        QTest::mouseMove(&canvas(1), place);
        QTRY_VERIFY(text.isVisible());
        QVERIFY(text.text().contains(QStringLiteral("test")));
        QVERIFY(text.text().contains(QStringLiteral("predicted: ")));
        QTest::mouseMove(&canvas(1), {1, 1});
        QTRY_VERIFY(!text.isVisible());
    }

    void selectionIsExported() {
        showMap();
        QTest::keyClick(&canvas(1), Qt::Key_A, Qt::ControlModifier);
        part<QAction>("exportTable").trigger();
        auto &dialog = part<QFileDialog>("selectionFile");
        const QString file = m_runs->folder().filePath(QStringLiteral("selection.csv"));
        Q_EMIT dialog.fileSelected(file);
        dialog.close();
        QTRY_VERIFY(QFileInfo::exists(file));
        const std::string text = readBytes(file.toStdString());
        QVERIFY(text.starts_with("index,file,split,label,prediction,x,y\n"));
        QCOMPARE(std::size_t(std::ranges::count(text, '\n')), canvas(1).points().size() + 1);
    }

    void selectedImagesAreLeftOutOfANewDataset() {
        showMap();
        part<MapLegend>("mapLegend").setCurrentRow(0);
        QTest::keyClick(&part<MapLegend>("mapLegend"), Qt::Key_Return);
        const std::size_t selected = part<ImageGallery>("selectionGallery").items().size();
        part<QAction>("exportOthers").trigger();
        auto &dialog = part<QFileDialog>("selectionFolder");
        const QString folder = m_runs->folder().filePath(QStringLiteral("others"));
        Q_EMIT dialog.fileSelected(folder);
        dialog.close();
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(folder), patience);
        const DatasetPtr written = openDataset(folder.toStdString());
        QCOMPARE(std::size_t(written->size()), m_runs->shapes()->size() - selected);
        QCOMPARE(written->report().classNames, m_runs->shapes()->report().classNames);
        part<QTabWidget>("mapSide").setCurrentIndex(1);
        QSignalSpy opened(m_view.get(), &MapView::openRequested);
        auto *open =
            m_view->findChild<SelectionPanel *>()->findChild<QPushButton *>(QStringLiteral("messageAction"));
        QTRY_VERIFY(open != nullptr && open->isVisible());
        open->click();
        QCOMPARE(opened.front().front().toString(), QStringLiteral("folder:") + folder);
    }

    void selectedImagesBecomeASelection() {
        showMap();
        part<MapLegend>("mapLegend").setCurrentRow(0);
        QTest::keyClick(&part<MapLegend>("mapLegend"), Qt::Key_Return);
        const std::size_t selected = part<ImageGallery>("selectionGallery").items().size();
        part<QAction>("leaveOutAsSelection").trigger();
        auto &dialog = part<QFileDialog>("selectionJsonFile");
        const QString file = m_runs->folder().filePath(QStringLiteral("without a class.json"));
        Q_EMIT dialog.fileSelected(file);
        dialog.close();
        part<QTabWidget>("mapSide").setCurrentIndex(1);
        QSignalSpy opened(m_view.get(), &MapView::openRequested);
        auto *open =
            m_view->findChild<SelectionPanel *>()->findChild<QPushButton *>(QStringLiteral("messageAction"));
        QTRY_VERIFY_WITH_TIMEOUT(open != nullptr && open->isVisible(), patience);
        open->click();
        const DatasetPtr rest = openDataset(opened.front().front().toString().toStdString());
        QCOMPARE(std::size_t(rest->size()), m_runs->shapes()->size() - selected);
    }

    void aClickListsTheNeighbours() {
        showMap();
        const QPoint place = canvas(1).transform().toPixels(canvas(1).points()[3]).toPoint();
        const std::uint32_t row = *canvas(1).rowAt(place);
        QTest::mouseClick(&canvas(1), Qt::LeftButton, {}, place);
        auto &gallery = part<ImageGallery>("neighbourGallery1");
        QTRY_COMPARE(gallery.items().size(), std::size_t(24));
        for (const GalleryItem &item : gallery.items())
            QVERIFY(item.sample != pane(1).images()->table().samples[row]);
        QVERIFY(gallery.heading().contains(QStringLiteral("of its class")));
    }

    void columnsOfAFileColour() {
        showMap();
        const QString file = m_runs->folder().filePath(QStringLiteral("columns.csv"));
        const std::uint32_t sample = pane(1).images()->table().samples[0];
        writeBytes(file.toStdString(), "index,who\n" + std::to_string(sample) + ",<b>me</b>\n");
        auto &colouring = part<QComboBox>("mapColouring");
        colouring.setCurrentIndex(colouring.count() - 1);
        auto &dialog = part<QFileDialog>("columnFile");
        Q_EMIT dialog.fileSelected(file);
        dialog.close();
        auto &legend = part<MapLegend>("mapLegend");
        QTRY_VERIFY(legend.item(0)->text().startsWith(QStringLiteral("<b>me</b> · 1")));
    }

    /// Those of the table that lists the images, without any file.
    void columnsOfTheImagesColour() {
        const auto folder = folderOf(m_runs->folder()) / "table";
        writeNoiseFolder(folder, 60, 16, 1);
        std::string table = "path,label,device\n";
        const std::array<const char *, 3> devices{"A", "A", "<i>B</i>"};
        for (std::size_t i = 0; i < 60; ++i)
            table += std::string(i < 10 ? "00" : "0") + std::to_string(i) + ".png," +
                     (i % 2 == 0 ? "even," : "odd,") + devices[i % 3] + "\n";
        writeBytes(folder / "images.csv", table);
        const DatasetPtr images = openDataset((folder / "images.csv").string());
        QCOMPARE(images->columnNames(), std::vector<std::string>{"device"});
        const auto database = folderOf(m_runs->folder()) / "table.sqlite";
        executeRun(tinyRunOf(40), images, database, {}, {});
        m_runs->images().add(images);
        m_view->showRuns({RunStore(database).runs().one(1)});
        choose("mapSplit", QStringLiteral("all"));
        press(pane(1));
        waitFor(pane(1));
        choose("mapColouring", QStringLiteral("device"));
        auto &legend = part<MapLegend>("mapLegend");
        QCOMPARE(legend.item(0)->text(), QStringLiteral("A · 40"));
        QCOMPARE(legend.item(1)->text(), QStringLiteral("<i>B</i> · 20"));
        showMap(); // of images without a column: by class again
        auto &colouring = part<QComboBox>("mapColouring");
        QCOMPARE(colouring.findData(QStringLiteral("device")), -1);
        QCOMPARE(colouring.currentIndex(), 0);
        QVERIFY(!legend.item(0)->text().startsWith(QStringLiteral("A ·")));
    }

    void problemsAreShown() {
        std::vector<RunRecord> runs = m_runs->records(1);
        runs[0].artifacts.clear();
        runs[0].id = 99;
        m_view->showRuns(runs);
        press(pane(1));
        auto *text = pane(1).findChild<QLabel *>(QStringLiteral("emptyText"));
        QTRY_VERIFY_WITH_TIMEOUT(text->text().contains(QStringLiteral("no checkpoint")), patience);
        QVERIFY(!pane(1).isWorking());
    }
};

SIMCLR_TEST(TestMapView, QApplication)
#include "tst_map_view.moc"
