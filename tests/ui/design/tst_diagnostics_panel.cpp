// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/stored_dataset.h"
#include "core/util/error.h"
#include "tests/support/test_images.h"
#include "tests/support/test_support.h"
#include "ui/design/diagnose/diagnostics_bar.h"
#include "ui/design/diagnose/diagnostics_histogram.h"
#include "ui/design/diagnose/diagnostics_panel.h"
#include "ui/document/pipeline_document.h"
#include "ui/widgets/inline_message.h"
#include "ui/workspace/workspace.h"

#include <QLabel>
#include <QScrollArea>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace simclr;
using namespace simclr::ui;

namespace {

/// Images of which only every `step`-th can be read; none for 0.
class Vanishing final : public ListedDataset {
  public:
    explicit Vanishing(std::uint32_t step)
        : ListedDataset(named(), std::vector<SampleInfo>(40), "fingerprint"), m_step(step) {}
    std::string sampleName(std::uint32_t sample) const override { return "photo" + std::to_string(sample); }
    Image image(std::uint32_t sample) const override {
        if (m_step == 0 || sample % m_step != 0)
            throw IoError("cannot read it");
        return test::noiseImage(48, 48, sample);
    }

  private:
    static DatasetReport named() {
        DatasetReport report;
        report.title = "Photos";
        report.inMemory = true;
        return report;
    }
    std::uint32_t m_step;
};

DiagnosticsAnswerPtr answerOf(std::uint32_t step) {
    DiagnosticsWorker worker;
    QSignalSpy measured(&worker, &DiagnosticsWorker::measured);
    worker.request({std::make_shared<Vanishing>(step), pipelineByName("crop-only"), 32, 1, 1});
    if (!measured.wait(30'000))
        qFatal("no answer");
    return qvariant_cast<DiagnosticsAnswerPtr>(measured.first().first());
}

} // namespace

class TestDiagnosticsPanel : public QObject {
    Q_OBJECT

    static constexpr int patience = 30'000; ///< milliseconds

    struct Fixture {
        Workspace workspace{"/nowhere/runs.sqlite"};
        PipelineDocument document;
        std::unique_ptr<DiagnosticsPanel> panel;
        std::unique_ptr<QSignalSpy> measured;

        explicit Fixture(const char *preset = "simclr-cifar10") {
            document.replace(pipelineByName(preset));
            document.undoStack()->clear();
            QSignalSpy opened(&workspace, &Workspace::datasetChanged);
            workspace.openSource(QStringLiteral("shapes"));
            if (!opened.wait(60'000))
                qFatal("the built-in images did not open");
            panel = std::make_unique<DiagnosticsPanel>(workspace, document);
            measured = std::make_unique<QSignalSpy>(panel.get(), &DiagnosticsPanel::costsMeasured);
            panel->resize(560, 236);
            panel->show();
            if (!QTest::qWaitForWindowExposed(panel.get()))
                qFatal("no window");
        }
        /// The next result.
        ViewDiagnostics next() const {
            if (measured->isEmpty() && !measured->wait(patience))
                qFatal("nothing was measured");
            return qvariant_cast<ViewDiagnostics>(measured->takeFirst().first());
        }
        template <typename Widget>
        Widget *find(const char *name) const {
            return panel->findChild<Widget *>(QString::fromLatin1(name));
        }
        bool isListed(const char *id) const {
            const auto lines =
                panel->findChildren<QWidget *>(QStringLiteral("finding_") + QString::fromLatin1(id));
            return std::ranges::any_of(lines, [](QWidget *line) { return line->isVisible(); });
        }
        double colorShortcut() const { return find<DiagnosticsBar>("colorShortcut")->share(); }
    };

  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-test"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_diagnostics_panel"));
        QSettings().clear();
    }

    void showsWhatIsMeasured() {
        const Fixture fixture;
        const ViewDiagnostics shown = fixture.next();
        const auto expected =
            measureDiagnostics(*fixture.workspace.dataset(), fixture.document.pipeline(), {.images = 256});
        QCOMPARE(shown.images, 256U);
        QCOMPARE(shown.colorShortcut, expected->colorShortcut);
        QCOMPARE(fixture.colorShortcut(), expected->colorShortcut);
        QCOMPARE(fixture.find<DiagnosticsBar>("layoutShortcut")->share(), expected->layoutShortcut);
        QCOMPARE(fixture.find<QLabel>("cropIou")->text(), QLocale().toString(*expected->cropIou, 'f', 2));
        QVERIFY(fixture.find<QLabel>("cost")->text().contains(QStringLiteral("images/s")));
        QVERIFY(fixture.find<QLabel>("cost")->toolTip().contains(QStringLiteral("Random resized crop")));
        QCOMPARE(fixture.find<DiagnosticsHistogram>("diagnosticsHistogram")->histograms().views.size(),
                 std::size_t{8});
    }

    void cropsAloneAreToldByTheirColours() {
        Fixture fixture("crop-only");
        const double cropped = fixture.next().colorShortcut;
        const double alike = fixture.find<DiagnosticsHistogram>("diagnosticsHistogram")->histograms().common;
        QVERIFY(fixture.isListed("color_distortion"));
        fixture.document.replace(pipelineByName("simclr-cifar10"));
        QVERIFY(!fixture.isListed("color_distortion"));
        const double distorted = fixture.next().colorShortcut;
        QVERIFY2(cropped > 1.5 * distorted, qPrintable(QStringLiteral("%1 %2").arg(cropped).arg(distorted)));
        QVERIFY(fixture.find<DiagnosticsHistogram>("diagnosticsHistogram")->histograms().common < alike);
    }

    void remediesAreAppliedAndUndone() {
        Fixture fixture("crop-only");
        const Pipeline before = fixture.document.pipeline();
        QTest::mouseClick(fixture.find<QToolButton>("apply_color_distortion"), Qt::LeftButton);
        QVERIFY(uses(fixture.document.pipeline(), "color_jitter"));
        QVERIFY(uses(fixture.document.pipeline(), "color_drop"));
        QVERIFY(!fixture.isListed("color_distortion"));
        QVERIFY(fixture.isListed("crop_and_color"));
        fixture.document.undoStack()->undo();
        QCOMPARE(fixture.document.pipeline(), before);
        QVERIFY(fixture.isListed("color_distortion"));
    }

    void reasonsUnfold() {
        const Fixture fixture("crop-only");
        auto *reason = fixture.find<QLabel>("reason_color_distortion");
        QVERIFY(!reason->isVisible());
        fixture.find<QToolButton>("why_color_distortion")->click();
        QVERIFY(reason->isVisible());
        QVERIFY(reason->text().contains(QStringLiteral("Fig. 6")));
        fixture.find<QToolButton>("why_color_distortion")->click();
        QVERIFY(!reason->isVisible());
    }

    /// Each change cancels the current measurement; only results of the last pipeline arrive.
    void staleResultsAreDropped() {
        Fixture fixture;
        fixture.next();
        for (const char *preset : {"crop-only", "moco-v2", "byol", "supervised", "simclr-imagenet"}) {
            fixture.document.replace(pipelineByName(preset));
            QTest::qWait(preset[0] == 'b' ? 260 : 20); // long enough to start a measurement
        }
        const ViewDiagnostics last = fixture.next();
        QCOMPARE(last.costs.size(), pipelineByName("simclr-imagenet").steps.size());
        QTest::qWait(600);
        QVERIFY(fixture.measured->isEmpty());
    }

    void oldNumbersStayGreyed() {
        Fixture fixture;
        fixture.next();
        auto *value = fixture.find<QLabel>("cropIou");
        const QString text = value->text();
        QVERIFY(value->isEnabled());
        fixture.document.setStepsEnabled({3}, false);
        QVERIFY(!value->isEnabled());
        QCOMPARE(value->text(), text);
        fixture.next();
        QVERIFY(value->isEnabled());
    }

    void errorsAreWords() {
        Fixture fixture;
        fixture.next();
        Pipeline pipeline = fixture.document.pipeline();
        PipelineStep unknown{"vortex"};
        unknown.foreign = Json{{"operation", "vortex"}};
        pipeline.steps.push_back(unknown);
        fixture.document.replace(pipeline);
        auto *message = fixture.find<InlineMessage>("diagnosticsMessage");
        QVERIFY(
            QTest::qWaitFor([&] { return message->text().contains(QStringLiteral("vortex")); }, patience));
        QVERIFY(fixture.isListed("unknown_operation"));
        QVERIFY(!fixture.find<QLabel>("cropIou")->isEnabled());
        QTest::mouseClick(fixture.find<QToolButton>("apply_unknown_operation"), Qt::LeftButton);
        fixture.next();
        QVERIFY(message->text().isEmpty());
    }

    void imagesMayVanish() {
        const DiagnosticsAnswerPtr some = answerOf(2);
        QVERIFY(some->problem.isEmpty());
        QCOMPARE(some->diagnostics.images, 20U);
        QVERIFY(some->histograms.views.empty()); // photo1 was deleted
        const DiagnosticsAnswerPtr none = answerOf(0);
        QVERIFY(none->problem.contains(QStringLiteral("Photos")));
    }

    void onlyTheNewestIsAnswered() {
        DiagnosticsWorker worker;
        QSignalSpy measured(&worker, &DiagnosticsWorker::measured);
        const auto dataset = std::make_shared<Vanishing>(1);
        for (int side = 20; side < 30; ++side)
            worker.request({dataset, pipelineByName("crop-only"), side, 1, 1});
        QVERIFY(measured.wait(patience));
        QTest::qWait(200);
        QCOMPARE(measured.size(), 1);
        QCOMPARE(qvariant_cast<DiagnosticsAnswerPtr>(measured.first().first())->request.viewSize, 29);
        worker.request({dataset, pipelineByName("crop-only"), 48, 1, 1});
        worker.cancel();
        QTest::qWait(300);
        QCOMPARE(measured.size(), 1);
    }

    void sizeAndSeedAreHeeded() {
        const Fixture fixture("simclr-imagenet");
        QVERIFY(fixture.isListed("blur")); // at 32 px
        const ViewDiagnostics small = fixture.next();
        fixture.panel->setViewSize(128);
        QVERIFY(!fixture.isListed("blur"));
        QVERIFY(fixture.isListed("image_size")); // shapes have 64 px
        const ViewDiagnostics large = fixture.next();
        QVERIFY(large.microsecondsPerView > small.microsecondsPerView);
        fixture.panel->setSeed(99);
        const ViewDiagnostics other = fixture.next();
        QVERIFY(other.cropIou != large.cropIou);
        fixture.panel->setSeed(99); // no change
        QTest::qWait(400);
        QVERIFY(fixture.measured->isEmpty());
    }

    void photographsAsSmallViewsAreWarnedOf() {
        const QTemporaryDir folder;
        test::writeNoiseFolder(test::folderOf(folder), 3, 300, 1);
        Fixture fixture;
        QVERIFY(!fixture.isListed("image_size"));
        QSignalSpy opened(&fixture.workspace, &Workspace::datasetChanged);
        fixture.workspace.openSource(folder.path());
        QVERIFY(opened.wait(patience));
        QVERIFY(fixture.isListed("image_size")); // at 32 px
        fixture.panel->setViewSize(64);
        QVERIFY(!fixture.isListed("image_size"));
    }

    void foldedNothingIsMeasured() {
        Fixture fixture;
        fixture.next();
        fixture.panel->setFolded(true);
        fixture.document.replace(pipelineByName("crop-only"));
        const auto *status = fixture.find<QLabel>("diagnosticsStatus");
        QVERIFY2(status->text().isEmpty(), qPrintable(status->text()));
        QTest::qWait(800);
        QVERIFY(fixture.measured->isEmpty());
        fixture.panel->setFolded(false);
        QVERIFY(!status->text().isEmpty());
        QCOMPARE(fixture.next().costs.size(), std::size_t{2});
    }

    void wideAndNarrowFit() {
        const Fixture fixture("crop-only");
        fixture.next();
        for (const int width : {560, 1000}) {
            fixture.panel->resize(width, 236);
            QTest::qWait(20);
            QCOMPARE(fixture.panel->width(), width);
            QCOMPARE(fixture.panel->height(), 236);
            const auto *plot = fixture.find<DiagnosticsHistogram>("diagnosticsHistogram");
            const QPoint atPlot = plot->mapTo(fixture.panel.get(), QPoint());
            const QPoint atRecipe =
                fixture.find<QWidget>("diagnosticsRecipe")->mapTo(fixture.panel.get(), QPoint());
            QCOMPARE(atRecipe.x() > atPlot.x() + 100, width == 1000); // side by side if there is space
        }
    }
};

SIMCLR_TEST(TestDiagnosticsPanel, QApplication)
#include "tst_diagnostics_panel.moc"
