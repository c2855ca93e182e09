// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/ui/train/small_run.h"
#include "ui/document/pipeline_document.h"
#include "ui/plots/curve_plot.h"
#include "ui/train/train_form.h"
#include "ui/train/train_page.h"
#include "ui/workspace/evaluation_session.h"
#include "ui/workspace/run_catalogue.h"
#include "ui/workspace/run_resumer.h"
#include "ui/workspace/training_session.h"
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
        m_session = std::make_unique<TrainingSession>(m_database);
        m_evaluation = std::make_unique<EvaluationSession>(m_database);
    }

    void cleanup() {
        m_evaluation.reset();
        m_session.reset();
        m_workspace.reset();
        QSettings().clear();
    }

    void runKeepsItsImagesInTheForm() {
        PipelineDocument document;
        document.replace(pipelineByName("crop-only"));
        open(QStringLiteral("shapes"));
        TrainPage page(*m_workspace, document, *m_session, *m_evaluation);
        page.show();
        page.findChild<TrainForm *>()->setOptions(endlessRun().options);
        auto *start = page.findChild<QPushButton *>(QStringLiteral("startButton"));
        auto *images = page.findChild<QLabel *>(QStringLiteral("datasetSummary"));
        QTRY_VERIFY(start->isEnabled());
        start->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->lastStep().step > 0, patience);
        const QString before = images->text();
        QSignalSpy finished(m_session.get(), &TrainingSession::finished);
        open(m_images);
        QCOMPARE(images->text(), before);
        m_session->stop();
        QVERIFY(finished.wait(patience));
        QVERIFY(images->text() != before); // those of the next run
    }

    void imagesWithoutLabelsPromiseNoAccuracy() {
        QDir(m_images).mkdir(QStringLiteral("flat"));
        for (int i = 0; i < 8; ++i)
            QVERIFY(QFile::copy(m_images + QStringLiteral("/dark/%1.png").arg(i),
                                m_images + QStringLiteral("/flat/%1.png").arg(i)));
        PipelineDocument document;
        TrainPage page(*m_workspace, document, *m_session, *m_evaluation);
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

    void cancellingTheOpeningEndsResuming() {
        const RunId run = stoppedRun();
        RunResumer resumer(*m_workspace, *m_session, *m_evaluation);
        QSignalSpy failed(&resumer, &RunResumer::failed);
        resumer.resume(run);
        m_workspace->cancelOpening();
        QCOMPARE(failed.count(), 1);
        open(QStringLiteral("shapes"));
        QVERIFY(!m_session->isRunning());
    }

    void openingOtherImagesEndsResuming() {
        const RunId run = stoppedRun();
        RunResumer resumer(*m_workspace, *m_session, *m_evaluation);
        QSignalSpy failed(&resumer, &RunResumer::failed);
        resumer.resume(run);
        open(m_images);
        QCOMPARE(failed.count(), 0); // the user caused it
        open(QStringLiteral("shapes"));
        QVERIFY(!m_session->isRunning());
    }

    void evaluationStartedMeanwhileEndsResuming() {
        const RunId run = stoppedRun();
        open(m_images); // so that the run's own must be opened first
        RunResumer resumer(*m_workspace, *m_session, *m_evaluation);
        QSignalSpy failed(&resumer, &RunResumer::failed);
        resumer.resume(run);
        QSignalSpy evaluated(m_evaluation.get(), &EvaluationSession::finished);
        EvaluationRequest request;
        request.protocols = {Protocol::Supervised};
        m_evaluation->start(*m_workspace->runs().run(run), nullptr, request);
        QVERIFY(failed.wait(patience));
        QVERIFY2(failed[0][0].toString().contains(QStringLiteral("evaluation")),
                 qPrintable(failed[0][0].toString()));
        QVERIFY(!m_session->isRunning());
        m_evaluation->stop();
        QVERIFY(!evaluated.isEmpty() || evaluated.wait(patience));
    }

    void changedImagesAreAskedAbout() {
        const RunId run = stoppedRun(openDataset(m_images.toStdString()));
        QVERIFY(QFile::remove(m_images + QStringLiteral("/dark/0.png")));
        QWidget page;
        RunResumer resumer(*m_workspace, *m_session, *m_evaluation);
        askWhereImagesChanged(resumer, page);
        QSignalSpy changed(&resumer, &RunResumer::imagesChanged);
        resumer.resume(run);
        QVERIFY(changed.wait(patience));
        QVERIFY(!m_session->isRunning());
        auto *question = page.findChild<QMessageBox *>(QStringLiteral("changedImagesQuestion"));
        QVERIFY(question->text().contains(m_images));
        question->findChild<QPushButton *>(QStringLiteral("confirm"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isRunning() && m_session->lastStep().step > 3, patience);
        QCOMPARE(m_session->runId(), run);
    }

    void evaluatingAgainIsNoSecondPoint() {
        RunConfiguration configuration = endlessRun();
        configuration.options.evaluateEvery = 1;
        PipelineDocument document;
        TrainPage page(*m_workspace, document, *m_session, *m_evaluation);
        auto *accuracy = page.findChild<CurvePlot *>(QStringLiteral("accuracyPlot"));
        QSignalSpy finished(m_session.get(), &TrainingSession::finished);
        m_session->start(configuration, m_shapes);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->lastStep().step >= 4, patience);
        m_session->stop();
        QVERIFY(finished.wait(patience));
        const std::int64_t before = m_session->lastStep().step;
        m_session->resume(RunStore(m_workspace->database()).run(m_session->runId()), m_shapes);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->lastStep().step >= before + 4, patience);
        m_session->stop();
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
            TrainingSession session(m_database);
            session.start(images == m_shapes ? endlessRun() : fewImagesRun(), images);
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
    std::unique_ptr<TrainingSession> m_session;
    std::unique_ptr<EvaluationSession> m_evaluation;
};

QTEST_MAIN(TestOtherImages)
#include "tst_other_images.moc"
