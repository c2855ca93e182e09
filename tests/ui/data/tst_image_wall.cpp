// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/wall/image_wall.h"

#include "core/data/stored_dataset.h"
#include "core/util/error.h"
#include "tests/support/test_images.h"
#include "ui/data/wall/wall_filter.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <atomic>
#include <numeric>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 20'000;

/// Any number of small images, each of one colour; counts how often they are decoded. Every 1000th is broken.
class ManyImages final : public ListedDataset {
  public:
    explicit ManyImages(std::uint32_t count) : ListedDataset(reportOf(), samplesOf(count), "many") {}

    Image image(std::uint32_t sample) const override {
        ++decoded;
        if (sample % 1000 == 999)
            throw IoError("image " + std::to_string(sample) + " is broken");
        return filledImage(20, 10, {int(sample % 256), int(sample / 256 % 256), 128});
    }

    mutable std::atomic<int> decoded = 0;

  private:
    static DatasetReport reportOf() {
        DatasetReport report;
        report.title = "Many";
        report.classNames = {"even", "odd"};
        return report;
    }
    static std::vector<SampleInfo> samplesOf(std::uint32_t count) {
        std::vector<SampleInfo> samples(count);
        for (std::uint32_t i = 0; i < count; ++i)
            samples[i] = {"s" + std::to_string(i), int(i % 2), i % 5 == 0, 0};
        return samples;
    }
};

ImageWall::Samples allOf(const Dataset &dataset) {
    auto samples = std::make_shared<std::vector<std::uint32_t>>(dataset.size());
    std::iota(samples->begin(), samples->end(), 0U);
    return samples;
}

/// A wall of 600 × 400 pixels.
struct Shown {
    std::shared_ptr<const ManyImages> images;
    ImageWall wall;

    explicit Shown(std::uint32_t count) : images(std::make_shared<const ManyImages>(count)) {
        wall.setDataset(images);
        wall.setSamples(allOf(*images));
        wall.resize(600, 400);
        wall.show();
        wall.setFocus();
    }
    bool isLoaded(std::uint32_t sample) {
        return QTest::qWaitFor([&] { return wall.tiles().tile(sample) != nullptr; }, patience);
    }
    QPoint middleOf(int position) const {
        return wall.layoutOfTiles().tile(position).center() - QPoint(0, wall.verticalScrollBar()->value());
    }
    void click(int position, Qt::KeyboardModifiers modifiers = Qt::NoModifier,
               Qt::MouseButton button = Qt::LeftButton) {
        QTest::mouseClick(wall.viewport(), button, modifiers, middleOf(position));
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(&wall, key, modifiers);
    }
    std::vector<std::uint32_t> selected() const { return wall.selection().samples(); }
};

using Samples = std::vector<std::uint32_t>;

} // namespace

class TestImageWall : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_image_wall"));
        theme::apply(*qApp, ThemeChoice::Light);
    }

    void placesAreComputed() {
        const WallLayout layout = WallLayout::fit(600, 96, 1'000'000);
        QCOMPARE(layout.columns, 5);
        QCOMPARE(layout.rows(), 200'000);
        for (const int position : {0, 4, 5, 777, 999'999}) {
            QCOMPARE(layout.positionAt(layout.tile(position).center()), position);
            const auto [first, last] =
                layout.between(layout.tile(position).top(), layout.tile(position).top());
            QVERIFY(first <= position && position < last && last - first == 5);
        }
        QCOMPARE(layout.positionAt({599, 50}), -1); // beside the last column
        QCOMPARE(layout.positionAt(layout.tile(0).bottomRight() + QPoint(2, 2)), -1); // between tiles
        QCOMPARE(WallLayout::fit(10, 96, 3).columns, 1);
        QCOMPARE(WallLayout::fit(600, 96, 0).height(), WallLayout::gap);
    }

    /// Of a million images only those that are visible are decoded, wherever the wall is scrolled to.
    void decodesOnlyWhatIsVisible() {
        Shown shown(1'000'000);
        QVERIFY(shown.isLoaded(0));
        shown.wall.verticalScrollBar()->setValue(shown.wall.verticalScrollBar()->maximum());
        QVERIFY(shown.isLoaded(999'998));
        const WallLayout &layout = shown.wall.layoutOfTiles();
        const int visible = (400 / layout.pitch() + 2) * layout.columns;
        QVERIFY2(shown.images->decoded < 5 * visible, qPrintable(QString::number(shown.images->decoded)));
        QVERIFY(shown.wall.tiles().tile(500'000) == nullptr);
    }

    void memoryIsBounded() {
        const auto images = std::make_shared<const ManyImages>(2000);
        TileLoader loader(qint64{1} << 20);
        loader.setDataset(images);
        loader.setSide(64, 1);
        QSignalSpy loaded(&loader, &TileLoader::loaded);
        Samples some(300);
        std::iota(some.begin(), some.end(), 0U);
        loader.want(some);
        QTRY_VERIFY_WITH_TIMEOUT(loader.tile(299) != nullptr, patience);
        QVERIFY(loader.keptBytes() <= qint64{1} << 20);
        QVERIFY(loader.tile(0) == nullptr); // the oldest has made room
    }

    void whatWasAskedForLastIsLoadedFirst() {
        const auto images = std::make_shared<const ManyImages>(100'000);
        TileLoader loader;
        loader.setDataset(images);
        loader.setSide(32, 1);
        Samples many(90'000);
        std::iota(many.begin(), many.end(), 0U);
        loader.want(many);
        loader.want({99'990, 99'991});
        QTRY_VERIFY_WITH_TIMEOUT(loader.tile(99'991) != nullptr, patience);
        QVERIFY(images->decoded < 90'000); // the rest was forgotten
    }

    void brokenImagesSayWhy() {
        Shown shown(1000);
        shown.wall.setCurrent(999);
        QVERIFY(shown.isLoaded(999));
        QVERIFY(shown.wall.tiles().tile(999)->pixmap.isNull());
        QVERIFY(shown.wall.tiles().tile(999)->problem.contains(QStringLiteral("999 is broken")));
    }

    void tilesKeepTheAspectRatio() {
        Shown shown(10);
        QVERIFY(shown.isLoaded(3));
        const TileLoader::Tile &tile = *shown.wall.tiles().tile(3);
        QCOMPARE(tile.size.width, 20);
        QCOMPARE(tile.pixmap.width(), shown.wall.side());
        QCOMPARE(tile.pixmap.height(), shown.wall.side() / 2);
        QCOMPARE(tile.pixmap.toImage().pixelColor(5, 5), QColor(3, 0, 128));
    }

    void mouseSelects() {
        Shown shown(100);
        QSignalSpy changed(&shown.wall, &ImageWall::selectionChanged);
        shown.click(2);
        QCOMPARE(shown.selected(), Samples{2});
        shown.click(4, Qt::ShiftModifier);
        QCOMPARE(shown.selected(), (Samples{2, 3, 4}));
        shown.click(8, Qt::ControlModifier);
        shown.click(3, Qt::ControlModifier);
        QCOMPARE(shown.selected(), (Samples{2, 4, 8}));
        shown.click(4, Qt::NoModifier, Qt::RightButton); // for the menu of all of them
        QCOMPARE(shown.selected(), (Samples{2, 4, 8}));
        shown.click(5, Qt::NoModifier, Qt::RightButton);
        QCOMPARE(shown.selected(), Samples{5});
        QVERIFY(changed.count() >= 5);
        QTest::mouseClick(shown.wall.viewport(), Qt::LeftButton, {}, {1, 1});
        QVERIFY(shown.selected().empty());
    }

    void draggingSelectsARange() {
        Shown shown(100);
        QTest::mousePress(shown.wall.viewport(), Qt::LeftButton, {}, shown.middleOf(1));
        QMouseEvent move(QEvent::MouseMove, shown.middleOf(3),
                         shown.wall.viewport()->mapToGlobal(shown.middleOf(3)), Qt::NoButton, Qt::LeftButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(shown.wall.viewport(), &move);
        QTest::mouseRelease(shown.wall.viewport(), Qt::LeftButton, {}, shown.middleOf(3));
        QCOMPARE(shown.selected(), (Samples{1, 2, 3}));
    }

    void keysMoveAndSelect() {
        Shown shown(1000);
        const int columns = shown.wall.layoutOfTiles().columns;
        shown.press(Qt::Key_Right);
        QCOMPARE(shown.wall.currentPosition(), 0);
        shown.press(Qt::Key_Down);
        QCOMPARE(shown.wall.currentPosition(), columns);
        QCOMPARE(shown.selected(), Samples{std::uint32_t(columns)});
        shown.press(Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(shown.selected().size(), std::size_t(2));
        shown.press(Qt::Key_Right, Qt::ControlModifier); // moves only
        QCOMPARE(shown.selected().size(), std::size_t(2));
        shown.press(Qt::Key_Space);
        QCOMPARE(shown.selected().size(), std::size_t(3));
        shown.press(Qt::Key_End);
        QCOMPARE(shown.wall.currentPosition(), 999);
        QVERIFY(shown.wall.viewport()->rect().contains(shown.middleOf(999)));
        shown.press(Qt::Key_Down);
        QCOMPARE(shown.wall.currentPosition(), 999);
        shown.press(Qt::Key_PageUp);
        QVERIFY(shown.wall.currentPosition() < 999 - columns);
        shown.press(Qt::Key_Home);
        QCOMPARE(shown.wall.verticalScrollBar()->value(), 0);
        shown.press(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(shown.selected().size(), std::size_t(1000));
        shown.press(Qt::Key_Escape);
        QVERIFY(shown.selected().empty());
        QSignalSpy activated(&shown.wall, &ImageWall::activated);
        shown.press(Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
    }

    void emptyWallIgnoresKeys() {
        ImageWall wall;
        wall.show();
        for (const Qt::Key key : {Qt::Key_End, Qt::Key_Down, Qt::Key_Space, Qt::Key_Return, Qt::Key_PageDown})
            QTest::keyClick(&wall, key);
        QCOMPARE(wall.currentPosition(), -1);
        QVERIFY(wall.chosen().empty());
    }

    void sizeChangesKeepThePlace() {
        Shown shown(100'000);
        shown.wall.verticalScrollBar()->setValue(shown.wall.verticalScrollBar()->maximum() / 2);
        const auto middle = [&] {
            const int center = shown.wall.verticalScrollBar()->value() + 200;
            return shown.wall.layoutOfTiles().between(center, center).first;
        };
        const int before = middle();
        shown.press(Qt::Key_Plus);
        QVERIFY(shown.wall.side() > 88);
        QVERIFY(std::abs(middle() - before) <= 2 * shown.wall.layoutOfTiles().columns);
        shown.wall.setSide(5000);
        QCOMPARE(shown.wall.side(), ImageWall::largestSide);
        shown.wall.setSide(1);
        QCOMPARE(shown.wall.side(), ImageWall::smallestSide);
        QVERIFY(std::abs(middle() - before) <= 4 * shown.wall.layoutOfTiles().columns);
    }

    void filterKeepsCurrentAndSelection() {
        Shown shown(100);
        shown.click(6);
        shown.click(7, Qt::ControlModifier);
        const FilteredImages images{shown.images, nullptr, nullptr, 32};
        WallFilter filter;
        filter.label = 1;
        shown.wall.setSamples(std::make_shared<const Samples>(matchingSamples(images, filter, {})));
        QCOMPARE(shown.wall.samples().size(), std::size_t(50));
        QCOMPARE(shown.wall.samples()[std::size_t(shown.wall.currentPosition())], 7u);
        QCOMPARE(shown.wall.chosen(), Samples{7}); // the other one is not shown
        QCOMPARE(shown.selected(), (Samples{6, 7}));
        shown.wall.setSamples(std::make_shared<const Samples>());
        QCOMPARE(shown.wall.currentPosition(), -1);
    }

    void filtersByEverything() {
        const auto many = std::make_shared<const ManyImages>(50);
        auto splits = std::make_shared<StudiedSplits>();
        auto statistics = std::make_shared<ImageStatistics>();
        statistics->unreadable = {3};
        for (std::uint32_t i = 0; i < 50; ++i) {
            splits->splitOfEach.push_back(many->isTestSample(i) ? ImageSplit::Test : ImageSplit::Train);
            statistics->sizes.push_back(i == 3 ? ImageSize{} : ImageSize{int(20 + i), 100});
        }
        const FilteredImages images{many, splits, statistics, 32};
        const auto count = [&](const WallFilter &filter) {
            return matchingSamples(images, filter, {}).size();
        };
        WallFilter filter;
        QCOMPARE(count(filter), std::size_t(50));
        filter.split = ImageSplit::Test;
        QCOMPARE(count(filter), std::size_t(10));
        filter.label = 0;
        QCOMPARE(count(filter), std::size_t(5));
        filter.text = QStringLiteral("S3");
        QCOMPARE(count(filter), std::size_t(1)); // s30
        filter = {};
        filter.size = WallFilter::Size::Smaller;
        QCOMPARE(count(filter), std::size_t(11)); // 20 to 31 pixels, without the unreadable one
        filter.size = WallFilter::Size::Larger;
        QCOMPARE(count(filter), std::size_t(38));
        filter.size = WallFilter::Size::Unreadable;
        QCOMPARE(matchingSamples(images, filter, {}), Samples{3});
        QVERIFY(matchingSamples({many, nullptr, nullptr, 32}, filter, {}).empty());
    }

    void isSpoken() {
        Shown shown(10);
        shown.wall.setDescription(
            [](std::uint32_t sample, const ImageSize &) { return QStringLiteral("image %1").arg(sample); });
        installAccessibleInterfaces();
        QAccessibleInterface &seen = *QAccessible::queryAccessibleInterface(&shown.wall);
        QVERIFY(!seen.text(QAccessible::Name).isEmpty());
        QVERIFY(seen.text(QAccessible::Value).contains(QStringLiteral("10")));
        shown.click(4);
        QVERIFY2(seen.text(QAccessible::Value).contains(QStringLiteral("image 4, selected")),
                 qPrintable(seen.text(QAccessible::Value)));
    }
};

SIMCLR_TEST(TestImageWall, QApplication)
#include "tst_image_wall.moc"
