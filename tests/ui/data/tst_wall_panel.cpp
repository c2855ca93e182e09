// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/wall/wall_panel.h"

#include "core/data/selected_dataset.h"
#include "core/data/stored_dataset.h"
#include "tests/support/test_images.h"
#include "ui/data/facts/histogram_bars.h"
#include "ui/data/wall/column_filter.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 20'000;

using Samples = std::vector<std::uint32_t>;

/// Of two classes, "s0", "s1", …; every third is of the device "B <b>", every tenth of none, the others of
/// "A".
std::shared_ptr<const MemoryDataset> imagesOf(std::uint32_t count, bool haveColumns = false) {
    DatasetReport report;
    report.title = "Images";
    report.source = "memory" + std::to_string(count);
    report.classNames = {"even", "odd"};
    report.inMemory = true;
    std::vector<SampleInfo> samples;
    std::vector<Image> images;
    SampleColumns columns(haveColumns ? std::vector<std::string>{"device", "fold"}
                                      : std::vector<std::string>());
    for (std::uint32_t i = 0; i < count; ++i) {
        samples.push_back({"s" + std::to_string(i), int(i % 2), false, i + 1});
        images.push_back(filledImage(i < 5 ? 20 : 60, 60, {int(i % 256), 100, 128}));
        if (haveColumns)
            columns.add({i % 10 == 0 ? "" : i % 3 == 0 ? "B <b>" : "A", "1"});
    }
    auto dataset = std::make_shared<MemoryDataset>(report, samples, images, "images" + std::to_string(count));
    dataset->setColumns(std::move(columns));
    return dataset;
}

struct Shown {
    DataStudy study;
    WallPanel panel{study};

    explicit Shown(const DatasetPtr &dataset) {
        study.setDataset(dataset);
        panel.resize(700, 400);
        panel.show();
        if (!shows(dataset->size()))
            qFatal("the images are not shown");
    }
    template <typename T>
    T &part(const char *name) {
        T *found = panel.findChild<T *>(QLatin1String(name));
        if (found == nullptr)
            qFatal("no %s", name);
        return *found;
    }
    ImageWall &wall() { return panel.wall(); }
    bool shows(std::size_t count) {
        return QTest::qWaitFor([&] { return wall().samples().size() == count; }, patience);
    }
    void choose(const char *box, int index) {
        auto &combo = part<QComboBox>(box);
        combo.setCurrentIndex(index);
        Q_EMIT combo.activated(index);
    }
};

} // namespace

class TestWallPanel : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_wall_panel"));
        theme::apply(*qApp, ThemeChoice::Light);
    }
    void init() { QSettings().clear(); }

    /// Its numbers are not those of the open images.
    void nothingIsRequestedOfImagesThatAreStillRead() {
        Shown shown(imagesOf(10));
        QSignalSpy preview(&shown.panel, &WallPanel::previewRequested);
        QSignalSpy leaveOut(&shown.panel, &WallPanel::leaveOutRequested);
        QSignalSpy keep(&shown.panel, &WallPanel::keepRequested);
        QSignalSpy current(&shown.panel, &WallPanel::currentChanged);
        shown.panel.setPreview(imagesOf(50));
        QVERIFY(shown.shows(50));
        shown.wall().selectSamples({40, 41});
        shown.wall().setCurrent(40);
        for (const char *action : {"wallPreview", "wallLeaveOut", "wallKeep"})
            shown.part<QAction>(action).trigger();
        QTest::keyClick(&shown.wall(), Qt::Key_Return);
        QCOMPARE(preview.count() + leaveOut.count() + keep.count(), 0);
        QVERIFY(current.count() > 0);
        for (const QList<QVariant> &arguments : current)
            QCOMPARE(arguments.front().toLongLong(), -1);
        QVERIFY(shown.part<QLabel>("wallDone").isVisible());
        shown.panel.setPreview(nullptr);
        QVERIFY(shown.shows(10));
        shown.wall().setCurrent(3);
        QCOMPARE(current.back().front().toLongLong(), 3);
        shown.part<QAction>("wallLeaveOut").trigger();
        QCOMPARE(leaveOut.count(), 1);
        QCOMPARE(leaveOut.front().front().value<Samples>(), Samples{3});
    }

    void returnShowsTheImageInDesign() {
        Shown shown(imagesOf(10));
        QSignalSpy preview(&shown.panel, &WallPanel::previewRequested);
        shown.wall().setCurrent(7);
        QTest::keyClick(&shown.wall(), Qt::Key_Return);
        QCOMPARE(preview.count(), 1);
        QCOMPARE(preview.front().front().value<Samples>(), Samples{7});
    }

    /// The size filter ends with what it compares with.
    void forgottenSizesEndTheirFilter() {
        Shown shown(imagesOf(10));
        shown.study.measure(true);
        QTRY_VERIFY_WITH_TIMEOUT(shown.study.statistics() != nullptr, patience);
        shown.choose("wallSize", 1);
        QVERIFY(shown.shows(5));
        TrainOptions options;
        options.imageSize = 10;
        shown.study.setOptions(options);
        QVERIFY(!shown.study.statistics());
        QCOMPARE(shown.part<QComboBox>("wallSize").currentIndex(), 0);
        QVERIFY(shown.shows(10));
    }

    void whatIsSelectedFromElsewhereIsShown() {
        Shown shown(imagesOf(10));
        shown.study.measure(true);
        QTRY_VERIFY_WITH_TIMEOUT(shown.study.statistics() != nullptr, patience);
        shown.choose("wallSize", 1);
        QVERIFY(shown.shows(5));
        shown.panel.showSelected({8, 9});
        QVERIFY(shown.shows(10));
        QCOMPARE(shown.wall().selection().samples(), (Samples{8, 9}));
        QCOMPARE(shown.wall().currentPosition(), 8);
    }

    void otherImagesEndAWaitingSelection() {
        Shown shown(imagesOf(10));
        shown.panel.showSelected({8, 9});
        shown.study.setDataset(imagesOf(12));
        QVERIFY(shown.shows(12));
        QCOMPARE(shown.wall().selection().count(), std::size_t(0));
    }

    void hiddenImagesAreNotCountedAsSelected() {
        Shown shown(imagesOf(10));
        shown.wall().selectSamples({0, 1, 2});
        QCOMPARE(shown.part<QLabel>("wallCount").text(), QStringLiteral("10 images · 3 selected"));
        shown.choose("wallClass", 1); // even
        QVERIFY(shown.shows(5));
        QCOMPARE(shown.part<QLabel>("wallCount").text(),
                 QStringLiteral("5 of 10 · 2 selected, 1 more not shown"));
        shown.wall().selectSamples({1});
        shown.wall().setCurrent(0);
        QVERIFY(shown.wall().chosen().empty()); // not the current one instead
    }

    void anotherSelectionKeepsThePlace() {
        const DatasetPtr all = imagesOf(2000);
        Shown shown(all);
        shown.wall().setCurrent(1500);
        shown.wall().setFirstVisible(1500);
        QTest::qWait(0);
        const int place = shown.wall().verticalScrollBar()->value();
        QVERIFY(place > 0);
        const Selection selection = leavingOut(*all, Samples{1500}, "rest");
        shown.study.setDataset(std::make_shared<const SelectedDataset>(all, selection, "selected"));
        QVERIFY(shown.shows(1999));
        const int moved = std::abs(shown.wall().verticalScrollBar()->value() - place);
        QVERIFY2(moved <= place / 100, qPrintable(QString::number(moved))); // a row of more than 200
        QCOMPARE(shown.wall().currentPosition(), 1500); // what followed it
        shown.study.setDataset(imagesOf(1000));
        QVERIFY(shown.shows(1000));
        QCOMPARE(shown.wall().verticalScrollBar()->value(), 0);
        QCOMPARE(shown.wall().currentPosition(), -1);
    }

    void columnsAreHiddenWithoutAny() {
        Shown shown(imagesOf(10));
        QVERIFY(!shown.part<QComboBox>("wallColumn").isVisible());
        shown.study.setDataset(imagesOf(20, true));
        QVERIFY(shown.part<QComboBox>("wallColumn").isVisible());
        QCOMPARE(shown.part<QComboBox>("wallColumn").count(), 3);
        QVERIFY(!shown.part<QComboBox>("wallColumnValue").isEnabled());
    }

    void filtersByAColumn() {
        Shown shown(imagesOf(20, true));
        auto &values = shown.part<QComboBox>("wallColumnValue");
        shown.choose("wallColumn", 1);
        QTRY_COMPARE_WITH_TIMEOUT(values.count(), 4, patience);
        QCOMPARE(values.itemText(1), QStringLiteral("A (12)"));
        QCOMPARE(values.itemText(2), QStringLiteral("B <b> (6)"));
        QCOMPARE(values.itemText(3), QStringLiteral("no value (2)"));
        shown.choose("wallColumnValue", 2);
        QVERIFY(shown.shows(6));
        QCOMPARE(shown.wall().samples().front(), 3u);
        shown.choose("wallClass", 1); // even as well
        QVERIFY(shown.shows(3));
        shown.choose("wallClass", 0);
        shown.choose("wallColumnValue", 3);
        QVERIFY(shown.shows(2));
        QCOMPARE(shown.wall().samples(), (Samples{0, 10}));
        shown.choose("wallColumn", 2); // another column: all of its values
        QVERIFY(shown.shows(20));
        QTRY_COMPARE_WITH_TIMEOUT(values.count(), 2, patience);
        shown.choose("wallColumnValue", 1);
        shown.choose("wallColumn", 0);
        QVERIFY(shown.shows(20));
        QVERIFY(!values.isEnabled());
    }

    void rareValuesAreLeftOut() {
        const auto images = imagesOf(20, true);
        const std::vector<CountedValue> values = valuesOfColumn(*images, "device", 2, {});
        QCOMPARE(values.size(), std::size_t(2));
        QCOMPARE(values.back().value, std::string("B <b>"));
        QCOMPARE(values.back().images, std::size_t(6));
    }

    /// With a few bars, too, which do not fill the width.
    void histogramsTellTheBarAtAPlace() {
        HistogramBars bars(QStringLiteral("Side"), 0, QStringLiteral(" px"));
        bars.resize(300, 100);
        QCOMPARE(bars.barAt({10, 50}), -1);
        bars.setBars({{1, 10, 5}, {11, 20, 6}, {21, 30, 7}});
        QCOMPARE(bars.barAt({39, 50}), 0);
        QCOMPARE(bars.barAt({41, 50}), 1);
        QCOMPARE(bars.barAt({119, 50}), 2);
        QCOMPARE(bars.barAt({121, 50}), -1);
        bars.setBars(std::vector<HistogramBar>(30));
        QCOMPARE(bars.barAt({299, 50}), 29);
    }
};

SIMCLR_TEST(TestWallPanel, QApplication)
#include "tst_wall_panel.moc"
