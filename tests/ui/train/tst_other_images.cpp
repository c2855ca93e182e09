// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/support/test_main.h"
#include "tests/ui/train/small_run.h"
#include "tests/ui/workspace/computing.h"
#include "ui/document/pipeline_document.h"
#include "ui/plots/curve_plot.h"
#include "ui/train/train_form.h"
#include "ui/train/train_page.h"
#include "ui/workspace/changed_images.h"
#include "ui/workspace/run_catalogue.h"
#include "ui/workspace/workspace.h"

#include <QDir>
#include <QImage>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 60'000;

/// A folder of two classes with a few images.
void writeImages(const QDir &folder) {
    for (const QString &name : {QStringLiteral("dark"), QStringLiteral("light")}) {
        QVERIFY(folder.mkpath(name));
        for (int i = 0; i < 8; ++i) {
            QImage image(16, 16, QImage::Format_RGB888);
            image.fill(name == QLatin1String("dark") ? QColor(i, 2 * i, 0) : QColor(255 - i, 200, 255));
            QVERIFY(image.save(folder.filePath(QStringLiteral("%1/%2.png").arg(name).arg(i))));
        }
    }
}

/// For the folder of 16 images.
RunConfiguration fewImagesRun() {
    RunConfiguration configuration = endlessRun();
    configuration.options.batch = 4;
    configuration.options.trainImages = 0;
    return configuration;
}

} // namespace

/// What happens to a run, or to one that is being resumed, when the user opens other images.
class TestOtherImages : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_other_images"));
        m_shapes = openDataset("shapes");
    }

    void init() {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = m_folder->filePath(QStringLiteral("runs.sqlite")).toStdString();
        m_images = m_folder->filePath(QStringLiteral("images"));
        writeImages(QDir(m_images));
        m_workspace = std::make_unique<Workspace>(m_database);
        m_computing = std::make_unique<Computing>(m_database, m_workspace->images());
    }

    void cleanup() {
        m_computing.reset();
        m_workspace.reset();
        QSettings().clear();
    }

    /// The form is about the next run, whatever trains.
    void formShowsTheOpenImages() {
        PipelineDocument document;
        document.replace(pipelineByName("crop-only"));
        open(QStringLiteral("shapes"));
        TrainPage page(*m_workspace, document, m_computing->queue, m_computing->session);
        page.show();
        page.findChild<TrainForm *>()->setOptions(endlessRun().options);
        auto *start = page.findChild<QPushButton *>(QStringLiteral("startButton"));
        auto *images = page.findChild<QLabel *>(QStringLiteral("datasetSummary"));
        QTRY_VERIFY(start->isEnabled());
        start->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_computing->session.lastStep().step > 0, patience);
        QSignalSpy finished(&m_computing->session, &TrainingSession::finished);
        open(m_images);
        QVERIFY2(images->text().startsWith(QStringLiteral("images")), qPrintable(images->text()));
        QCOMPARE(m_computing->session.started().trainImages, std::uint32_t{64}); // of the shapes
        m_computing->session.stop();
        QVERIFY(finished.wait(patience));
    }

    /// Resuming opens the run's own images beside those of the window.
    void resumingLeavesTheOpenImages() {
        const RunId run = stoppedRun();
        open(m_images);
        m_computing->queue.submit(ResumeJob{run, {}});
        QTRY_VERIFY_WITH_TIMEOUT(m_computing->session.lastStep().step > 3, patience);
        QCOMPARE(m_computing->session.runId(), run);
        QVERIFY(m_workspace->dataset()->report().kind == "folder");
    }

    void openingTheImagesCanBeStopped() {
        const RunId run = stoppedRun();
        QSignalSpy finished(&m_computing->session, &TrainingSession::finished);
        const JobId job = m_computing->queue.submit(ResumeJob{run, {}});
        QTRY_VERIFY(m_computing->session.isRunning());
        m_computing->queue.cancel(job);
        QVERIFY(finished.wait(patience));
        QCOMPARE(finished[0][0].value<RunEnd>(), RunEnd::Cancelled);
        QVERIFY(RunStore(m_database).runs().one(run).status == RunStatus::Cancelled);
    }

    void imagesWithoutLabelsPromiseNoAccuracy() {
        QDir(m_images).mkdir(QStringLiteral("flat"));
        for (int i = 0; i < 8; ++i)
            QVERIFY(QFile::copy(m_images + QStringLiteral("/dark/%1.png").arg(i),
                                m_images + QStringLiteral("/flat/%1.png").arg(i)));
        PipelineDocument document;
        TrainPage page(*m_workspace, document, m_computing->queue, m_computing->session);
        page.show();
        auto *accuracy = page.findChild<CurvePlot *>(QStringLiteral("accuracyPlot"));
        auto *empty = accuracy->findChild<QLabel *>(QStringLiteral("emptyText"));
        auto *linear = page.findChild<QLabel *>(QStringLiteral("linearFigure"));
        open(QStringLiteral("shapes"));
        QVERIFY(accuracy->title().startsWith(QStringLiteral("Validation accuracy")));
        QVERIFY(linear->isVisible());
        open(m_images + QStringLiteral("/flat"));
        QVERIFY(!m_workspace->dataset()->isLabelled());
        QVERIFY2(!accuracy->title().contains(QStringLiteral("Validation")), qPrintable(accuracy->title()));
        QVERIFY(empty->text().contains(QStringLiteral("no labels")));
        QVERIFY(!linear->isVisible());
        open(QStringLiteral("shapes"));
        QVERIFY(linear->isVisible());
    }

    void changedImagesAreAskedAbout() {
        const RunId run = stoppedRun(openDataset(m_images.toStdString()));
        QVERIFY(QFile::remove(m_images + QStringLiteral("/dark/0.png")));
        QWidget page;
        askWhereImagesChanged(m_computing->queue, page);
        m_computing->queue.submit(ResumeJob{run, {}});
        const auto question = [&] {
            return page.findChild<QMessageBox *>(QStringLiteral("changedImagesQuestion"));
        };
        QTRY_VERIFY_WITH_TIMEOUT(question() != nullptr, patience);
        QVERIFY(!m_computing->session.isRunning());
        QVERIFY(question()->text().contains(QStringLiteral("run %1").arg(run)));
        question()->findChild<QPushButton *>(QStringLiteral("confirm"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_computing->session.isRunning() && m_computing->session.lastStep().step > 3,
                                 patience);
        QCOMPARE(m_computing->session.runId(), run);
    }

    void evaluatingAgainIsNoSecondPoint() {
        RunConfiguration configuration = endlessRun();
        configuration.options.evaluateEvery = 1;
        PipelineDocument document;
        TrainPage page(*m_workspace, document, m_computing->queue, m_computing->session);
        auto *accuracy = page.findChild<CurvePlot *>(QStringLiteral("accuracyPlot"));
        QSignalSpy finished(&m_computing->session, &TrainingSession::finished);
        m_computing->train(configuration, m_shapes);
        QTRY_VERIFY_WITH_TIMEOUT(m_computing->session.lastStep().step >= 4, patience);
        m_computing->session.stop();
        QVERIFY(finished.wait(patience));
        const std::int64_t before = m_computing->session.lastStep().step;
        m_computing->queue.submit(ResumeJob{m_computing->session.runId(), {}});
        QTRY_VERIFY_WITH_TIMEOUT(m_computing->session.lastStep().step >= before + 4, patience);
        m_computing->session.stop();
        QVERIFY(finished.wait(patience));
        QTRY_VERIFY(accuracy->points(1).size() >= 3);
        const QList<QPointF> points = accuracy->points(1);
        for (qsizetype i = 0; i < points.size(); ++i)
            QCOMPARE(points[i].x(), static_cast<double>(i)); // every epoch from the random encoder on, once
    }

  private:
    void open(const QString &source) {
        QSignalSpy opened(m_workspace.get(), &Workspace::datasetChanged);
        m_workspace->openSource(source);
        QVERIFY(opened.wait(patience));
    }
    RunId stoppedRun() { return stoppedRun(m_shapes); }
    RunId stoppedRun(const DatasetPtr &images) {
        RunId id = 0;
        {
            Computing computing(m_database);
            TrainingSession &session = computing.session;
            computing.train(images == m_shapes ? endlessRun() : fewImagesRun(), images);
            [&] { QTRY_VERIFY_WITH_TIMEOUT(session.lastStep().step > 2, patience); }();
            id = session.runId();
        }
        m_workspace->runs().refresh();
        [&] { QTRY_VERIFY(m_workspace->runs().run(id) != nullptr); }();
        return id;
    }

    DatasetPtr m_shapes;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_database;
    QString m_images;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<Computing> m_computing;
};

SIMCLR_TEST(TestOtherImages, QApplication)
#include "tst_other_images.moc"
