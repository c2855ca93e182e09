// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/view_renderer.h"
#include "core/image/codec.h"
#include "tests/support/test_images.h"
#include "tests/ui/design/design_fixture.h"
#include "ui/design/preview/comparison_picker.h"
#include "ui/design/preview/preview_film.h"
#include "ui/design/preview/preview_images.h"
#include "ui/design/preview/preview_panel.h"
#include "ui/design/preview/preview_sheet.h"

#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QSettings>
#include <QSignalSpy>
#include <QToolButton>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

class TestPreviewPanel : public QObject {
    Q_OBJECT

    struct Fixture {
        Workspace workspace{"/nowhere/runs.sqlite"};
        PipelineDocument document;
        std::unique_ptr<PreviewPanel> panel;

        Fixture() {
            document.loadPreset(pipelinePresets().at(1));
            openImages(workspace);
            panel = std::make_unique<PreviewPanel>(workspace, document);
            showActive(*panel, {700, 620});
        }
        PreviewGrid &grid() const { return *panel->findChild<PreviewGrid *>(); }
        PreviewPtr preview() const { return grid().preview(); }
        template <typename IsSo>
        PreviewPtr when(IsSo isSo) const {
            return QTest::qWaitFor([&] { return preview() && isSo(*preview()); }, 30'000) ? preview()
                                                                                          : nullptr;
        }
        PreviewPtr in(PreviewMode mode) const {
            return when([&](const Preview &shown) {
                return shown.request.mode == mode && shown.request.pipeline == document.pipeline();
            });
        }
        void press(const char *button) const {
            panel->findChild<QToolButton *>(QLatin1String(button))->click();
        }
        void paste(const QColor &color) const {
            QImage picture(30, 20, QImage::Format_RGB32);
            picture.fill(color);
            QGuiApplication::clipboard()->setImage(picture);
            panel->findChild<PreviewImages *>()->paste();
        }
        QString told() const {
            auto *message = panel->findChild<QWidget *>(QStringLiteral("previewMessage"));
            return message->isVisible() ? message->findChild<QLabel *>(QStringLiteral("messageText"))->text()
                                        : QString();
        }
        bool drop(const QStringList &files) const {
            QMimeData data;
            QList<QUrl> urls;
            for (const QString &file : files)
                urls.append(QUrl::fromLocalFile(file));
            data.setUrls(urls);
            QDragEnterEvent enter(QPoint(50, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            enter.ignore();
            QCoreApplication::sendEvent(panel.get(), &enter);
            if (!enter.isAccepted())
                return false;
            QDropEvent drop(QPointF(50, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(panel.get(), &drop);
            return true;
        }
    };

  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-test"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_preview_panel"));
        QSettings().clear();
    }

    void filmstripEndsInTheViewOfTraining() {
        const Fixture fixture;
        fixture.press("previewFilmstripButton");
        const PreviewPtr preview = fixture.in(PreviewMode::Filmstrip);
        QVERIFY(preview);
        const auto *strip = fixture.panel->findChild<PreviewFilm *>();
        QVERIFY(strip->isVisible());
        QCOMPARE(strip->cell(0, 4).top(), strip->cell(0, 0).top()); // one view per row, both visible
        QVERIFY(strip->cell(0, 4).right() <= strip->width());
        QVERIFY(strip->cell(1, 0).bottom() <= strip->parentWidget()->height());
        const PreviewTile &tile = preview->tiles.at(preview->request.focus);
        const ViewRenderer renderer(fixture.document.pipeline(), preview->request.viewSize);
        for (const int view : {0, 1}) {
            const std::vector<FilmFrame> &film = preview->film[std::size_t(view)];
            QCOMPARE(film.size(), fixture.document.pipeline().steps.size());
            QCOMPARE(film.front().title, QStringLiteral("Random resized crop"));
            QVERIFY(film.front().isApplied && !film.front().sampled.isEmpty());
            Image expected;
            renderer.render(fixture.workspace.dataset()->image(tile.sample),
                            {preview->request.seed, preview->request.epoch, tile.sample, std::uint16_t(view)},
                            expected);
            QVERIFY(film.back().after == expected);
        }
    }

    void sheetDrawsTheEpochsThatFollow() {
        const Fixture fixture;
        fixture.press("previewSheetButton");
        const PreviewPtr preview = fixture.when([&](const Preview &shown) {
            return shown.request.mode == PreviewMode::Sheet &&
                   shown.sheet.size() == fixture.panel->findChild<PreviewSheet *>()->draws();
        });
        QVERIFY(preview);
        QVERIFY(preview->sheet.size() >= 10);
        const PreviewTile &tile = preview->tiles.at(preview->request.focus);
        const ViewRenderer renderer(fixture.document.pipeline(), preview->request.viewSize);
        Image expected;
        renderer.render(fixture.workspace.dataset()->image(tile.sample),
                        {preview->request.seed, preview->request.epoch + 3, tile.sample, 1}, expected);
        QVERIFY(preview->sheet[7] == expected);
    }

    void comparisonIsOfTheSameDraws() {
        Fixture fixture;
        fixture.press("previewComparisonButton");
        const PreviewPtr same = fixture.in(PreviewMode::Comparison);
        QVERIFY(same);
        for (const PreviewTile &tile : same->tiles)
            QVERIFY(tile.first == tile.otherFirst && tile.second == tile.otherSecond);
        auto *picker = fixture.panel->findChild<ComparisonPicker *>();
        picker->setCurrentIndex(picker->findText(QStringLiteral("Crop only")));
        Q_EMIT picker->activated(picker->currentIndex());
        const PreviewPtr other = fixture.when(
            [&](const Preview &shown) { return shown.request.other == pipelineByName("crop-only"); });
        QVERIFY2(other, qPrintable(picker->currentText()));
        const ViewRenderer renderer(pipelineByName("crop-only"), other->request.viewSize);
        const PreviewTile &tile = other->tiles.front();
        Image expected;
        renderer.render(fixture.workspace.dataset()->image(tile.sample),
                        {other->request.seed, other->request.epoch, tile.sample, 0}, expected);
        QVERIFY(tile.otherFirst == expected);
        QVERIFY(tile.first != tile.otherFirst);
    }

    void dividerFollowsThePointer() {
        const Fixture fixture;
        fixture.press("previewComparisonButton");
        QVERIFY(fixture.in(PreviewMode::Comparison));
        fixture.press("comparisonDivider");
        PreviewGrid &grid = fixture.grid();
        const PreviewLayout layout(int(fixture.preview()->tiles.size()), grid.size());
        const QRect view = layout.picture(0, 1);
        QTest::mouseMove(&grid, QPoint(view.left() + view.width() / 4, view.center().y()));
        QVERIFY2(std::abs(grid.divider() - 0.25) < 0.05, qPrintable(QString::number(grid.divider())));
    }

    void theChosenPictureIsLookedAtCloser() {
        const Fixture fixture;
        QVERIFY(fixture.in(PreviewMode::Grid));
        QSignalSpy chosen(fixture.panel.get(), &PreviewPanel::imageChosen);
        QTest::keyClick(&fixture.grid(), Qt::Key_Right);
        QTest::keyClick(&fixture.grid(), Qt::Key_Right);
        QCOMPARE(chosen.count(), 2);
        QTest::keyClick(&fixture.grid(), Qt::Key_Return);
        const PreviewPtr film = fixture.in(PreviewMode::Filmstrip);
        QVERIFY(film);
        QCOMPARE(film->request.focus, std::size_t{2});
        fixture.press("nextImage");
        QVERIFY(fixture.when([](const Preview &shown) { return shown.request.focus == 3; }));
    }

    void drawsGoForthAndBackAndElsewhere() {
        const Fixture fixture;
        QVERIFY(fixture.in(PreviewMode::Grid));
        const std::uint64_t seed = fixture.panel->seed();
        fixture.panel->newSample();
        QVERIFY(fixture.when([](const Preview &shown) { return shown.request.epoch == 1; }));
        fixture.panel->previousSample();
        QVERIFY(fixture.when([](const Preview &shown) { return shown.request.epoch == 0; }));
        QCOMPARE(fixture.panel->seed(), seed);
        fixture.press("lockSeed");
        fixture.panel->newSample();
        QVERIFY(fixture.panel->seed() != seed);
        QVERIFY(fixture.when([](const Preview &shown) { return shown.request.epoch == 0; }));
        fixture.panel->previousSample();
        QCOMPARE(fixture.panel->seed(), seed);
    }

    void droppedPicturesTakeThePlaceOfTheDatasets() {
        const Fixture fixture;
        QVERIFY(fixture.in(PreviewMode::Grid));
        const QTemporaryDir folder;
        writePng(noiseImage(1, 1, 3), folderOf(folder) / "dot.png");
        writePng(noiseImage(40, 25, 4), folderOf(folder) / "small.png");
        writeBytes(folderOf(folder) / "notes.txt", "no picture");
        writeBytes(folderOf(folder) / "broken.png", "no picture either");
        QVERIFY(fixture.drop({folder.filePath("dot.png"), folder.filePath("small.png"),
                              folder.filePath("notes.txt"), folder.filePath("broken.png")}));
        const PreviewPtr own =
            fixture.when([](const Preview &shown) { return shown.request.own != nullptr; });
        QVERIFY(own);
        QVERIFY2(fixture.told().contains(QStringLiteral("notes.txt")), qPrintable(fixture.told()));
        QCOMPARE(own->tiles.size(), std::size_t{3});
        QCOMPARE(own->tiles[0].first.width(), own->request.viewSize); // a crop of one pixel
        QCOMPARE(own->tiles[1].caption, QStringLiteral("small.png"));
        QVERIFY(own->tiles[2].problem.contains(QStringLiteral("broken.png")));
        fixture.panel->findChild<PreviewImages *>()->backToDataset();
        QVERIFY(fixture.when([](const Preview &shown) { return !shown.request.own; }));
    }

    void folderOrPipelineIsLeftToTheWindow() {
        const Fixture fixture;
        const QTemporaryDir folder;
        QVERIFY(!fixture.drop({folder.path()}));
        QVERIFY(!fixture.drop({folder.filePath("pipeline.json")}));
    }

    void pasteTellsWhereThereIsNoPicture() {
        const Fixture fixture;
        QGuiApplication::clipboard()->setText(QStringLiteral("words"));
        fixture.panel->findChild<PreviewImages *>()->paste();
        QVERIFY(fixture.told().contains(QStringLiteral("clipboard")));
        fixture.paste(QColor(200, 30, 60));
        const PreviewPtr own =
            fixture.when([](const Preview &shown) { return shown.request.own != nullptr; });
        QVERIFY(own);
        QCOMPARE(own->tiles.size(), std::size_t{1});
        QCOMPARE(int(own->tiles[0].original.row(5)[0]), 200);
        QCOMPARE(own->tiles[0].originalSize.width, 30);
    }

    void fewerPicturesThanBefore_data() {
        QTest::addColumn<QString>("button");
        QTest::newRow("filmstrip") << "previewFilmstripButton";
        QTest::newRow("sheet") << "previewSheetButton";
    }
    void fewerPicturesThanBefore() {
        QFETCH(QString, button);
        const Fixture fixture;
        QVERIFY(fixture.in(PreviewMode::Grid));
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(&fixture.grid(), Qt::Key_Right);
        fixture.press(qPrintable(button));
        QVERIFY(fixture.when([](const Preview &shown) { return shown.request.focus == 5; }));
        fixture.paste(QColor(200, 30, 60));
        const PreviewPtr own =
            fixture.when([](const Preview &shown) { return shown.request.own != nullptr; });
        QVERIFY(own);
        QCOMPARE(own->request.focus, std::size_t{0});
        QVERIFY(!own->film[0].empty() || !own->sheet.empty());
        QCOMPARE(fixture.grid().chosen(), 0);
    }

    void comparisonFollowsWhatWasSaved() {
        Fixture fixture;
        const QTemporaryDir folder;
        fixture.press("previewComparisonButton");
        fixture.document.setStepProbability(0, 0.5);
        const Pipeline edited = fixture.document.pipeline();
        QVERIFY(fixture.when([&](const Preview &shown) {
            return shown.request.pipeline == edited && shown.request.other != edited;
        }));
        fixture.document.save(folderOf(folder) / "edited.json");
        QVERIFY(fixture.when([&](const Preview &shown) { return shown.request.other == edited; }));
    }

    void tellsWhichOfTheDatasetsPicturesIsChosen() {
        const Fixture fixture;
        QVERIFY(fixture.in(PreviewMode::Grid));
        QSignalSpy chosen(fixture.panel.get(), &PreviewPanel::sampleChosen);
        QTest::keyClick(&fixture.grid(), Qt::Key_Right);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.front().front().toUInt(), fixture.preview()->tiles[1].sample);
        fixture.paste(Qt::green);
        QVERIFY(fixture.when([](const Preview &shown) { return shown.request.own != nullptr; }));
        QCOMPARE(chosen.count(), 1); // own images are not in the dataset
    }

    /// The images that are shown first, while the folder is read, stay.
    void aFolderIsSeenBeforeItIsRead() {
        Fixture fixture;
        QVERIFY(fixture.in(PreviewMode::Grid));
        const QTemporaryDir folder;
        writePng(noiseImage(900, 900, 3), folderOf(folder) / "0.png");
        for (int i = 1; i < 120; ++i) // slow to read, so that twelve of them are rendered in the meantime
            std::filesystem::create_hard_link(folderOf(folder) / "0.png",
                                              folderOf(folder) / (std::to_string(i) + ".png"));
        writeBytes(folderOf(folder) / "000.png", "no picture");
        DatasetPtr look;
        connect(&fixture.workspace, &Workspace::openingPreviewChanged, fixture.panel.get(),
                [&] { look = fixture.workspace.openingPreview(); });
        std::vector<PreviewPtr> seen;
        connect(fixture.panel->findChild<PreviewRenderer *>(), &PreviewRenderer::rendered,
                fixture.panel.get(), [&](const PreviewPtr &preview) { seen.push_back(preview); });
        fixture.workspace.openSource(folder.path());
        const auto isRead = [&] {
            return look && fixture.workspace.dataset()->report().kind == "folder" && fixture.preview() &&
                   fixture.preview()->request.dataset == fixture.workspace.dataset();
        };
        QVERIFY(QTest::qWaitFor(isRead, 60'000));
        QVERIFY(!seen.empty() && seen.front()->request.dataset == look);
        const auto namesOf = [](const PreviewPtr &preview) {
            QSet<QString> names;
            for (const PreviewTile &tile : preview->tiles)
                names.insert(tile.name);
            return names;
        };
        const QSet<QString> gone = namesOf(seen.front()) - namesOf(fixture.preview());
        QVERIFY(gone.isEmpty() || gone == QSet<QString>{QStringLiteral("000.png")}); // the broken image
        QCOMPARE(look->size(), fixture.workspace.dataset()->size() + 1);
    }

    /// Without a previous dataset, nothing stays visible of a dataset that cannot be opened.
    void aLookThatEndsIsForgotten() {
        Workspace workspace("/nowhere/runs.sqlite");
        PipelineDocument document;
        document.loadPreset(pipelinePresets().at(1));
        PreviewPanel panel(workspace, document);
        showActive(panel, {700, 620});
        const QTemporaryDir folder;
        writeNoiseFolder(folderOf(folder), 40, 300, 3);
        QSignalSpy over(&workspace, &Workspace::openingFailed);
        connect(&workspace, &Workspace::openingPreviewChanged, &workspace, [&] {
            if (workspace.openingPreview()) // its views were requested
                QMetaObject::invokeMethod(&workspace, &Workspace::cancelOpening, Qt::QueuedConnection);
        });
        workspace.openSource(folder.path());
        QVERIFY(over.wait(30'000));
        QTest::qWait(500);
        QVERIFY(!panel.findChild<PreviewGrid *>()->isVisible());
    }

    /// A problem of the pipeline is also reported for other images.
    void problemsStayWithOtherPictures() {
        Fixture fixture;
        Pipeline pipeline = fixture.document.pipeline();
        PipelineStep unknown{"vortex"};
        unknown.foreign = Json{{"operation", "vortex"}};
        pipeline.steps.push_back(unknown);
        fixture.document.replace(pipeline);
        const auto isTold = [&] { return fixture.told().contains(QStringLiteral("vortex")); };
        QVERIFY(QTest::qWaitFor(isTold, 30'000));
        fixture.paste(Qt::green);
        QVERIFY(fixture.when([](const Preview &shown) { return shown.request.own != nullptr; }));
        QVERIFY2(isTold(), qPrintable(fixture.told()));
    }

    void pastedPictureIsNoFailure() {
        const Fixture fixture;
        fixture.paste(Qt::green);
        QVERIFY2(fixture.told().isEmpty(), qPrintable(fixture.told()));
    }

    /// The document's pipeline and the reference are shown by their names, which always differ.
    void comparisonNamesBothPipelines() {
        Fixture fixture;
        auto *picker = fixture.panel->findChild<ComparisonPicker *>();
        const auto choose = [&](const QString &text) {
            picker->setCurrentIndex(picker->findText(text));
            Q_EMIT picker->activated(picker->currentIndex());
        };
        const auto titles = [&](const char *left, const char *right) {
            const QStringList expected{QStringLiteral("original"), QString::fromLatin1(left),
                                       QString::fromLatin1(right)};
            return QTest::qWaitFor([&] { return fixture.grid().titles() == expected; }, 30'000);
        };
        fixture.press("previewComparisonButton");
        QVERIFY(fixture.in(PreviewMode::Comparison));
        QVERIFY(titles("SimCLR (CIFAR-10)", "SimCLR (CIFAR-10), as opened or saved"));
        choose(QStringLiteral("Crop only"));
        QVERIFY(titles("SimCLR (CIFAR-10)", "Crop only"));
        choose(QStringLiteral("SimCLR (CIFAR-10)"));
        QVERIFY(titles("SimCLR (CIFAR-10)", "SimCLR (CIFAR-10), preset"));
        fixture.document.setStepProbability(0, 0.5);
        QVERIFY(titles("SimCLR (CIFAR-10), edited", "SimCLR (CIFAR-10)"));
        const auto *row = fixture.panel->findChild<QLabel *>(QStringLiteral("comparedTitle"));
        QVERIFY(row->isVisible());
        QCOMPARE(row->text(), QStringLiteral("SimCLR (CIFAR-10), edited"));
        fixture.document.rename({});
        QVERIFY(titles("a pipeline without a name, edited", "SimCLR (CIFAR-10)"));
        const QTemporaryDir folder;
        fixture.document.rename(QStringLiteral("mine"));
        fixture.document.save(folderOf(folder) / "mine.json");
        QVERIFY(titles("mine", "SimCLR (CIFAR-10)"));
        fixture.press("comparisonDivider");
        QVERIFY(row->isVisible()); // the columns then show the views
        QCOMPARE(fixture.grid().titles().at(1), QStringLiteral("view 1"));
    }

    void comparisonNamesTheFile() {
        Fixture fixture;
        const QTemporaryDir folder;
        writePipeline(fixture.document.pipeline(), folderOf(folder) / "copy.json");
        fixture.press("previewComparisonButton");
        auto *picker = fixture.panel->findChild<ComparisonPicker *>();
        picker->setCurrentIndex(picker->count() - 1);
        Q_EMIT picker->activated(picker->currentIndex());
        auto *dialog =
            fixture.panel->window()->findChild<QFileDialog *>(QStringLiteral("comparedFileDialog"));
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(folder.filePath("copy.json"));
        dialog->close();
        QTRY_COMPARE(fixture.grid().titles().last(), QStringLiteral("SimCLR (CIFAR-10), copy.json"));
        QCOMPARE(picker->currentText(), QStringLiteral("SimCLR (CIFAR-10) (copy.json)"));
    }

    void smallerPicturesAreSmallerAndMore_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("usual") << QSize(700, 620);
        QTest::newRow("wide") << QSize(1400, 500);
        QTest::newRow("narrow") << QSize(460, 700);
    }
    void smallerPicturesAreSmallerAndMore() {
        QFETCH(QSize, size);
        const Fixture fixture;
        fixture.panel->resize(size);
        QVERIFY(fixture.in(PreviewMode::Grid));
        const PreviewGrid &grid = fixture.grid();
        int side = grid.side();
        const int visible = grid.visible();
        for (int step = 0; step < 3; ++step) {
            fixture.press("zoomOut");
            QVERIFY2(grid.side() < side, qPrintable(QString::number(grid.side())));
            side = grid.side();
        }
        QTRY_VERIFY(grid.visible() >= 2 * visible);
        for (int step = 0; step < 3; ++step) {
            fixture.press("zoomIn");
            QVERIFY(grid.side() > side);
            side = grid.side();
        }
        QTRY_COMPARE(grid.visible(), visible);
    }

    /// With few images there is space to spare, and the zoom still works.
    void fewPicturesAreMadeSmallerAndLarger() {
        const Fixture fixture;
        QVERIFY(fixture.in(PreviewMode::Grid));
        fixture.panel->resize(1500, 1000);
        fixture.paste(Qt::green);
        QVERIFY(fixture.when([](const Preview &shown) { return shown.request.own != nullptr; }));
        const int side = fixture.grid().side();
        fixture.press("zoomOut");
        QTRY_VERIFY(fixture.grid().side() < side);
        fixture.press("zoomIn");
        QTRY_COMPARE(fixture.grid().side(), side);
        fixture.press("zoomIn");
        QTRY_VERIFY(fixture.grid().side() > side);
    }

    void filmstripAndSheetAreMadeSmaller() {
        const Fixture fixture;
        fixture.press("previewFilmstripButton");
        QVERIFY(fixture.in(PreviewMode::Filmstrip));
        const auto *film = fixture.panel->findChild<PreviewFilm *>();
        const int side = film->cell(0, 0).width();
        for (int step = 0; step < 3; ++step)
            fixture.press("zoomOut");
        QVERIFY(film->cell(0, 0).width() < side);
        fixture.press("previewSheetButton");
        const std::size_t draws = fixture.panel->findChild<PreviewSheet *>()->draws();
        for (int step = 0; step < 3; ++step)
            fixture.press("zoomIn");
        QVERIFY(fixture.panel->findChild<PreviewSheet *>()->draws() < draws);
    }

    void viewSizesAreTyped_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("side");
        QTest::newRow("any") << "100" << 100;
        QTest::newRow("with its unit") << "72 px" << 72;
        QTest::newRow("beyond 224") << "384" << 384;
        QTest::newRow("one that begins as another") << "12" << 12;
        QTest::newRow("largest") << "512" << 512;
        QTest::newRow("too large") << "5000" << 512;
        QTest::newRow("too small") << "1" << 8;
        QTest::newRow("nothing") << "" << 32;
        QTest::newRow("words") << "large" << 32;
    }
    void viewSizesAreTyped() {
        QFETCH(QString, typed);
        QFETCH(int, side);
        const Fixture fixture;
        QVERIFY(fixture.in(PreviewMode::Grid));
        auto *sizes = fixture.panel->findChild<QComboBox *>(QStringLiteral("previewViewSize"));
        QSignalSpy told(fixture.panel.get(), &PreviewPanel::viewSizeChanged);
        sizes->setFocus();
        sizes->lineEdit()->selectAll();
        QTest::keyClick(sizes->lineEdit(), Qt::Key_Delete);
        QTest::keyClicks(sizes->lineEdit(), typed);
        QTest::keyClick(sizes->lineEdit(), Qt::Key_Return);
        QCOMPARE(fixture.panel->viewSize(), side);
        QCOMPARE(sizes->currentText(), QStringLiteral("%1 px").arg(side));
        QCOMPARE(told.count(), side == 32 ? 0 : 1);
        const PreviewPtr shown =
            fixture.when([&](const Preview &preview) { return preview.request.viewSize == side; });
        QVERIFY(shown);
        QCOMPARE(shown->tiles.front().first.width(), side);
    }

    void largerPicturesScroll() {
        const Fixture fixture;
        QVERIFY(fixture.in(PreviewMode::Grid));
        const int width = fixture.grid().width();
        for (int i = 0; i < 3; ++i)
            fixture.press("zoomIn");
        QTRY_VERIFY(fixture.grid().width() > width * 3 / 2);
        for (int i = 0; i < 3; ++i)
            fixture.press("zoomOut");
        QTRY_COMPARE(fixture.grid().width(), width);
    }
};

SIMCLR_TEST(TestPreviewPanel, QApplication)
#include "tst_preview_panel.moc"
