// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"
#include "tests/support/test_images.h"
#include "tests/ui/design/design_fixture.h"
#include "ui/design/preview/preview_images.h"
#include "ui/design/preview/preview_panel.h"
#include "ui/design/preview/preview_samples.h"

#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QToolButton>
#include <atomic>
#include <set>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

/// A million images, generated on request; counts the requests.
class Million : public Dataset {
  public:
    Million() {
        m_report.kind = "folder";
        m_report.images = size();
        m_report.largest = m_report.smallest = {8, 8};
    }
    const DatasetReport &report() const override { return m_report; }
    const std::string &fingerprint() const override { return m_report.kind; }
    std::uint32_t size() const override { return 1'000'000; }
    int label(std::uint32_t) const override { return unlabelled; }
    bool isTestSample(std::uint32_t) const override { return false; }
    std::string sampleName(std::uint32_t sample) const override { return std::to_string(sample) + ".png"; }
    Image image(std::uint32_t sample) const override {
        ++read;
        return noiseImage(8, 8, sample);
    }
    mutable std::atomic<int> read = 0;

  private:
    DatasetReport m_report;
};

/// 30 cats and 20 dogs for training, 5 of each for testing.
void writeAnimals(const std::filesystem::path &folder) {
    writeNoiseFolder(folder / "train" / "cat", 30, 12, 1);
    writeNoiseFolder(folder / "train" / "dog", 20, 12, 100);
    writeNoiseFolder(folder / "test" / "cat", 5, 12, 200);
    writeNoiseFolder(folder / "test" / "dog", 5, 12, 300);
}

} // namespace

/// Which images a preview shows, and how to reach all the others.
class TestPreviewSamples : public QObject {
    Q_OBJECT

    struct Fixture {
        QTemporaryDir folder;
        Workspace workspace{"/nowhere/runs.sqlite"};
        PipelineDocument document;
        std::unique_ptr<PreviewPanel> panel;

        Fixture() {
            document.loadPreset(pipelinePresets().at(1));
            writeAnimals(folderOf(folder));
            openImages(workspace, folder.path());
            panel = std::make_unique<PreviewPanel>(workspace, document);
            showActive(*panel, {700, 620});
            if (!settled())
                qFatal("no preview");
        }
        template <typename T>
        T &part(const char *name) const {
            T *found = panel->findChild<T *>(QString::fromLatin1(name));
            if (!found)
                qFatal("the panel has no %s", name);
            return *found;
        }
        PreviewGrid &grid() const { return part<PreviewGrid>("previewGrid"); }
        PreviewPtr preview() const { return grid().preview(); }
        bool settled() const {
            auto *renderer = panel->findChild<PreviewRenderer *>();
            return QTest::qWaitFor([&] { return preview() && renderer->isUpToDate(); }, 30'000);
        }
        void press(const char *button) const {
            part<QAbstractButton>(button).click();
            settled();
        }
        /// The visible samples.
        std::vector<std::uint32_t> seen() const {
            std::vector<std::uint32_t> samples;
            for (int i = 0; i < grid().visible(); ++i)
                samples.push_back(preview()->tiles.at(std::size_t(i)).sample);
            return samples;
        }
        /// All samples from the first page to the last, with the number of times each was visible.
        std::multiset<std::uint32_t> seenOnAllPages() const {
            std::multiset<std::uint32_t> all;
            for (int page = 0; page < 100; ++page) {
                const auto samples = seen();
                all.insert(samples.begin(), samples.end());
                if (!part<QToolButton>("imagesBehind").isEnabled())
                    break;
                press("imagesBehind");
            }
            return all;
        }
        QString range() const { return part<QLabel>("previewRange").text(); }
    };

    static std::multiset<std::uint32_t> upTo(std::uint32_t count) {
        std::multiset<std::uint32_t> all;
        for (std::uint32_t sample = 0; sample < count; ++sample)
            all.insert(sample);
        return all;
    }

  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-test"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_preview_samples"));
    }
    void init() { QSettings().clear(); }

    void ordersHoldEverySampleOnce() {
        const Fixture fixture;
        const Dataset &dataset = *fixture.workspace.dataset();
        for (const std::uint32_t shuffle : {0U, 1U, 77U}) {
            const auto samples = orderedSamples(dataset, {{}, shuffle});
            QVERIFY(std::multiset(samples.begin(), samples.end()) == upTo(60));
            QCOMPARE(samples, orderedSamples(dataset, {{}, shuffle}));
            const auto isForTesting = [&](std::uint32_t sample) { return dataset.isTestSample(sample); };
            QVERIFY(std::ranges::none_of(samples.begin(), samples.begin() + 50, isForTesting));
            QVERIFY(dataset.label(samples[0]) != dataset.label(samples[1])); // classes alternate
        }
        QVERIFY(orderedSamples(dataset, {{}, 1}) != orderedSamples(dataset, {{}, 2}));
        QCOMPARE(orderedSamples(dataset, {0, 0}).size(), std::size_t{35});
        QCOMPARE(orderedSamples(dataset, {1, 5}).size(), std::size_t{25});
        QVERIFY(orderedSamples(dataset, {Dataset::unlabelled, 0}).empty());
    }

    void pagesShowEveryImageOnce_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("zoom");
        QTest::newRow("usual") << QSize(700, 620) << 0;
        QTest::newRow("small window") << QSize(460, 420) << 0;
        QTest::newRow("large window") << QSize(1500, 900) << 0;
        QTest::newRow("smaller pictures") << QSize(700, 620) << -2;
        QTest::newRow("smallest pictures") << QSize(1000, 800) << -3;
        QTest::newRow("larger pictures") << QSize(700, 620) << 2;
    }
    void pagesShowEveryImageOnce() {
        QFETCH(QSize, size);
        QFETCH(int, zoom);
        const Fixture fixture;
        fixture.panel->resize(size);
        for (int i = 0; i < std::abs(zoom); ++i)
            fixture.press(zoom < 0 ? "zoomOut" : "zoomIn");
        QTest::qWait(50); // the sizes of scrolled images are updated later
        QVERIFY(fixture.settled());
        QVERIFY(fixture.seenOnAllPages() == upTo(60));
        QVERIFY2(fixture.range().endsWith(QStringLiteral("60 of 60")), qPrintable(fixture.range()));
        while (fixture.part<QToolButton>("imagesBefore").isEnabled())
            fixture.press("imagesBefore");
        QCOMPARE(fixture.preview()->request.first, std::size_t{0});
    }

    /// Even though the last page is shorter.
    void goingBackShowsTheSamePages() {
        bool wasShorter = false;
        for (const QSize &size : {QSize(700, 560), QSize(700, 760), QSize(1000, 560), QSize(520, 600)}) {
            const Fixture fixture;
            fixture.panel->resize(size);
            QVERIFY(fixture.settled());
            std::vector<std::size_t> forth{0}, back;
            for (; fixture.part<QToolButton>("imagesBehind").isEnabled();
                 forth.push_back(fixture.preview()->request.first))
                fixture.press("imagesBehind");
            for (; fixture.part<QToolButton>("imagesBefore").isEnabled(); fixture.press("imagesBefore"))
                back.insert(back.begin(), fixture.preview()->request.first);
            back.insert(back.begin(), fixture.preview()->request.first);
            QVERIFY(forth.size() > 2);
            wasShorter = wasShorter || 60 % forth[1] != 0;
            QCOMPARE(back, forth);
        }
        QVERIFY(wasShorter);
    }

    void theDrawStaysWhenThePageIsTurned() {
        const Fixture fixture;
        const PreviewPtr before = fixture.preview();
        fixture.press("imagesBehind");
        QVERIFY(fixture.preview()->tiles[0].sample != before->tiles[0].sample);
        QCOMPARE(fixture.preview()->request.seed, before->request.seed);
        QCOMPARE(fixture.preview()->request.epoch, before->request.epoch);
        fixture.panel->newSample();
        QVERIFY(fixture.settled());
        QCOMPARE(fixture.preview()->request.epoch, before->request.epoch + 1);
        QVERIFY(fixture.preview()->request.first > 0); // the page is kept for another sample of the views
    }

    void keysTurnThePage() {
        const Fixture fixture;
        const auto first = fixture.seen();
        fixture.grid().setFocus();
        QTest::keyClick(&fixture.grid(), Qt::Key_PageDown);
        QVERIFY(fixture.settled());
        QCOMPARE(fixture.preview()->request.first, first.size());
        QTest::keyClick(&fixture.grid(), Qt::Key_Left); // past the first of this page
        QVERIFY(fixture.settled());
        QCOMPARE(fixture.seen(), first);
        QCOMPARE(fixture.grid().chosen(), int(first.size()) - 1);
        QTest::keyClick(&fixture.grid(), Qt::Key_Right); // past the last of the page
        QVERIFY(fixture.settled());
        QCOMPARE(fixture.preview()->request.first, first.size());
        QCOMPARE(fixture.grid().chosen(), 0);
        QTest::keyClick(&fixture.grid(), Qt::Key_PageUp);
        QVERIFY(fixture.settled());
        QCOMPARE(fixture.seen(), first);
        QTest::keyClick(&fixture.grid(), Qt::Key_PageUp); // there is no previous page
        QVERIFY(fixture.settled());
        QCOMPARE(fixture.seen(), first);
    }

    void aFilmstripGoesThroughAllImages() {
        const Fixture fixture;
        std::set<std::uint32_t> focused;
        fixture.press("previewFilmstripButton");
        for (int i = 0; i < 60; ++i) {
            focused.insert(fixture.preview()->tiles.at(fixture.preview()->request.focus).sample);
            fixture.press("nextImage");
        }
        QCOMPARE(focused.size(), std::size_t{60});
    }

    void aNumberLeadsThere() {
        const Fixture fixture;
        auto &place = fixture.part<QSpinBox>("previewFirst");
        place.setFocus();
        place.selectAll();
        QTest::keyClicks(&place, QStringLiteral("41"));
        QTest::keyClick(&place, Qt::Key_Return);
        QVERIFY(fixture.settled());
        QCOMPARE(fixture.preview()->request.first, std::size_t{40});
        QCOMPARE(place.maximum(), 60);
        place.selectAll();
        QTest::keyClicks(&place, QStringLiteral("9"));
        QTest::keyClick(&place, Qt::Key_Return);
        QVERIFY(fixture.settled());
        QCOMPARE(fixture.preview()->request.first, std::size_t{8});
    }

    void oneClassAlone() {
        const Fixture fixture;
        fixture.press("imagesBehind");
        auto &classes = fixture.part<QComboBox>("previewClass");
        QVERIFY(classes.isVisible());
        QCOMPARE(classes.count(), 3); // all, cat, dog
        classes.setCurrentIndex(classes.findText(QStringLiteral("dog")));
        QVERIFY(fixture.settled());
        QCOMPARE(fixture.preview()->request.first, std::size_t{0});
        QCOMPARE(fixture.preview()->total, std::size_t{25});
        for (const PreviewTile &tile : fixture.preview()->tiles)
            QCOMPARE(tile.caption, QStringLiteral("dog"));
        QCOMPARE(fixture.seenOnAllPages().size(), std::size_t{25});
        classes.setCurrentIndex(0);
        QVERIFY(fixture.settled());
        QCOMPARE(fixture.preview()->total, std::size_t{60});
    }

    void shufflingShowsOthersAndThereIsAWayBack() {
        const Fixture fixture;
        const PreviewPtr before = fixture.preview();
        const auto usual = fixture.seen();
        fixture.press("shuffleImages");
        QVERIFY(fixture.seen() != usual);
        QCOMPARE(fixture.preview()->request.seed, before->request.seed);
        QCOMPARE(fixture.preview()->request.epoch, before->request.epoch);
        QVERIFY(fixture.seenOnAllPages() == upTo(60));
        fixture.press("usualOrder");
        QCOMPARE(fixture.seen(), usual);
        QVERIFY(!fixture.part<QToolButton>("usualOrder").isVisible());
    }

    void otherImagesBeginAtTheirFirst() {
        Fixture fixture;
        fixture.press("imagesBehind");
        auto &classes = fixture.part<QComboBox>("previewClass");
        classes.setCurrentIndex(2);
        const QTemporaryDir other;
        writeNoiseFolder(folderOf(other), 3, 12, 1);
        openImages(fixture.workspace, other.path());
        QVERIFY(QTest::qWaitFor(
            [&] { return fixture.preview() && fixture.preview()->request.dataset->size() == 3; }, 30'000));
        QVERIFY(fixture.settled());
        QCOMPARE(fixture.seen().size(), std::size_t{3});
        QVERIFY(!classes.isVisible()); // there are none
        QVERIFY(!fixture.part<QToolButton>("imagesBehind").isEnabled());
    }

    void aMillionImagesAreReadPageByPage() {
        const auto million = std::make_shared<Million>();
        PreviewRenderer renderer;
        PreviewPtr shown;
        connect(&renderer, &PreviewRenderer::rendered, &renderer,
                [&](const PreviewPtr &preview) { shown = preview; });
        PreviewRequest request;
        request.dataset = million;
        request.pipeline = pipelineByName("crop-only");
        std::set<std::uint32_t> seen;
        for (const std::size_t first : {std::size_t{0}, std::size_t{12}, std::size_t{500'000},
                                        std::size_t{999'995}, std::size_t{2'000'000}}) {
            request.first = first;
            const int before = million->read;
            renderer.request(request);
            QVERIFY(QTest::qWaitFor([&] { return shown && renderer.isUpToDate(); }, 60'000));
            QCOMPARE(shown->total, std::size_t{1'000'000});
            QVERIFY(shown->tiles.size() <= request.count);
            QVERIFY(million->read - before <= int(request.count)); // no others are decoded
            for (const PreviewTile &tile : shown->tiles)
                seen.insert(tile.sample);
        }
        QCOMPARE(shown->request.first, std::size_t{999'988}); // the last page, because there is none after it
        QCOMPARE(seen.size(), std::size_t{12 + 12 + 12 + 12});
    }

    void ownImagesAreSaidToBeAndAllCanBeSeen() {
        const Fixture fixture;
        fixture.press("imagesBehind");
        const auto ofDataset = fixture.seen();
        auto &owner = fixture.part<QLabel>("previewOwner");
        auto &back = fixture.part<QPushButton>("backToDatasetButton");
        QVERIFY(!owner.isVisible() && !back.isVisible());
        const QTemporaryDir own;
        writeNoiseFolder(folderOf(own), 60, 12, 900);
        QMimeData data;
        QList<QUrl> urls;
        for (const auto &entry : std::filesystem::directory_iterator(folderOf(own)))
            urls.append(QUrl::fromLocalFile(QString::fromStdString(entry.path().string())));
        data.setUrls(urls);
        fixture.panel->findChild<PreviewImages *>()->take(data);
        QVERIFY(fixture.settled());
        QVERIFY(owner.isVisible() && back.isVisible());
        QVERIFY2(owner.text().contains(QStringLiteral("60")), qPrintable(owner.text()));
        QVERIFY(!fixture.part<QComboBox>("previewClass").isVisible());
        QVERIFY(fixture.seenOnAllPages() == upTo(60)); // none is missing
        fixture.press("backToDatasetButton");
        QVERIFY(!owner.isVisible() && !back.isVisible());
        QCOMPARE(fixture.seen(), ofDataset); // the previous position
    }

    void onePastedPictureIsSaidToBeOnesOwn() {
        const Fixture fixture;
        QImage picture(30, 20, QImage::Format_RGB32);
        picture.fill(Qt::green);
        QGuiApplication::clipboard()->setImage(picture);
        QTest::keyClick(fixture.panel.get(), Qt::Key_V, Qt::ControlModifier);
        QVERIFY(fixture.settled());
        auto &owner = fixture.part<QLabel>("previewOwner");
        QVERIFY(owner.isVisible());
        QVERIFY2(owner.text().contains(QStringLiteral("pasted")), qPrintable(owner.text()));
    }
};

SIMCLR_TEST(TestPreviewSamples, QApplication)
#include "tst_preview_samples.moc"
