// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_support.h"
#include "tests/ui/runs/explore/explored_runs.h"
#include "ui/runs/explore/disagreement/disagreement_view.h"
#include "ui/runs/explore/gallery/image_gallery.h"
#include "ui/runs/explore/result_picker.h"

#include <QLabel>
#include <QSettings>
#include <QTabWidget>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 30'000;

/// Wrong for the images below `end` from `begin` on.
ExploredRuns::Predict wrongFrom(std::int32_t begin, std::int32_t end, std::int32_t shift = 1) {
    return [=](std::int32_t sample, std::int32_t label) {
        return sample >= begin && sample < end ? (label + shift) % 8 : label;
    };
}

} // namespace

/// The real view on stored predictions.
class TestDisagreementView : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_disagreement_view"));
    }

    void init() {
        QSettings().clear();
        m_runs = std::make_unique<ExploredRuns>();
        m_view = std::make_unique<DisagreementView>(m_runs->cache());
        m_view->resize(1000, 420);
        m_view->show();
    }
    void cleanup() { m_view.reset(); }

    void imagesByWhoIsRight() {
        // Both wrong: 30 to 39, with different classes; only the second right: 0 to 29; only the first: 40
        // to 44.
        const RunId one = m_runs->add("one", wrongFrom(0, 40));
        const RunId two = m_runs->add("two", wrongFrom(30, 45, 2));
        show({one, two});
        QCOMPARE(gallery("galleryOnlyFirst")->items().size(), std::size_t(5));
        QCOMPARE(gallery("galleryOnlyFirst")->items().front().sample, 40u);
        QCOMPARE(gallery("galleryOnlySecond")->items().size(), std::size_t(30));
        QCOMPARE(gallery("galleryBothWrong")->items().size(), std::size_t(10));
        QCOMPARE(gallery("galleryBothRight")->items().size(), std::size_t(355));
        const GalleryItem &wrong = gallery("galleryBothWrong")->items().front();
        QCOMPARE(wrong.predicted, (wrong.label + 1) % 8);
        QCOMPARE(wrong.other, (wrong.label + 2) % 8);
        const QString test = m_view->findChild<QLabel *>(QStringLiteral("disagreementTest"))->text();
        QVERIFY2(test.contains(QStringLiteral("400")) && test.contains(QStringLiteral("p < 0.0001")),
                 qPrintable(test));
        QCOMPARE(m_view->findChild<QTabWidget *>(QStringLiteral("disagreementTabs"))->tabText(0),
                 QStringLiteral("Only one is right (35)"));
    }

    void asksForTwoRuns() {
        m_view->showRuns(m_runs->records({m_runs->add("one", wrongFrom(0, 1))}));
        QVERIFY(message()->isVisible());
    }

    void differentImagesAreNotCompared() {
        const RunId one = m_runs->add("one", wrongFrom(0, 1));
        const RunId two = m_runs->add("two", wrongFrom(0, 2));
        std::vector<RunRecord> runs = m_runs->records({one, two});
        runs[1].dataset.fingerprint = "0123";
        m_view->showRuns(runs);
        QTRY_VERIFY_WITH_TIMEOUT(message()->findChildren<QLabel *>().size() > 0 && says("different images"),
                                 patience);
    }

    /// As the agreement matrix of Compare asks for it: before or after the runs are selected.
    void evaluationCanBeChosen() {
        const RunId one = m_runs->add("one", wrongFrom(0, 1));
        const RunId two = m_runs->add("two", wrongFrom(0, 1));
        m_runs->addResult(one, Protocol::Knn, wrongFrom(0, 10));
        m_runs->addResult(two, Protocol::Knn, wrongFrom(5, 20));
        ResultKey knn;
        knn.protocol = Protocol::Knn;
        knn.split = Split::Test;
        m_view->chooseResult(knn);
        show({one, two});
        QCOMPARE(m_view->findChild<ResultPicker *>()->choice()->results.front().key.protocol, Protocol::Knn);
        QCOMPARE(gallery("galleryOnlySecond")->items().size(), std::size_t(5));
        ResultKey linear = knn;
        linear.protocol = Protocol::Linear;
        m_view->chooseResult(linear);
        QTRY_COMPARE_WITH_TIMEOUT(gallery("galleryBothWrong")->items().size(), std::size_t(1), patience);
    }

  private:
    void show(const std::vector<RunId> &ids) {
        m_view->showRuns(m_runs->records(ids));
        QTRY_VERIFY_WITH_TIMEOUT(gallery("galleryOnlyFirst")->isVisible(), patience);
    }
    ImageGallery *gallery(const char *name) { return m_view->findChild<ImageGallery *>(QLatin1String(name)); }
    QWidget *message() { return m_view->findChild<QWidget *>(QStringLiteral("disagreementMessage")); }
    bool says(const char *part) {
        for (const QLabel *label : message()->findChildren<QLabel *>())
            if (label->text().contains(QLatin1String(part)))
                return true;
        return false;
    }

    std::unique_ptr<ExploredRuns> m_runs;
    std::unique_ptr<DisagreementView> m_view;
};

SIMCLR_TEST(TestDisagreementView, QApplication)
#include "tst_disagreement_view.moc"
