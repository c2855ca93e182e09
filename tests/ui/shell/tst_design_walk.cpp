// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_support.h"
#include "ui/design/diagnose/diagnostics_panel.h"
#include "ui/design/pipeline/export_panel.h"
#include "ui/design/pipeline/step_card.h"
#include "ui/design/pipeline/step_column.h"
#include "ui/design/preview/comparison_picker.h"
#include "ui/design/preview/preview_grid.h"
#include "ui/document/pipeline_document.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/theme.h"
#include "ui/workspace/workspace.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSlider>
#include <QToolButton>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

/// Typical work on the Design page, in the real window.
class TestDesignWalk : public QObject {
    Q_OBJECT

    template <typename T>
    T &part(const char *name = "") {
        T *found = m_window->findChild<T *>(QString::fromLatin1(name));
        if (!found)
            qFatal("the window has no %s", name);
        return *found;
    }
    const Pipeline &pipeline() { return part<PipelineDocument>().pipeline(); }
    StepCard &card(std::size_t row) { return *part<StepColumn>("branchSteps").cards().at(row); }
    PreviewPtr preview() { return part<PreviewGrid>("previewGrid").preview(); }
    /// Whether the preview shows the current pipeline.
    bool showsPipeline() {
        return QTest::qWaitFor([this] { return preview() && preview()->request.pipeline == pipeline(); },
                               30'000);
    }
    void press(const char *button) { QTest::mouseClick(&part<QAbstractButton>(button), Qt::LeftButton); }

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;

  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-test"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_design_walk"));
        QSettings().clear();
        theme::apply(*qApp, ThemeChoice::Light);
        m_window = std::make_unique<MainWindow>(folderOf(m_folder) / "runs.sqlite", QStringLiteral("shapes"));
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTRY_VERIFY_WITH_TIMEOUT(part<Workspace>().dataset(), 60'000);
        QVERIFY(showsPipeline());
    }
    void cleanupTestCase() { m_window.reset(); }

    void findsAnOperationAndAddsIt() {
        auto &search = part<QLineEdit>("operationSearch");
        QTest::mouseClick(&search, Qt::LeftButton);
        QTest::keyClicks(&search, QStringLiteral("solar"));
        QTest::keyClick(&search, Qt::Key_Return);
        QCOMPARE(pipeline().steps.back().operation, std::string("solarize"));
        QVERIFY(showsPipeline());
    }

    void dragsASliderAndUndoesItAsOne() {
        const Pipeline before = pipeline();
        auto &slider = *card(2).findChild<QSlider *>(QStringLiteral("brightness_slider"));
        const PreviewPtr pictures = preview();
        const int y = slider.height() / 2;
        QTest::mousePress(&slider, Qt::LeftButton, {}, QPoint(slider.width() / 3, y));
        for (int x = slider.width() / 3; x < slider.width() - 4; x += 6)
            QTest::mouseMove(&slider, QPoint(x, y));
        QTest::mouseRelease(&slider, Qt::LeftButton, {}, QPoint(slider.width() - 4, y));
        QVERIFY(pipeline() != before);
        QVERIFY(showsPipeline());
        QVERIFY(preview()->tiles.front().first != pictures->tiles.front().first ||
                preview()->tiles.back().first != pictures->tiles.back().first);
        press("undo");
        QVERIFY(pipeline() == before);
        QVERIFY(showsPipeline());
        QVERIFY(preview()->tiles.front().first == pictures->tiles.front().first);
    }

    void splitsTheBranchesAndChangesOne() {
        const std::size_t steps = pipeline().steps.size();
        press("separateBranches");
        QVERIFY(pipeline().secondSteps.has_value());
        press("secondBranch");
        QTest::mouseClick(&card(steps - 1), Qt::LeftButton, {}, QPoint(100, 2));
        QTest::keyClick(&card(steps - 1), Qt::Key_Delete);
        QCOMPARE(pipeline().steps.size(), steps);
        QCOMPARE(pipeline().secondSteps->size(), steps - 1);
        QVERIFY(showsPipeline());
    }

    void comparesWithAPreset() {
        press("previewComparisonButton");
        auto &picker = part<ComparisonPicker>("comparedPipeline");
        QVERIFY(picker.isVisible());
        picker.setFocus();
        QTest::keyClicks(&picker, QStringLiteral("Crop"));
        Q_EMIT picker.activated(picker.currentIndex());
        QTRY_VERIFY(preview()->request.other == pipelineByName("crop-only"));
        press("previewGridButton");
    }

    void readsTheDiagnostics() {
        QTRY_VERIFY_WITH_TIMEOUT(part<DiagnosticsPanel>().isVisible(), 5'000);
        QSignalSpy measured(&part<DiagnosticsPanel>(), &DiagnosticsPanel::costsMeasured);
        press("newSample");
        part<PipelineDocument>().setStepProbability(0, 0.9);
        QVERIFY(measured.wait(30'000));
    }

    void exportsAsPython() {
        press("exportPipeline");
        auto &panel = part<ExportPanel>();
        QVERIFY(panel.isVisible());
        QVERIFY(!part<PreviewGrid>("previewGrid").isVisible());
        auto &target = part<QComboBox>("exportTarget");
        target.setCurrentIndex(target.findData(QStringLiteral("torchvision-v2")));
        QVERIFY(panel.code().contains(QStringLiteral("from torchvision.transforms import v2")));
        QVERIFY(panel.code().contains(QStringLiteral("TwoViews(first_view, second_view)")));
        press("copyCode");
        QCOMPARE(QApplication::clipboard()->text(), panel.code());
        part<PipelineDocument>().rename(QStringLiteral("Mine \"\"\""));
        QVERIFY(panel.code().contains(QStringLiteral("Mine \\\"\\\"\\\"")));
        press("closeExport");
        QVERIFY(part<PreviewGrid>("previewGrid").isVisible());
    }
};

SIMCLR_TEST(TestDesignWalk, QApplication)
#include "tst_design_walk.moc"
