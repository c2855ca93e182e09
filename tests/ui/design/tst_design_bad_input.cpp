// SPDX-License-Identifier: GPL-3.0-or-later
// How the Design page handles invalid pipelines and unreadable images.
#include "core/augment/pipeline_edit.h"
#include "core/augment/view_renderer.h"
#include "core/util/error.h"
#include "tests/support/test_images.h"
#include "tests/ui/design/design_fixture.h"
#include "ui/design/palette/operation_thumbnails.h"
#include "ui/design/preview/preview_renderer.h"
#include "ui/widgets/inline_message.h"

#include <QComboBox>
#include <QSettings>
#include <QSignalSpy>
#include <sys/stat.h>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;
namespace fs = std::filesystem;

class TestDesignBadInput : public QObject {
    Q_OBJECT

    struct Fixture : DesignFixture {
        using DesignFixture::DesignFixture;
        QTemporaryDir folder;

        fs::path write(const QByteArray &text) const {
            const fs::path file = folderOf(folder) / "given.json";
            writeBytes(file, text.toStdString());
            return file;
        }
        QString told() const {
            return page->findChild<InlineMessage *>(QStringLiteral("pipelineMessage"))->text();
        }
    };

    static QByteArray deepText() {
        return R"({"steps": [], "name": )" + QByteArray("[").repeated(100'000) +
               QByteArray("]").repeated(100'000) + "}";
    }

    static PreviewPtr drawn(PreviewRenderer &renderer, const PreviewRequest &request) {
        PreviewPtr last;
        const auto connection = connect(&renderer, &PreviewRenderer::rendered, &renderer,
                                        [&last](const PreviewPtr &preview) { last = preview; });
        renderer.request(request);
        const bool came =
            QTest::qWaitFor([&] { return last && last->request.pipeline == request.pipeline; }, 30'000);
        disconnect(connection);
        return came ? last : nullptr;
    }

  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-test"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_design_bad_input"));
        QSettings().clear();
    }

    void unsoundFilesAreToldAndNothingChanges_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("cause");
        const auto row = [](const char *name, const QByteArray &text, const char *cause) {
            QTest::newRow(name) << text << QString::fromLatin1(cause);
        };
        row("newer version", R"({"version": 999, "steps": []})", "newer version");
        row("a comma too many", R"({"steps": [],})", "given.json");
        row("empty", "", "given.json");
        row("text for a number",
            R"({"steps": [{"operation": "color_jitter", "parameters": {"hue": "much"}}]})", "hue");
        row("misspelt parameter", R"({"steps": [{"operation": "color_jitter", "parameters": {"hu": 0.1}}]})",
            "hu");
        row("likelier than sure", R"({"steps": [{"operation": "color_drop", "probability": 2}]})",
            "from 0 to 1");
        row("nested too deeply", deepText(), "given.json is nested too deeply");
        row("steps in a step", R"({"steps": [{"operation": "color_drop", "steps": []}]})", "steps");
    }
    void unsoundFilesAreToldAndNothingChanges() {
        QFETCH(QByteArray, text);
        QFETCH(QString, cause);
        Fixture fixture;
        const Pipeline before = fixture.document.pipeline();
        fixture.files.openFile(fixture.write(text));
        QVERIFY2(fixture.told().contains(cause), qPrintable(fixture.told()));
        QVERIFY(fixture.document.pipeline() == before);
        QVERIFY(fixture.document.file().empty());
        QVERIFY(!fixture.document.isModified());
    }

    void missingFilesAndFoldersAreTold() {
        Fixture fixture;
        fixture.files.openFile("/nowhere/mine.json");
        QVERIFY2(fixture.told().contains(QStringLiteral("/nowhere/mine.json")), qPrintable(fixture.told()));
        fixture.files.openFile(folderOf(fixture.folder));
        QVERIFY2(fixture.told().contains(fixture.folder.path()), qPrintable(fixture.told()));
    }

    void pipesAndDevicesAreToldAndNotWaitedFor() {
        Fixture fixture;
        const fs::path pipe = folderOf(fixture.folder) / "pipe.json";
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        for (const fs::path &file : {pipe, fs::path("/dev/zero")}) {
            fixture.files.openFile(file);
            QVERIFY2(fixture.told().contains(QStringLiteral("it is not a regular file")),
                     qPrintable(fixture.told()));
            QVERIFY(fixture.document.file().empty());
        }
    }

    void deepTextOnTheClipboardIsTold() {
        const std::string deep = deepText().toStdString();
        for (const std::string &text : {deep, "[" + deep + "]"})
            QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { stepsFromText(text, "the clipboard"); }),
                                   "the clipboard is nested too deeply"));
    }

    void unknownStepSurvivesEditing() {
        Fixture fixture;
        const QByteArray foreign = R"({"operation":"mystery","parameters":{"a":[1,{"b":null}]},"since":3})";
        const fs::path file = fixture.write(R"({"steps": [{"operation": "color_drop"}, )" + foreign + "]}");
        fixture.files.openFile(file);
        fixture.document.setStepProbability(0, 0.75);
        fixture.document.moveSteps({0}, 2);
        fixture.files.save();
        const Json saved = readJsonFile(file);
        QCOMPARE(toLine(saved["steps"][0]), foreign.toStdString());
        QCOMPARE(saved["steps"][1]["probability"].get<double>(), 0.75);
        QVERIFY(isClearMessage(
            thrownMessage<InvalidInput>([&] { checkPipeline(fixture.document.pipeline()); }), "mystery"));
    }

    void withoutStepsBothViewsAreThePicture() {
        Fixture fixture;
        while (!fixture.document.pipeline().steps.empty())
            fixture.document.removeSteps({0});
        const PreviewPtr preview = fixture.settled();
        QVERIFY(preview && preview->problem.isEmpty());
        for (const PreviewTile &tile : preview->tiles) {
            QVERIFY(!tile.first.isEmpty());
            QVERIFY(tile.first == tile.second);
        }
        fixture.document.insertStep(0, QStringLiteral("one_of")); // an empty combination
        const PreviewPtr same = fixture.settled();
        QVERIFY(same && same->problem.isEmpty());
        QVERIFY(same->tiles.front().first == preview->tiles.front().first);
    }

    void tinyPicturesInEveryViewSize() {
        const QTemporaryDir pictures;
        writeNoiseFolder(folderOf(pictures) / "a", 2, 1, 1);
        writeNoiseFolder(folderOf(pictures) / "b", 2, 3, 1);
        Fixture fixture(pictures.path());
        fixture.document.replace(pipelineByName("simclr-imagenet"));
        auto *sides = fixture.page->findChild<QComboBox *>(QStringLiteral("previewViewSize"));
        for (int i = 0; i < sides->count(); ++i) {
            sides->setCurrentIndex(i);
            const int side = sides->itemData(i).toInt();
            QTRY_VERIFY(fixture.preview() && fixture.preview()->request.viewSize == side);
            const PreviewPtr preview = fixture.settled();
            QCOMPARE(preview->tiles.size(), std::size_t{4});
            for (const PreviewTile &tile : preview->tiles) {
                QVERIFY2(tile.problem.isEmpty(), qPrintable(tile.problem));
                QCOMPARE(tile.second.width(), side);
            }
        }
    }

    void folderDisappearsWhilePreviewed() {
        const QTemporaryDir pictures;
        writeNoiseFolder(folderOf(pictures) / "a", 6, 20, 1);
        OpenOptions options;
        options.memoryBudget = 0; // decoded again each time, as large photographs are
        PreviewRequest request;
        request.dataset = openDataset(pictures.path().toStdString(), options);
        QVERIFY(!request.dataset->report().inMemory);
        request.pipeline = pipelineByName("simclr-cifar10");
        request.count = 3;
        PreviewRenderer renderer;
        const PreviewPtr before = drawn(renderer, request);
        QVERIFY(before && before->tiles.front().problem.isEmpty());
        fs::remove_all(folderOf(pictures) / "a");
        request.count = 5;
        request.pipeline.name = "other";
        const PreviewPtr after = drawn(renderer, request);
        QVERIFY(after);
        QCOMPARE(after->tiles.size(), std::size_t{5});
        int told = 0;
        for (const PreviewTile &tile : after->tiles)
            told += tile.problem.isEmpty() ? 0 : 1;
        QVERIFY2(told >= 2,
                 qPrintable(QString::number(told))); // one per unreadable image that was not read before
    }

    void thumbnailsWithoutReadablePictures() {
        OperationThumbnails thumbnails;
        QSignalSpy ready(&thumbnails, &OperationThumbnails::thumbnailReady);
        QSignalSpy finished(&thumbnails, &OperationThumbnails::finished);
        thumbnails.setImage({});
        QVERIFY(finished.wait(30'000));
        QCOMPARE(ready.size(), 0);
        thumbnails.setImage(noiseImage(20, 20, 1));
        QVERIFY(finished.wait(30'000));
        QVERIFY(!ready.isEmpty());
    }
};

SIMCLR_TEST(TestDesignBadInput, QApplication)
#include "tst_design_bad_input.moc"
