// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/view_renderer.h"
#include "core/data/dataset_cache.h"
#include "tests/support/test_support.h"
#include "tests/ui/runs/stored_runs.h"
#include "ui/runs/compare/pipelines/pipelines_canvas.h"
#include "ui/runs/compare/pipelines/pipelines_panel.h"

#include <QClipboard>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QLabel>
#include <QSettings>
#include <QSpinBox>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QToolButton>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 30'000;

} // namespace

/// The real panel on stored runs and the built-in images.
class TestPipelinesPanel : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_pipelines_panel"));
        m_images = openDataset("shapes");
        m_cache.add(m_images);
        m_store = std::make_unique<RunStore>(m_folder.filePath(QStringLiteral("runs.sqlite")).toStdString());
    }
    void cleanupTestCase() { m_store.reset(); }

    void init() {
        QSettings().clear();
        m_panel = std::make_unique<PipelinesPanel>(m_cache);
        m_panel->resize(1000, 420);
        m_panel->show();
    }
    void cleanup() { m_panel.reset(); }

    /// Byte for byte what a run with this seed trains on.
    void rendersTheViewsOfTraining() {
        show({record("one", "crop-only"), record("two", "simclr-cifar10")});
        const PipelineSamples &samples = *canvas()->samples();
        QCOMPARE(samples.request.pipelines.size(), std::size_t(2));
        QCOMPARE(samples.rows.size(), std::size_t(6));
        const ViewRenderer renderer(pipelineByName("simclr-cifar10"), samples.request.viewSize);
        const std::uint32_t sample = sampleNamed(samples.rows[0].name);
        Image expected;
        renderer.render(m_images->image(sample), {1, 0, sample, 1}, expected);
        QCOMPARE(samples.rows[0].views[1][1], expected);
        QVERIFY(samples.rows[0].views[0][1] != expected);
    }

    void nextSampleHasOtherViewsOfTheSameImages() {
        show({record("one", "crop-only"), record("two", "simclr-cifar10")});
        const PipelineSamplesPtr before = canvas()->samples();
        m_panel->findChild<QToolButton *>(QStringLiteral("nextPipelineSample"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(canvas()->samples() != before, patience);
        QCOMPARE(m_panel->findChild<QDoubleSpinBox *>(QStringLiteral("pipelineSeed"))->value(), 2.0);
        QCOMPARE(canvas()->samples()->rows[0].name, before->rows[0].name);
        QCOMPARE(canvas()->samples()->rows[0].original, before->rows[0].original);
        QVERIFY(canvas()->samples()->rows[0].views != before->rows[0].views);
    }

    /// Three seeds of one pipeline are one column.
    void runsOfOnePipelineShareAColumn() {
        show({record("one", "crop-only"), record("two", "crop-only"), record("three", "simclr-cifar10")});
        const PipelineSamples &samples = *canvas()->samples();
        QCOMPARE(samples.request.pipelines.size(), std::size_t(2));
        QCOMPARE(samples.request.pipelines[0].runs.size(), std::size_t(2));
        show({record("four", "crop-only"), record("five", "crop-only")});
        QTRY_COMPARE_WITH_TIMEOUT(canvas()->samples()->request.pipelines.size(), std::size_t(1), patience);
        const QString hint = m_panel->findChild<QLabel *>(QStringLiteral("pipelinesHint"))->text();
        QVERIFY2(hint.contains(QStringLiteral("same pipeline")), qPrintable(hint));
    }

    void tellsWhatDiffers() {
        show({record("one", "crop-only"), record("two", "simclr-cifar10")});
        const auto *table = m_panel->findChild<QTableWidget *>(QStringLiteral("pipelineDifferences"));
        QVERIFY(table->isVisible());
        QVERIFY(table->rowCount() > 0);
        QStringList settings;
        for (int row = 0; row < table->rowCount(); ++row)
            settings.append(table->item(row, 0)->text());
        QVERIFY2(settings.join(' ').contains(QStringLiteral("jitter"), Qt::CaseInsensitive),
                 qPrintable(settings.join('\n')));
    }

    void unknownOperationIsSaid() {
        RunRecord foreign = record("one", "crop-only");
        foreign.pipeline["steps"].push_back(Json{{"operation", "from_the_future"}});
        show({foreign, record("two", "simclr-cifar10")});
        QVERIFY(!canvas()->samples()->problems[0].isEmpty());
        QVERIFY(canvas()->samples()->problems[1].isEmpty());
        QVERIFY(canvas()->samples()->rows[0].views[0][0].isEmpty());
        QVERIFY(!canvas()->samples()->rows[0].views[1][0].isEmpty());
        QVERIFY(!m_panel->grab().isNull());
    }

    void emptyPanelSaysWhatToDo() {
        QVERIFY(m_panel->findChild<QWidget *>(QStringLiteral("pipelinesMessage"))->isVisible());
        RunRecord gone = record("one", "crop-only");
        gone.dataset.source = "folder:/nowhere";
        gone.dataset.fingerprint = "0123";
        m_panel->setRuns({gone});
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("/nowhere")), patience);
    }

    void copiesAPicture() {
        show({record("one", "crop-only"), record("two", "simclr-cifar10")});
        m_panel->findChild<QSpinBox *>(QStringLiteral("pipelineImages"))->setValue(2);
        QTRY_COMPARE_WITH_TIMEOUT(canvas()->samples()->rows.size(), std::size_t(2), patience);
        m_panel->findChild<QToolButton *>(QStringLiteral("copyPipelines"))->click();
        QVERIFY(!QGuiApplication::clipboard()->image().isNull());
    }

  private:
    RunRecord record(const std::string &name, const std::string &pipeline) {
        RunRecord run =
            m_store->runs().one(store(*m_store, {.name = name, .pipeline = pipeline, .steps = 1}));
        run.dataset.fingerprint = m_images->fingerprint();
        return run;
    }
    void show(const std::vector<RunRecord> &runs) {
        const PipelineSamplesPtr before = canvas()->samples();
        m_panel->setRuns(runs);
        QTRY_VERIFY_WITH_TIMEOUT(canvas()->samples() != before, patience);
        QTRY_VERIFY_WITH_TIMEOUT(canvas()->isVisible(), patience);
    }
    std::uint32_t sampleNamed(const QString &name) const {
        for (std::uint32_t sample = 0; sample < m_images->size(); ++sample)
            if (m_images->sampleName(sample) == name.toStdString())
                return sample;
        return m_images->size();
    }
    PipelinesCanvas *canvas() { return m_panel->findChild<PipelinesCanvas *>(); }
    bool says(const QString &part) {
        for (const QLabel *label : m_panel->findChildren<QLabel *>())
            if (label->isVisible() && label->text().contains(part))
                return true;
        return false;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<RunStore> m_store;
    DatasetPtr m_images;
    DatasetCache m_cache;
    std::unique_ptr<PipelinesPanel> m_panel;
};

SIMCLR_TEST(TestPipelinesPanel, QApplication)
#include "tst_pipelines_panel.moc"
