// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/view_renderer.h"
#include "tests/support/test_images.h"
#include "tests/ui/design/design_fixture.h"
#include "ui/design/palette/operation_palette_model.h"
#include "ui/design/pipeline/step_card.h"
#include "ui/design/preview/preview_samples.h"
#include "ui/workspace/option_settings.h"

#include <QAbstractItemModelTester>
#include <QAbstractSpinBox>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>
#include <set>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

class TestDesignPage : public QObject {
    Q_OBJECT

    struct Fixture : DesignFixture {
        std::vector<StepCard *> cards() const {
            std::vector<StepCard *> found;
            for (StepCard *card : page->findChildren<StepCard *>())
                if (card->isVisible())
                    found.push_back(card);
            std::ranges::sort(found, {}, [](StepCard *card) { return card->y(); });
            return found;
        }
    };

    static std::vector<Image> views(const PreviewPtr &preview) {
        std::vector<Image> images;
        for (const PreviewTile &tile : preview->tiles) {
            images.push_back(tile.first);
            images.push_back(tile.second);
        }
        return images;
    }

  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-test"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_design_page"));
        QSettings().clear();
    }

    void paletteModelIsSound() {
        OperationPaletteModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        int operations = 0;
        for (int row = 0; row < model.rowCount(); ++row)
            operations += model.index(row).data(OperationPaletteModel::HeadingRole).toBool() ? 0 : 1;
        QCOMPARE(operations, int(operationTypes().size()));
        model.setSearch(QStringLiteral("BLUR"));
        QCOMPARE(model.firstOperation().data(OperationPaletteModel::OperationRole).toString(),
                 QStringLiteral("gaussian_blur"));
        model.setSearch(QStringLiteral("no such thing"));
        QCOMPARE(model.rowCount(), 0);
    }

    void previewIsWhatTrainingDraws() {
        const Fixture fixture;
        const PreviewPtr preview = fixture.settled();
        QVERIFY(preview);
        QVERIFY(preview->tiles.size() >= 12);
        const PreviewRequest &request = preview->request;
        const ViewRenderer renderer(fixture.document.pipeline(), request.viewSize);
        for (const PreviewTile &tile : preview->tiles) {
            Image expected;
            const Image source = fixture.workspace.dataset()->image(tile.sample);
            renderer.render(source, {request.seed, request.epoch, tile.sample, 0}, expected);
            QVERIFY(tile.first == expected);
            renderer.render(source, {request.seed, request.epoch, tile.sample, 1}, expected);
            QVERIFY(tile.second == expected);
            QVERIFY(tile.first != tile.second);
        }
    }

    void samplesAreSpreadOverClasses() {
        const Fixture fixture;
        const Dataset &dataset = *fixture.workspace.dataset();
        const auto samples = previewSamples(dataset, 12);
        QCOMPARE(samples, previewSamples(dataset, 12));
        QCOMPARE(std::set(samples.begin(), samples.end()).size(), std::size_t{12});
        std::set<int> labels;
        for (const std::uint32_t sample : samples) {
            labels.insert(dataset.label(sample));
            QVERIFY(!dataset.isTestSample(sample));
        }
        QCOMPARE(int(labels.size()), std::min(12, dataset.classCount()));
    }

    void searchAndEnterAddAnOperation() {
        const Fixture fixture;
        auto *search = fixture.page->findChild<QLineEdit *>(QStringLiteral("operationSearch"));
        QTest::keyClicks(search, QStringLiteral("blur"));
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(fixture.document.pipeline().steps.back().operation, std::string("gaussian_blur"));
        QCOMPARE(fixture.cards().size(), std::size_t{5});
    }

    void sliderChangesTheViewsAndUndoBringsThemBack() {
        Fixture fixture;
        const PreviewPtr before = fixture.settled();
        QVERIFY(before);
        auto *slider = fixture.cards().at(2)->findChild<QSlider *>(QStringLiteral("brightness_slider"));
        slider->setValue(slider->maximum());
        const PreviewPtr after = fixture.settled();
        QVERIFY(after);
        QVERIFY(views(after) != views(before));
        fixture.page->findChild<QToolButton *>(QStringLiteral("undo"))->click();
        const PreviewPtr back = fixture.settled();
        QVERIFY(back);
        QVERIFY(views(back) == views(before));
    }

    void enterInANumberLeavesTheCardOpen() {
        const Fixture fixture;
        StepCard *jitter = fixture.cards().at(2);
        auto *brightness = jitter->findChild<QAbstractSpinBox *>(QStringLiteral("brightness"));
        brightness->setFocus();
        brightness->selectAll();
        QTest::keyClicks(brightness, QStringLiteral("0.7"));
        QTest::keyClick(brightness, Qt::Key_Return);
        QVERIFY(brightness->isVisible());
        QCOMPARE(std::get<double>(fixture.document.pipeline().steps.at(2).parameters.at("brightness")), 0.7);
        QTest::keyClick(jitter->findChild<QSlider *>(QStringLiteral("brightness_slider")), Qt::Key_Delete);
        QCOMPARE(fixture.cards().size(), std::size_t{4}); // the slider uses the key, not the card
    }

    void undoKeysWorkFromANumber() {
        const Fixture fixture;
        auto *brightness = fixture.cards().at(2)->findChild<QAbstractSpinBox *>(QStringLiteral("brightness"));
        const Pipeline before = fixture.document.pipeline();
        brightness->setFocus();
        brightness->selectAll();
        QTest::keyClicks(brightness, QStringLiteral("0.7"));
        QTest::keyClick(brightness, Qt::Key_Return);
        QVERIFY(!(fixture.document.pipeline() == before));
        QTest::keyClick(brightness, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(fixture.document.pipeline() == before);
        QVERIFY(brightness->text().startsWith(QStringLiteral("0.4")));
    }

    void savesTheNumberThatStandsThere() {
        Fixture fixture;
        const QTemporaryDir folder;
        const auto file = folderOf(folder) / "mine.json";
        fixture.document.save(file);
        auto *brightness = fixture.cards().at(2)->findChild<QAbstractSpinBox *>(QStringLiteral("brightness"));
        brightness->setFocus();
        brightness->selectAll();
        QTest::keyClicks(brightness, QStringLiteral("0.6"));
        QTest::keyClick(brightness, Qt::Key_S, Qt::ControlModifier);
        const Pipeline saved = readPipeline(file);
        QCOMPARE(std::get<double>(saved.steps.at(2).parameters.at("brightness")), 0.6);
    }

    void presetsReplaceThePipeline() {
        const Fixture fixture;
        auto *menu = fixture.page->findChild<QMenu *>(QStringLiteral("presetMenu"));
        menu->findChild<QAction *>(QStringLiteral("crop-only"))->trigger();
        QVERIFY(fixture.document.pipeline() == pipelineByName("crop-only"));
        QCOMPARE(fixture.cards().size(), pipelineByName("crop-only").steps.size());
    }

    void branchesAreShownOneAtATime() {
        Fixture fixture;
        const auto button = [&](const char *name) {
            return fixture.page->findChild<QToolButton *>(QLatin1String(name));
        };
        QVERIFY(button("sameBranches")->isChecked());
        QVERIFY(!button("secondBranch")->isVisible());
        fixture.page->findChild<QMenu *>(QStringLiteral("presetMenu"))
            ->findChild<QAction *>(QStringLiteral("byol"))
            ->trigger();
        QVERIFY(button("separateBranches")->isChecked());
        QCOMPARE(fixture.cards().size(), pipelineByName("byol").steps.size());
        button("secondBranch")->click();
        QCOMPARE(fixture.cards().size(), pipelineByName("byol").secondSteps->size());
        fixture.cards().front()->findChild<QCheckBox *>(QStringLiteral("stepEnabled"))->click();
        QVERIFY(!fixture.document.pipeline().secondSteps->front().enabled);
        QVERIFY(fixture.document.pipeline().steps.front().enabled);
        const Pipeline separate = fixture.document.pipeline();
        button("sameBranches")->click();
        QVERIFY(!fixture.document.pipeline().secondSteps);
        QVERIFY(!button("secondBranch")->isVisible());
        QCOMPARE(fixture.cards().size(), separate.steps.size());
        fixture.document.undoStack()->undo();
        QVERIFY(fixture.document.pipeline() == separate);
        QVERIFY(button("secondBranch")->isVisible());
        QVERIFY(button("firstBranch")->isChecked());
    }

    void damagedPipelineIsToldAndNothingChanges() {
        Fixture fixture;
        const QTemporaryDir folder;
        writeBytes(folderOf(folder) / "bad.json", "{\"steps\": <b>nothing</b>");
        const Pipeline before = fixture.document.pipeline();
        fixture.files.openFile(folderOf(folder) / "bad.json");
        auto *message = fixture.page->findChild<QWidget *>(QStringLiteral("pipelineMessage"));
        QVERIFY(message->isVisible());
        auto *text = message->findChild<QLabel *>(QStringLiteral("messageText"));
        QVERIFY(text->text().contains(QStringLiteral("bad.json")));
        QCOMPARE(text->textFormat(), Qt::PlainText);
        QVERIFY(fixture.document.pipeline() == before);
    }

    void newSampleIsTheNextEpoch() {
        const Fixture fixture;
        const PreviewPtr before = fixture.settled();
        QVERIFY(before);
        QTest::keyClick(fixture.page->findChild<PreviewGrid *>(), Qt::Key_Space);
        QTRY_COMPARE(fixture.preview()->request.epoch, before->request.epoch + 1);
        QVERIFY(views(fixture.preview()) != views(before));
    }

    void otherImagesReplaceThePictures() {
        Fixture fixture;
        QVERIFY(fixture.settled());
        const QTemporaryDir folder;
        writeNoiseFolder(folderOf(folder) / "a", 3, 20, 1);
        bool dropped = false;
        const auto isOfTheOld = [&] { // views of the first look may already be shown
            return fixture.preview() && fixture.preview()->tiles.size() != 3;
        };
        connect(&fixture.workspace, &Workspace::datasetChanged, this, [&] { dropped = !isOfTheOld(); });
        fixture.workspace.openSource(folder.path());
        QTRY_VERIFY_WITH_TIMEOUT(dropped, 60'000);
        QTRY_VERIFY(fixture.preview() && fixture.preview()->request.dataset == fixture.workspace.dataset());
        QCOMPARE(fixture.preview()->tiles.size(), std::size_t{3});
    }

    void seedIsThatOfTheRunHoweverLarge() {
        const Fixture fixture;
        QVERIFY(fixture.settled());
        TrainOptions options = rememberedOptions();
        options.seed = 9'007'199'254'740'991;
        rememberOptions(options);
        fixture.page->hide();
        fixture.page->show();
        QTRY_COMPARE(fixture.preview()->request.seed, std::uint64_t{9'007'199'254'740'991});
        QSettings().clear();
    }

    void damagedSettingsGiveTheUsualOptions() {
        const QByteArray deep =
            QByteArray("{\"epochs\":").repeated(100'000) + "1" + QByteArray("}").repeated(100'000);
        for (const QByteArray &text : {deep, QByteArray("[7]"), QByteArray("{\"epochs\": 5"), QByteArray()}) {
            QSettings().setValue(QStringLiteral("train/options"), QString::fromUtf8(text));
            QVERIFY(rememberedOptions() == TrainOptions{});
        }
        QSettings().clear();
    }

    void keysMoveDuplicateSwitchAndRemove() {
        const Fixture fixture;
        const auto operation = [&](std::size_t row) {
            return fixture.document.pipeline().steps.at(row).operation;
        };
        StepCard *crop = fixture.cards().at(0);
        crop->setFocus();
        QTest::keyClick(crop, Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(operation(1), std::string("random_resized_crop"));
        QVERIFY(crop->hasFocus());
        QTest::keyClick(crop, Qt::Key_Space);
        QVERIFY(!fixture.document.pipeline().steps[1].enabled);
        QTest::keyClick(crop, Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(fixture.document.pipeline().steps.size(), std::size_t{5});
        StepCard *copy = fixture.cards().at(2);
        QVERIFY(copy->hasFocus());
        QTest::keyClick(copy, Qt::Key_Delete);
        QCOMPARE(fixture.document.pipeline().steps.size(), std::size_t{4});
        QCOMPARE(operation(1), std::string("random_resized_crop"));
    }

    void handleDragsACardDown() {
        const Fixture fixture;
        auto *handle = fixture.cards().at(0)->findChild<QWidget *>(QStringLiteral("dragHandle"));
        const QPoint target = handle->mapFrom(fixture.page.get(),
                                              fixture.cards().at(1)->mapTo(fixture.page.get(), QPoint(5, 0)) +
                                                  QPoint(0, fixture.cards().at(1)->height() - 2));
        QTest::mousePress(handle, Qt::LeftButton);
        QTest::mouseMove(handle, handle->rect().center() + QPoint(0, 20));
        QTest::mouseMove(handle, target);
        QTest::mouseRelease(handle, Qt::LeftButton, {}, target);
        QCOMPARE(fixture.document.pipeline().steps.at(0).operation, std::string("horizontal_flip"));
        QCOMPARE(fixture.document.pipeline().steps.at(1).operation, std::string("random_resized_crop"));
    }

    void unknownOperationIsShownAndExplained() {
        Fixture fixture;
        Json json = toJson(fixture.document.pipeline());
        json["steps"].push_back({{"operation", "mystery"}, {"enabled", true}});
        fixture.document.replace(pipelineFromJson(json, "test"));
        QVERIFY(fixture.cards().back()->findChild<QLabel *>(QStringLiteral("unknownNote")));
        QTRY_VERIFY(fixture.preview() && fixture.preview()->problem.contains("mystery"));
        auto *enabled = fixture.cards().back()->findChild<QCheckBox *>(QStringLiteral("stepEnabled"));
        enabled->click();
        QTRY_VERIFY(fixture.preview()->problem.isEmpty());
        QVERIFY(!fixture.preview()->tiles.front().first.isEmpty());
    }
};

SIMCLR_TEST(TestDesignPage, QApplication)
#include "tst_design_page.moc"
