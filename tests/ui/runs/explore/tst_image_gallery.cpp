// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_images.h"
#include "ui/runs/explore/gallery/gallery_actions.h"
#include "ui/runs/explore/gallery/gallery_model.h"
#include "ui/data/image_file.h"
#include "ui/runs/explore/gallery/image_gallery.h"
#include "ui/runs/explore/gallery/thumbnail_loader.h"
#include "ui/runs/explore/run_images.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QListView>
#include <QSettings>
#include <atomic>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 30'000;

/// Many images, generated on request; counts the requests. The image 7 cannot be read.
class Generated : public Dataset {
  public:
    Generated() {
        m_report.kind = "generated";
        m_report.classNames = {"cat", "<b>dog</b>"};
        m_report.images = size();
    }
    const DatasetReport &report() const override { return m_report; }
    const std::string &fingerprint() const override { return m_report.kind; }
    std::uint32_t size() const override { return 50'000; }
    int label(std::uint32_t sample) const override { return int(sample % 2); }
    bool isTestSample(std::uint32_t) const override { return false; }
    std::string sampleName(std::uint32_t sample) const override { return std::to_string(sample) + ".png"; }
    Image image(std::uint32_t sample) const override {
        ++read;
        if (sample == 7)
            throw IoError("7.png is damaged");
        return filledImage(8, 8, {int(sample % 256), 40, 90});
    }
    mutable std::atomic<int> read = 0;

  private:
    DatasetReport m_report;
};

std::vector<GalleryItem> allOf(const Dataset &dataset) {
    std::vector<GalleryItem> items;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample)
        items.push_back({sample, dataset.label(sample), 0, {}});
    return items;
}

} // namespace

/// The real widget on generated images and on files.
class TestImageGallery : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_image_gallery"));
        QSettings().clear();
    }

    void init() {
        m_gallery = std::make_unique<ImageGallery>();
        m_gallery->resize(600, 400);
        m_gallery->show();
    }

    void modelKeepsItsContract() {
        GalleryModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto dataset = std::make_shared<Generated>();
        model.setItems({{0, 0, 0, {}}, {1, 1, 0, QStringLiteral("0.93")}, {2, -1, -1, {}}});
        QCOMPARE(model.index(0).data().toString(), QStringLiteral("class 0"));
        model.setDataset(dataset);
        QCOMPARE(model.index(0).data().toString(), QStringLiteral("cat"));
        QCOMPARE(model.index(0).data(GalleryModel::MarkRole).toInt(), int(GalleryModel::Right));
        QCOMPARE(model.index(1).data(GalleryModel::MarkRole).toInt(), int(GalleryModel::Wrong));
        QCOMPARE(model.index(1).data(GalleryModel::PredictionRole).toString(), QStringLiteral("→ cat"));
        QCOMPARE(model.index(1).data(GalleryModel::NoteRole).toString(), QStringLiteral("0.93"));
        QCOMPARE(model.index(2).data(GalleryModel::MarkRole).toInt(), int(GalleryModel::NoMark));
        QCOMPARE(model.index(2).data().toString(), QStringLiteral("cat")); // of the dataset
        model.setItems({});
        QCOMPARE(model.rowCount(), 0);
    }

    /// A name with markup stays text.
    void toolTipIsPlainText() {
        GalleryModel model;
        model.setDataset(std::make_shared<Generated>());
        model.setItems({{1, 1, 1, {}}});
        const QString toolTip = model.index(0).data(Qt::ToolTipRole).toString();
        QVERIFY2(toolTip.contains(QStringLiteral("&lt;b&gt;dog")), qPrintable(toolTip));
    }

    void decodesOnlyWhatIsVisible() {
        const auto dataset = std::make_shared<Generated>();
        m_gallery->setDataset(dataset);
        m_gallery->setItems(allOf(*dataset), QStringLiteral("all"));
        QTRY_VERIFY_WITH_TIMEOUT(thumbnails()->thumbnail(0) != nullptr, patience);
        QVERIFY2(dataset->read < 200, qPrintable(QString::number(dataset->read)));
        QVERIFY2(m_gallery->heading().contains(QLocale().toString(50'000)), qPrintable(m_gallery->heading()));
        QTest::keyClick(view(), Qt::Key_End);
        QTRY_VERIFY_WITH_TIMEOUT(thumbnails()->thumbnail(49'999) != nullptr, patience);
        QVERIFY2(dataset->read < 400, qPrintable(QString::number(dataset->read)));
    }

    void unreadableImageSaysWhy() {
        const auto dataset = std::make_shared<Generated>();
        m_gallery->setDataset(dataset);
        m_gallery->setItems({{7, 1, 1, {}}});
        QTRY_VERIFY_WITH_TIMEOUT(thumbnails()->thumbnail(7) != nullptr, patience);
        QVERIFY(thumbnails()->thumbnail(7)->pixmap.isNull());
        QCOMPARE(thumbnails()->thumbnail(7)->problem, QStringLiteral("7.png is damaged"));
    }

    void keysChangeTheSize() {
        const auto dataset = std::make_shared<Generated>();
        m_gallery->setDataset(dataset);
        m_gallery->setItems(allOf(*dataset));
        const int before = view()->gridSize().width();
        QTest::keyClick(view(), Qt::Key_Plus);
        QVERIFY(view()->gridSize().width() > before);
        QTest::keyClick(view(), Qt::Key_Minus);
        QCOMPARE(view()->gridSize().width(), before);
    }

    void arrowsChooseAndSelect() {
        const auto dataset = std::make_shared<Generated>();
        m_gallery->setDataset(dataset);
        m_gallery->setItems({{4, 0, 0, {}}, {6, 0, 1, {}}, {9, 1, 1, {}}});
        QList<quint32> chosen;
        connect(m_gallery.get(), &ImageGallery::imageChosen, this,
                [&chosen](quint32 sample) { chosen.append(sample); });
        view()->setCurrentIndex(view()->model()->index(0, 0));
        QTest::keyClick(view(), Qt::Key_Right);
        QCOMPARE(chosen, (QList<quint32>{4, 6}));
        QTest::keyClick(view(), Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(m_gallery->selectedSamples(), (QList<quint32>{6, 9}));
        m_gallery->selectSamples({4, 9, 100});
        QCOMPARE(m_gallery->selectedSamples(), (QList<quint32>{4, 9}));
    }

    /// Images without files are copied as indices, files as paths.
    void copiesPathsOrIndices() {
        m_gallery->setDataset(std::make_shared<Generated>());
        m_gallery->setItems({{4, 0, 0, {}}, {6, 0, 1, {}}});
        m_gallery->selectSamples({6});
        copyAction()->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("6"));
        const QTemporaryDir folder;
        writeNoiseFolder(folderOf(folder), 3, 8, 1);
        m_gallery->setDataset(openDataset("folder:" + folder.path().toStdString()));
        m_gallery->setItems({{0, -1, -1, {}}, {2, -1, -1, {}}});
        m_gallery->selectSamples({0, 2});
        copyAction()->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), folder.filePath(QStringLiteral("000.png")) +
                                                           QChar('\n') +
                                                           folder.filePath(QStringLiteral("002.png")));
    }

    void exportsTheListAndAnImage() {
        const QTemporaryDir folder;
        const auto dataset = std::make_shared<Generated>();
        m_gallery->setDataset(dataset);
        m_gallery->setItems({{4, 0, 1, QStringLiteral("=1+1")}, {5, 1, 1, {}}});
        auto *actions = m_gallery->findChild<GalleryActions *>();
        const auto *done = m_gallery->findChild<QLabel *>(QStringLiteral("galleryDone"));
        const QString list = folder.filePath(QStringLiteral("list.csv"));
        actions->saveListTo(list);
        QTRY_VERIFY_WITH_TIMEOUT(done->isVisible(), patience);
        QCOMPARE(QString::fromStdString(readBytes(list.toStdString())),
                 QStringLiteral("index,file,class,predicted,note\n4,4.png,cat,<b>dog</b>,'=1+1\n"
                                "5,5.png,<b>dog</b>,<b>dog</b>,\n"));
        view()->setCurrentIndex(view()->model()->index(0, 0));
        const QString picture = folder.filePath(QStringLiteral("image.png"));
        actions->saveImageTo(picture);
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(picture), patience);
        QCOMPARE(readImage(picture.toStdString()), dataset->image(4));
    }

    /// A run whose images are gone, and one whose images are others now.
    void missingAndChangedImagesAreSaid() {
        const QTemporaryDir folder;
        writeNoiseFolder(folderOf(folder), 3, 8, 1);
        DatasetRecord record;
        record.source = "folder:" + folder.path().toStdString();
        record.fingerprint = openDataset(record.source)->fingerprint();
        DatasetCache cache;
        RunImages images(cache);
        images.open(record);
        QTRY_VERIFY_WITH_TIMEOUT(images.dataset() != nullptr, patience);
        QVERIFY(images.problem().isEmpty());
        record.fingerprint = "0123";
        images.open(record);
        QVERIFY(images.dataset() == nullptr);
        QTRY_VERIFY2_WITH_TIMEOUT(images.problem().contains(QStringLiteral("changed")),
                                  qPrintable(images.problem()), patience);
        record.source = "folder:" + folder.filePath(QStringLiteral("none")).toStdString();
        images.open(record);
        QTRY_VERIFY2_WITH_TIMEOUT(images.problem().contains(QStringLiteral("not available")),
                                  qPrintable(images.problem()), patience);
        m_gallery->setDataset(images.dataset(), images.problem());
        m_gallery->setItems({{5, 1, 0, {}}});
        QVERIFY(m_gallery->findChild<QLabel *>(QStringLiteral("galleryProblem"))->isVisible());
        QCOMPARE(view()->model()->index(0, 0).data().toString(), QStringLiteral("class 1"));
    }

    void emptyGallerySaysWhatWillBeThere() {
        m_gallery->setEmptyTexts(QStringLiteral("Nothing"), QStringLiteral("Do this"));
        QVERIFY(m_gallery->findChild<QWidget *>(QStringLiteral("emptyGallery"))->isVisible());
        m_gallery->setItems({{5, 1, 0, {}}});
        QVERIFY(view()->isVisible());
    }

  private:
    QListView *view() { return m_gallery->findChild<QListView *>(QStringLiteral("galleryView")); }
    ThumbnailLoader *thumbnails() { return m_gallery->findChild<ThumbnailLoader *>(); }
    QAction *copyAction() { return m_gallery->findChild<QAction *>(QStringLiteral("copyImagePaths")); }

    std::unique_ptr<ImageGallery> m_gallery;
};

SIMCLR_TEST(TestImageGallery, QApplication)
#include "tst_image_gallery.moc"
