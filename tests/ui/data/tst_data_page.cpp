// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/data_page.h"

#include "core/data/data_source.h"
#include "core/data/selected_dataset.h"
#include "core/inspect/picture_similarity.h"
#include "tests/support/test_images.h"
#include "ui/data/data_study.h"
#include "ui/data/duplicates/duplicate_text.h"
#include "ui/data/duplicates/group_model.h"
#include "ui/data/facts/histogram_bars.h"
#include "ui/data/facts/training_look.h"
#include "ui/data/selection_keeper.h"
#include "ui/data/wall/image_wall.h"
#include "ui/text/dataset_text.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/theme.h"
#include "ui/workspace/workspace.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QToolButton>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 30'000;

/// A page with train/{cats,dogs} and test/{cats,dogs} of 8 images each; one test image is also in training.
struct Fixture {
    QTemporaryDir folder;
    Workspace workspace{folderOf(folder) / "runs.sqlite"};
    DataPage page{workspace};

    Fixture() {
        const auto root = images();
        std::uint32_t seed = 1;
        for (const char *place : {"train/cats", "train/dogs", "test/cats", "test/dogs"}) {
            std::filesystem::create_directories(root / place);
            for (int i = 0; i < 8; ++i)
                writePng(squeezed(noiseImage(9, 9, seed++), 40 + i),
                         root / place / (std::to_string(i) + ".png"));
        }
        writePng(squeezed(noiseImage(9, 9, 3), 42), root / "test/dogs/leak.png");
        writeBytes(root / "train/cats/text <b>.jpg", "not an image");
        page.resize(1000, 640);
        page.show();
        workspace.openSource(QString::fromStdString("folder:" + root.string()));
        if (!QTest::qWaitFor([this] { return wall().samples().size() == 33; }, patience))
            qFatal("the images were not opened");
    }
    std::filesystem::path images() const { return folderOf(folder) / "images"; }
    template <typename T>
    T &part(const char *name) {
        T *found = page.findChild<T *>(QLatin1String(name));
        if (found == nullptr)
            qFatal("no %s", name);
        return *found;
    }
    ImageWall &wall() { return part<ImageWall>("imageWall"); }
    bool waitForSize(std::uint32_t size) {
        return QTest::qWaitFor([&] { return workspace.dataset()->size() == size && !workspace.isOpening(); },
                               patience);
    }
    void choose(const char *box, int index) {
        auto &combo = part<QComboBox>(box);
        combo.setCurrentIndex(index);
        Q_EMIT combo.activated(index);
    }
    bool showsImages(std::size_t count) {
        return QTest::qWaitFor([&] { return wall().samples().size() == count; }, patience);
    }
    bool findDuplicates(int wait = patience) {
        part<QToolButton>("showDuplicates").click();
        part<QPushButton>("findImageDuplicates").click();
        return QTest::qWaitFor([&] { return part<QListView>("duplicateGroups").model()->rowCount() > 0; },
                               wait);
    }
};

} // namespace

class TestDataPage : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_data_page"));
        theme::apply(*qApp, ThemeChoice::Light);
    }
    void init() { QSettings().clear(); }

    void reportsWhatIsOpen() {
        Fixture fixture;
        QCOMPARE(fixture.part<QLabel>("reportTitle").text(), QStringLiteral("images"));
        QVERIFY(fixture.part<QLabel>("reportImages").text().startsWith(QStringLiteral("33 in 2 classes")));
        QTRY_VERIFY(fixture.part<QLabel>("splitCounts").text().startsWith(QStringLiteral("14 training")));
        QVERIFY(fixture.part<QLabel>("splitCounts").text().contains(QStringLiteral("17 test")));
        QVERIFY(fixture.part<QLabel>("splitOrigin").text().contains(QStringLiteral("source says")));
        QVERIFY(fixture.part<QLabel>("brokenTitle").text().contains(QStringLiteral("1 file")));
    }

    void measuresImagesInMemory() {
        Fixture fixture;
        auto &sides = fixture.part<HistogramBars>("sideHistogram");
        QTRY_VERIFY_WITH_TIMEOUT(!sides.bars().empty(), patience);
        QCOMPARE(sides.bars().front().low, 40.0);
        QVERIFY(sides.spokenValue().contains(QStringLiteral("40 to 47 px")));
        QVERIFY(fixture.part<QLabel>("channelStatistics").text().contains(QStringLiteral("0.5")));
        QVERIFY(
            fixture.part<QLabel>("statisticsBasis").text().contains(QStringLiteral("14 training images")));
        fixture.choose("wallSize", int(1)); // below the training size of 32
        QVERIFY(fixture.showsImages(0));
        TrainOptions options;
        options.imageSize = 44;
        fixture.page.setOptions(options); // is measured again at this size
        QVERIFY(fixture.showsImages(33));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.part<QLabel>("statisticsBasis").text().contains("44 × 44"),
                                 patience);
    }

    void optionsChangeTheSplits() {
        Fixture fixture;
        QSignalSpy edited(&fixture.page, &DataPage::optionEdited);
        TrainOptions options;
        options.validationFraction = 0.5;
        fixture.page.setOptions(options);
        QTRY_VERIFY(fixture.part<QLabel>("splitCounts").text().startsWith(QStringLiteral("8 training")));
        QCOMPARE(edited.count(), 0); // not an edit
    }

    void editedOptionsArePassedOn() {
        Fixture fixture;
        TrainOptions options;
        connect(&fixture.page, &DataPage::optionEdited, &fixture.page,
                [&](const QString &id, const Value &value) {
                    trainOptionsDescription().write(options, id.toStdString(), value, "options");
                    fixture.page.setOptions(options); // as the window does
                });
        auto &spin = fixture.part<QDoubleSpinBox>("validation_fraction");
        spin.setValue(0.5);
        QTRY_COMPARE_WITH_TIMEOUT(options.validationFraction, 0.5, patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            fixture.part<QLabel>("splitCounts").text().startsWith(QStringLiteral("8 training")), patience);
    }

    /// Splits, statistics and the work for them do not depend on the learning rate.
    void otherOptionsChangeNothing() {
        DataStudy study;
        study.setDataset(openDataset("shapes"));
        QTRY_VERIFY_WITH_TIMEOUT(study.splits() != nullptr, patience);
        study.measure(true);
        QTRY_VERIFY_WITH_TIMEOUT(study.statistics() != nullptr, patience);
        const StudiedSplitsPtr splits = study.splits();
        QSignalSpy changed(&study, &DataStudy::splitsChanged);
        TrainOptions options = study.options();
        options.epochs = 7;
        study.setOptions(options);
        QTest::qWait(50);
        QCOMPARE(changed.count(), 0);
        QVERIFY(study.splits() == splits && study.statistics());
        options.validationFraction = 0.4;
        study.setOptions(options);
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, patience);
        QVERIFY(study.splits()->splits.learn != splits->splits.learn);
        QVERIFY(!study.statistics()); // they were of other images
        for (std::uint32_t sample = 0; sample < study.dataset()->size(); ++sample)
            QCOMPARE(study.splits()->of(sample) == ImageSplit::Validation,
                     std::ranges::binary_search(study.splits()->splits.validation, sample));
    }

    void filtersTheWall() {
        Fixture fixture;
        QTRY_VERIFY(!fixture.part<QLabel>("splitCounts").text().isEmpty());
        fixture.choose("wallClass", 2); // dogs
        QVERIFY(fixture.showsImages(17));
        fixture.choose("wallSplit", 1 + int(ImageSplit::Test));
        QVERIFY(fixture.showsImages(9));
        fixture.part<QLineEdit>("wallName").setText(QStringLiteral("LEAK"));
        QVERIFY(fixture.showsImages(1));
        QCOMPARE(fixture.part<QLabel>("wallCount").text(), QStringLiteral("1 of 33"));
        fixture.part<QLineEdit>("wallName").setText(QStringLiteral("nothing"));
        QVERIFY(fixture.showsImages(0));
        QVERIFY(fixture.part<QWidget>("emptyWall").isVisible());
    }

    void describesImages() {
        Fixture fixture;
        QTRY_VERIFY(!fixture.part<QLabel>("splitCounts").text().isEmpty());
        fixture.wall().setCurrent(32);
        QTRY_VERIFY(fixture.wall().spokenValue().contains(QStringLiteral("px")));
        const QString text = fixture.wall().spokenValue();
        QVERIFY2(text.contains(QStringLiteral("Class: dogs")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("Split: training")) ||
                     text.contains(QStringLiteral("Split: validation")),
                 qPrintable(text)); // held out of the training images
    }

    void showsTheTrainingSize() {
        Fixture fixture;
        auto &look = fixture.part<TrainingLook>("trainingLook");
        fixture.wall().setCurrent(5);
        const int side = fixture.workspace.dataset()->image(5).width();
        QTRY_COMPARE_WITH_TIMEOUT(look.original().width(), side, patience);
        QCOMPARE(look.atTrainingSize().size(), QSize(32, 32));
    }

    void copiesPathsAndNames() {
        Fixture fixture;
        fixture.wall().selectSamples({0, 1});
        const auto text = [] { return QGuiApplication::clipboard()->text(); };
        QGuiApplication::clipboard()->clear();
        fixture.part<QAction>("wallCopyPaths").trigger();
        QTRY_COMPARE_WITH_TIMEOUT(text().count(QChar('\n')), 1, patience);
        QVERIFY(text().startsWith(QString::fromStdString(fixture.images().string())));
        fixture.part<QAction>("wallCopyNames").trigger();
        QTRY_COMPARE_WITH_TIMEOUT(text().section(QChar('\n'), 0, 0),
                                  QString::fromStdString(fixture.workspace.dataset()->sampleName(0)),
                                  patience);
    }

    void leavesImagesOutAndUsesAllAgain() {
        Fixture fixture;
        const std::string fingerprint = fixture.workspace.dataset()->fingerprint();
        fixture.wall().selectSamples({0, 1});
        fixture.part<QAction>("wallLeaveOut").trigger();
        QVERIFY(fixture.waitForSize(31));
        QVERIFY(fixture.workspace.dataset()->fingerprint() != fingerprint);
        QVERIFY(fixture.part<QLabel>("selectionText").text().contains(QStringLiteral("31 of 33")));
        QVERIFY(std::filesystem::exists(folderOf(fixture.folder) / "selections"));
        QVERIFY(fixture.showsImages(31));
        fixture.wall().selectSamples({4});
        fixture.part<QAction>("wallLeaveOut").trigger(); // in addition
        QVERIFY(fixture.waitForSize(30));
        QCOMPARE(fixture.workspace.recentSources().size(), 1); // of the same images only the newest
        QVERIFY(sourceText(fixture.workspace.recentSources().front()).endsWith("without some images 2"));
        QVERIFY(fixture.showsImages(30));
        fixture.wall().selectSamples({0}); // the third of all images
        fixture.part<QAction>("wallCopyPaths").trigger();
        const QString path =
            QString::fromStdString((fixture.images() / fixture.workspace.dataset()->sampleName(0)).string());
        QTRY_COMPARE_WITH_TIMEOUT(QGuiApplication::clipboard()->text(), path, patience);
        fixture.part<QToolButton>("useAllImages").click();
        QVERIFY(fixture.waitForSize(33));
        QCOMPARE(fixture.workspace.dataset()->fingerprint(), fingerprint);
    }

    /// What is left out while the images are opened without the first would use the numbers of the old ones.
    void twoListsAtOnceAreRefused() {
        Fixture fixture;
        QSignalSpy failed(&fixture.page.selections(), &SelectionKeeper::failed);
        fixture.page.selections().leaveOut({0}, QStringLiteral("first"));
        fixture.page.selections().leaveOut({1}, QStringLiteral("second"));
        QCOMPARE(failed.count(), 1);
        QVERIFY(fixture.waitForSize(32));
        QVERIFY(!fixture.page.selections().currentFile().contains(QStringLiteral("second")));
        fixture.page.selections().leaveOut({0}, QStringLiteral("second"));
        QVERIFY(fixture.waitForSize(31));
        QCOMPARE(failed.count(), 1);
    }

    void aListOfOtherImagesIsNotUsed() {
        Fixture fixture;
        QSignalSpy failed(&fixture.page.selections(), &SelectionKeeper::failed);
        fixture.page.selections().leaveOut({0}, QStringLiteral("first"));
        fixture.workspace.openSource(QStringLiteral("shapes"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.workspace.dataset()->report().kind == "shapes", patience);
        QVERIFY(fixture.page.selections().currentFile().isEmpty());
    }

    void usesOnlyWhatIsSelected() {
        Fixture fixture;
        fixture.wall().selectSamples({0, 1, 2, 20, 21});
        fixture.part<QAction>("wallKeep").trigger();
        QVERIFY(fixture.waitForSize(5));
        const QString other = fixture.folder.filePath(QStringLiteral("elsewhere/five.json"));
        fixture.page.selections().saveAs(other);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.page.selections().currentFile(), other, patience);
        QVERIFY(fixture.part<InlineMessage>("dataMessage").text().contains(other)); // it is still told
        fixture.page.selections().useAll();
        QVERIFY(fixture.waitForSize(33));
        fixture.page.selections().use(other);
        QVERIFY(fixture.waitForSize(5));
        QVERIFY(fixture.workspace.dataset()->report().title.ends_with("five"));
    }

    void findsDuplicatesAndLeavesThemOut() {
        Fixture fixture;
        QTRY_VERIFY(!fixture.part<QLabel>("splitCounts").text().isEmpty());
        QVERIFY(fixture.findDuplicates());
        const QString counts = fixture.part<QLabel>("duplicateCounts").text();
        QVERIFY2(counts.contains(QStringLiteral("Test images that are also trained on: 1 (5.9 %)")),
                 qPrintable(counts));
        QCOMPARE(fixture.part<QListView>("duplicateGroups").model()->rowCount(), 1);
        auto &leaveOut = fixture.part<QPushButton>("leaveOutDuplicates");
        QTRY_VERIFY(leaveOut.isEnabled());
        leaveOut.click();
        QVERIFY(fixture.waitForSize(32));
        const DatasetPtr rest = fixture.workspace.dataset();
        bool hasLeak = false;
        for (std::uint32_t sample = 0; sample < rest->size(); ++sample)
            hasLeak = hasLeak || rest->sampleName(sample) == "test/dogs/leak.png";
        QVERIFY(hasLeak); // the test image is kept
    }

    void duplicatesAreShownInTheWall() {
        Fixture fixture;
        QVERIFY(fixture.findDuplicates());
        auto &groups = fixture.part<QListView>("duplicateGroups");
        Q_EMIT groups.activated(groups.model()->index(0, 0));
        QVERIFY(fixture.wall().isVisible());
        QTRY_COMPARE(fixture.wall().selection().count(), std::size_t(2));
    }

    /// Images that are not used are not trained on.
    void unusedImagesAreNoLeaks() {
        const auto splits = std::make_shared<StudiedSplits>();
        splits->splitOfEach = {ImageSplit::Test,  ImageSplit::None,  ImageSplit::Validation,
                               ImageSplit::Learn, ImageSplit::Train, ImageSplit::Train};
        const auto found = std::make_shared<DuplicateImages>();
        found->groups = {{0, 1}, {2, 3}, {4, 5}};
        GroupModel model;
        model.setGroups(openDataset("shapes"), found, splits, true);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.group(0), (std::vector<std::uint32_t>{2, 3}));
        QCOMPARE(countDuplicates(*found, splits->splitOfEach).testInTrain, std::size_t(0));
    }

    void limitsOfTheSearchAreTold() {
        DuplicateImages found;
        found.compared = 8;
        QCOMPARE(nothingFoundText(found), QStringLiteral("8 images were compared."));
        found.isCut = true;
        found.brokenCount = 3;
        QVERIFY(nothingFoundText(found).contains(QStringLiteral("ended early")));
        QVERIFY(nothingFoundText(found).endsWith(QStringLiteral("Not readable: 3.")));
    }

    void asksForAPreview() {
        Fixture fixture;
        QSignalSpy preview(&fixture.page, &DataPage::previewRequested);
        fixture.wall().selectSamples({3, 4});
        fixture.part<QAction>("wallPreview").trigger();
        QCOMPARE(preview.count(), 1);
        QCOMPARE(preview.front().front().value<std::vector<std::uint32_t>>(),
                 (std::vector<std::uint32_t>{3, 4}));
    }

    void tellsOfProblems() {
        Fixture fixture;
        fixture.page.selections().use(QStringLiteral("/no/such/selection.json"));
        auto &message = fixture.part<InlineMessage>("dataMessage");
        QTRY_VERIFY_WITH_TIMEOUT(message.isVisible(), patience);
        QVERIFY(message.text().contains(QStringLiteral("/no/such/selection.json")));
        QCOMPARE(fixture.workspace.dataset()->size(), 33u);
    }

    /// In a small window too; pictures are stored in SIMCLR_SCREENSHOTS if that is set, of the images that
    /// SIMCLR_REAL_IMAGES names if that is set.
    void fits() {
        Fixture fixture;
        const QSize room(960 - 68, 480 - 44 - 40); // a small window without rail, header and strip
        QVERIFY2(fixture.page.minimumSizeHint().width() <= room.width(),
                 qPrintable(QString::number(fixture.page.minimumSizeHint().width())));
        QVERIFY2(fixture.page.minimumSizeHint().height() <= room.height(),
                 qPrintable(QString::number(fixture.page.minimumSizeHint().height())));
        const QString folder = qEnvironmentVariable("SIMCLR_SCREENSHOTS");
        if (folder.isEmpty())
            return;
        if (const QString real = qEnvironmentVariable("SIMCLR_REAL_IMAGES"); !real.isEmpty()) {
            fixture.workspace.openSource(real);
            QTRY_VERIFY_WITH_TIMEOUT(fixture.workspace.dataset()->size() > 33, 300'000);
        }
        QVERIFY(fixture.findDuplicates(300'000));
        for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark})
            for (const QSize size : {QSize(1032, 610), QSize(1532, 860)}) {
                theme::apply(*qApp, choice);
                fixture.page.resize(size);
                const QString look =
                    folder + (choice == ThemeChoice::Dark ? QStringLiteral("/data-dark-%1-")
                                                          : QStringLiteral("/data-light-%1-"))
                                 .arg(size.width());
                for (const char *view : {"showDuplicates", "showWall"}) {
                    fixture.part<QToolButton>(view).click();
                    QTest::qWait(1500); // thumbnails
                    QVERIFY(fixture.page.grab().save(look + QLatin1String(view) + QStringLiteral(".png")));
                }
            }
        theme::apply(*qApp, ThemeChoice::Light);
    }

    void anotherDatasetForgetsTheOldOne() {
        Fixture fixture;
        QVERIFY(fixture.findDuplicates());
        fixture.wall().selectSamples({3});
        fixture.workspace.openSource(QStringLiteral("shapes"));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.workspace.dataset()->report().kind == "shapes", patience);
        QVERIFY(fixture.showsImages(fixture.workspace.dataset()->size()));
        QCOMPARE(fixture.wall().selection().count(), std::size_t(0));
        QCOMPARE(fixture.part<QListView>("duplicateGroups").model()->rowCount(), 0);
    }
};

SIMCLR_TEST(TestDataPage, QApplication)
#include "tst_data_page.moc"
