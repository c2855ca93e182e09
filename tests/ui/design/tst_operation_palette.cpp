// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/operation.h"
#include "tests/support/test_images.h"
#include "tests/support/test_support.h"
#include "ui/design/palette/operation_palette.h"
#include "ui/design/palette/operation_palette_model.h"
#include "ui/design/palette/operation_search.h"
#include "ui/design/palette/operation_thumbnails.h"
#include "ui/document/pipeline_document.h"

#include <QAbstractItemModelTester>
#include <QImage>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <map>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

class TestOperationPalette : public QObject {
    Q_OBJECT

    using Thumbnails = std::map<QString, QImage>;

    /// Left red, right blue, a green stripe below, lighter towards the top: rotations, flips, crops and
    /// colour changes are all visible.
    static Image motif(int width, int height) {
        Image image(width, height);
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                const int light = 60 + 120 * (height - y) / height;
                const bool left = x < width / 2;
                const bool below = y > height * 3 / 4;
                setPixel(image, x, y, {left ? light : 30, below ? 200 : 40, left ? 30 : light});
            }
        return image;
    }

    static Thumbnails drawn(OperationThumbnails &thumbnails, const std::function<void()> &ask) {
        Thumbnails found;
        QSignalSpy finished(&thumbnails, &OperationThumbnails::finished);
        const auto connection =
            connect(&thumbnails, &OperationThumbnails::thumbnailReady, &thumbnails,
                    [&found](const QString &operation, const QImage &image) { found[operation] = image; });
        ask();
        if (finished.isEmpty() && !finished.wait(30'000))
            qWarning("the thumbnails did not come");
        disconnect(connection);
        return found;
    }

    static Thumbnails drawn(const Image &image) {
        OperationThumbnails thumbnails;
        return drawn(thumbnails, [&] { thumbnails.setImage(image); });
    }

    static QModelIndex rowOf(const QAbstractItemModel &model, const QString &operation) {
        for (int row = 0; row < model.rowCount(); ++row)
            if (model.index(row, 0).data(OperationPaletteModel::OperationRole).toString() == operation)
                return model.index(row, 0);
        return {};
    }

    static QString nameOf(const OperationType &type) { return QString::fromStdString(type.id); }

  private Q_SLOTS:
    void everyOperationIsOffered() {
        OperationPaletteModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (const OperationType &type : operationTypes()) {
            const QModelIndex row = rowOf(model, nameOf(type));
            QVERIFY2(row.isValid(), type.id.c_str());
            QVERIFY(row.data(Qt::ToolTipRole).toString().contains(QString::fromStdString(type.help)));
            QCOMPARE(row.data(OperationPaletteModel::CombinationRole).toBool(), type.isCombination());
            QVERIFY(row.data(Qt::DecorationRole).isNull());
        }
    }

    void everyOfferCanBeAdded() {
        PipelineDocument document;
        for (const OperationType &type : operationTypes()) {
            document.insertStep(0, nameOf(type));
            QCOMPARE(document.pipeline().steps.front().operation, type.id);
            QVERIFY(document.pipeline().steps.front().steps.empty());
        }
        checkPipeline(document.pipeline());
    }

    void modelTellsOfAPicture() {
        OperationPaletteModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QImage image(4, 4, QImage::Format_RGB888);
        image.fill(Qt::red);
        model.setThumbnail(QStringLiteral("gaussian_blur"), image);
        const QModelIndex row = rowOf(model, QStringLiteral("gaussian_blur"));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.front().at(0).value<QModelIndex>(), row);
        QCOMPARE(row.data(Qt::DecorationRole).value<QImage>(), image);
        QVERIFY(rowOf(model, QStringLiteral("color_drop")).data(Qt::DecorationRole).isNull());
    }

    void searchKeepsThePictures() {
        OperationPaletteModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QImage image(4, 4, QImage::Format_RGB888);
        model.setSearch(QStringLiteral("colour drop"));
        model.setThumbnail(QStringLiteral("gaussian_blur"), image); // not in the current list
        model.setSearch({});
        QCOMPARE(rowOf(model, QStringLiteral("gaussian_blur")).data(Qt::DecorationRole).value<QImage>(),
                 image);
        model.clearThumbnails();
        QVERIFY(rowOf(model, QStringLiteral("gaussian_blur")).data(Qt::DecorationRole).isNull());
    }

    void theBestAnswerIsFirst_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("added");
        const auto add = [](const char *typed, const char *added) {
            QTest::newRow(typed) << QString::fromLatin1(typed) << QString::fromLatin1(added);
        };
        add("one of", "one_of"); // which occurs in the help of other operations
        add("One Of", "one_of");
        add("  one   of ", "one_of");
        add("one_of", "one_of");
        add("one", "one_of");
        add("OneOf", "one_of");
        add("some of", "some_of");
        add("order", "random_order");
        add("invert", "invert");
        add("group", "group");
        add("crop", "random_resized_crop");
        add("centre", "center_crop");
        add("center", "center_crop");
        add("flip", "horizontal_flip");
        add("vert", "vertical_flip");
        add("flip vertical", "vertical_flip");
        add("blur", "gaussian_blur");
        add("auto", "autocontrast");
        add("autoaugment", "auto_augment");
        add("rand augment", "rand_augment");
        add("hflip", "horizontal_flip");
        add("RandomErasing", "cutout");
        add("random erasing", "cutout");
        add("grayscale", "color_drop");
        add("RandomChoice", "one_of");
        add("color jitter", "color_jitter");
        add("colour jitter", "color_jitter");
    }
    void theBestAnswerIsFirst() {
        QFETCH(QString, typed);
        QFETCH(QString, added);
        OperationPalette palette;
        palette.show();
        QSignalSpy chosen(&palette, &OperationPalette::operationChosen);
        auto *search = palette.findChild<QLineEdit *>(QStringLiteral("operationSearch"));
        QTest::keyClicks(search, typed);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.front().front().toString(), added);
    }

    /// In this order: title, beginning, beginnings of words, part, other names, anything else.
    void answersAreRanked_data() {
        QTest::addColumn<QString>("typed");
        for (const char *typed : {"one of", "crop", "random", "color", "rot", "er", "a", "gray", "geometry"})
            QTest::newRow(typed) << QString::fromLatin1(typed);
    }
    void answersAreRanked() {
        QFETCH(QString, typed);
        OperationPaletteModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSearch(typed);
        QVERIFY(model.rowCount() > 0);
        SearchRank before = SearchRank::Title;
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex index = model.index(row);
            QVERIFY(!index.data(OperationPaletteModel::HeadingRole).toBool());
            const std::string id = index.data(OperationPaletteModel::OperationRole).toString().toStdString();
            const auto rank = searchRank(*findOperationType(id), typed);
            QVERIFY(rank && *rank >= before);
            before = *rank;
        }
        model.setSearch({});
        QVERIFY(model.index(0).data(OperationPaletteModel::HeadingRole).toBool());
    }

    void everyTitleFindsItself() {
        OperationPaletteModel model;
        for (const OperationType &type : operationTypes())
            for (const QString &name : {QString::fromStdString(type.title), nameOf(type)}) {
                model.setSearch(name);
                QCOMPARE(model.firstOperation().data(OperationPaletteModel::OperationRole).toString(),
                         nameOf(type));
            }
    }

    void drawsAllButCombinations() {
        const Thumbnails all = drawn(motif(120, 90));
        for (const OperationType &type : operationTypes()) {
            QCOMPARE(all.contains(nameOf(type)), !type.isCombination());
            if (!type.isCombination())
                QCOMPARE(all.at(nameOf(type)).size(),
                         QSize(OperationThumbnails::side, OperationThumbnails::side));
        }
    }

    void effectsAreSeen() {
        const Thumbnails all = drawn(motif(96, 96));
        const QImage flipped = all.at(QStringLiteral("horizontal_flip"));
        QVERIFY(flipped.pixelColor(4, 10).blue() > 100 && flipped.pixelColor(4, 10).red() < 60);
        const QColor grey = all.at(QStringLiteral("color_drop")).pixelColor(4, 10);
        QVERIFY(grey.red() == grey.green() && grey.green() == grey.blue());
        const QImage &blurred = all.at(QStringLiteral("gaussian_blur"));
        const int middle = OperationThumbnails::side / 2;
        const int step = blurred.pixelColor(middle - 1, 10).red() - blurred.pixelColor(middle + 1, 10).red();
        QVERIFY2(step > 0 && step < 90, qPrintable(QString::number(step)));
    }

    void sameImageGivesSamePictures() {
        QVERIFY(drawn(motif(64, 48)) == drawn(motif(64, 48)));
        QVERIFY(drawn(motif(64, 48)) != drawn(motif(48, 64)));
    }

    void smallestImages_data() {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("1 × 1") << 1 << 1;
        QTest::newRow("1 × 500") << 1 << 500;
        QTest::newRow("500 × 1") << 500 << 1;
    }
    void smallestImages() {
        QFETCH(int, width);
        QFETCH(int, height);
        QVERIFY(drawn(motif(width, height)).size() > 10);
    }

    void newestImageWins() {
        OperationThumbnails thumbnails;
        const Thumbnails found = drawn(thumbnails, [&] {
            thumbnails.setImage(motif(90, 90));
            thumbnails.setImage(Image(90, 90));
        });
        QCOMPARE(found.at(QStringLiteral("horizontal_flip")).pixelColor(5, 5), QColor(Qt::black));
    }

    void nothingIsDrawnBeforeItIsSeen() {
        OperationPalette palette;
        auto *model = palette.findChild<QListView *>(QStringLiteral("operationList"))->model();
        palette.setImage(motif(64, 64));
        QTest::qWait(100);
        QVERIFY(rowOf(*model, QStringLiteral("color_drop")).data(Qt::DecorationRole).isNull());
        palette.show();
        QTRY_VERIFY(!rowOf(*model, QStringLiteral("color_drop")).data(Qt::DecorationRole).isNull());
    }

    void endsWhileDrawing() {
        for (int i = 0; i < 20; ++i) {
            OperationThumbnails thumbnails;
            thumbnails.setImage(motif(300, 200));
        }
    }
};

SIMCLR_TEST(TestOperationPalette, QApplication)
#include "tst_operation_palette.moc"
