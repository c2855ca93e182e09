// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/codec.h"
#include "tests/support/test_main.h"
#include "tests/ui/runs/explore/map/trained_run.h"
#include "ui/runs/explore/gallery/image_gallery.h"
#include "ui/runs/explore/neighbours/neighbours_panel.h"
#include "ui/runs/explore/neighbours/neighbours_view.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QtTest>
#include <memory>

using namespace simclr;
using namespace simclr::test;
using namespace simclr::ui;

namespace {

constexpr int patience = 60'000;

} // namespace

/// The real view on runs that were really trained.
class TestNeighboursView : public QObject {
    Q_OBJECT

    std::unique_ptr<TrainedRuns> m_runs;
    std::unique_ptr<Computing> m_computing;
    std::unique_ptr<FeatureCache> m_features;
    std::unique_ptr<NeighboursView> m_view;

    template <typename Widget>
    Widget &part(const char *name) {
        return *m_view->findChild<Widget *>(QLatin1String(name));
    }
    void showRuns(const std::vector<RunRecord> &runs) {
        m_view->showRuns(runs);
        part<QWidget>("emptyNeighbours").findChild<QPushButton *>(QStringLiteral("emptyAction"))->click();
    }
    void waitForImages() {
        QTRY_VERIFY_WITH_TIMEOUT(!part<ImageGallery>("neighbourImages").items().empty(), patience);
    }
    NeighboursPanel &panel() { return *m_view->findChild<NeighboursPanel *>(); }

  private Q_SLOTS:
    void initTestCase() { m_runs = std::make_unique<TrainedRuns>(2); }
    void init() {
        m_computing = std::make_unique<Computing>(m_runs->database());
        m_features = std::make_unique<FeatureCache>(m_runs->images());
        m_view = std::make_unique<NeighboursView>(*m_features, m_computing->queue);
        m_view->resize(900, 420);
        m_view->show();
    }
    void cleanup() {
        m_view.reset();
        m_features.reset();
        m_computing.reset();
    }
    void cleanupTestCase() { m_runs.reset(); }

    void theNearestImagesAreListed() {
        showRuns(m_runs->records(1));
        waitForImages();
        const GalleryItem first = part<ImageGallery>("neighbourImages").items().front();
        panel().showImage(first.sample);
        auto &gallery = part<ImageGallery>("neighbourGallery1");
        QTRY_COMPARE(gallery.items().size(), std::size_t(24));
        QVERIFY(!part<ImageGallery>("neighbourGallery2").isVisible());
        double last = 0;
        for (const GalleryItem &item : gallery.items()) {
            const double distance = QLocale().toDouble(item.note.section(' ', 0, 0));
            QVERIFY(distance >= last);
            last = distance;
            QCOMPARE(item.note.contains(QStringLiteral("other class")), item.label != first.label);
        }
    }

    void changedNeighboursComeFirst() {
        std::vector<RunRecord> runs = m_runs->records(1);
        runs.push_back(runs.front()); // the same encoder: nothing changes
        showRuns(runs);
        waitForImages();
        QVERIFY(
            part<ImageGallery>("neighbourImages").heading().contains(QStringLiteral("mean overlap 1.00")));
        part<QComboBox>("neighbourFeatures").setCurrentIndex(1);
        QTRY_VERIFY_WITH_TIMEOUT(panel().sources().size() == 2, patience);
        QCOMPARE(panel().sources()[0]->request.features, FeatureKind::Z);
    }

    void overlapsAscend() {
        std::vector<RunRecord> runs = m_runs->records(1);
        runs.push_back(runs.front());
        std::erase_if(runs[1].artifacts, [&](const ArtifactRecord &each) {
            return each.step != checkpointSteps(runs[0]).front();
        });
        showRuns(runs);
        waitForImages();
        double last = 0;
        for (const GalleryItem &item : part<ImageGallery>("neighbourImages").items()) {
            const double overlap = QLocale().toDouble(item.note.section(' ', -1));
            QVERIFY(overlap >= last);
            last = overlap;
        }
    }

    void runsOfOtherSeedsHaveOtherTestImages() {
        showRuns(m_runs->records(2));
        const auto &text = *part<QWidget>("emptyNeighbours").findChild<QLabel *>(QStringLiteral("emptyText"));
        QTRY_VERIFY_WITH_TIMEOUT(text.text().contains(QStringLiteral("different images")), patience);
    }

    void aFileIsEmbeddedAndFindsItself() {
        showRuns(m_runs->records(1));
        waitForImages();
        const GalleryItem first = part<ImageGallery>("neighbourImages").items().front();
        const QString file = m_runs->folder().filePath(QStringLiteral("query.png"));
        writePng(m_runs->shapes()->image(first.sample), file.toStdString());
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        QCOMPARE(droppedImage(&data), file);
        QDropEvent drop({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&panel(), &drop);
        auto &gallery = part<ImageGallery>("neighbourGallery1");
        QTRY_VERIFY_WITH_TIMEOUT(!gallery.items().empty(), patience);
        QCOMPARE(gallery.items().front().sample, first.sample);
        QVERIFY(gallery.items().front().note.startsWith(QLocale().toString(0.0, 'f', 3)));
    }

    void otherFilesAreNotTaken() {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(QStringLiteral("/etc/passwd"))});
        QVERIFY(droppedImage(&data).isEmpty());
        data.setUrls({QUrl(QStringLiteral("https://example.org/a.png"))});
        QVERIFY(droppedImage(&data).isEmpty());
    }
};

SIMCLR_TEST(TestNeighboursView, QApplication)
#include "tst_neighbours_view.moc"
