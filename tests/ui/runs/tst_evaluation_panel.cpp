// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/ui/train/small_run.h"
#include "ui/runs/details/evaluation_panel.h"
#include "ui/widgets/inline_message.h"
#include "ui/workspace/evaluation_session.h"
#include "ui/workspace/training_session.h"
#include "ui/workspace/workspace.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTreeView>
#include <QtTest>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 60'000;

} // namespace

/// The real panel on a trained run.
class TestEvaluationPanel : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_evaluation_panel"));
        QSettings().clear();
        m_database = m_folder.filePath(QStringLiteral("runs.sqlite")).toStdString();
        m_shapes = openDataset("shapes");
        RunConfiguration configuration = smallRun();
        configuration.options.epochs = 1;
        configuration.options.trainImages = 160; // 10 % of them have every class
        configuration.options.evaluationImages = 160;
        m_run = executeRun(configuration, m_shapes, m_database, {}, {}).run;
    }

    void init() {
        m_workspace = std::make_unique<Workspace>(m_database);
        m_training = std::make_unique<TrainingSession>(m_database);
        m_evaluation = std::make_unique<EvaluationSession>(m_database);
        m_panel = std::make_unique<EvaluationPanel>(*m_workspace, *m_training, *m_evaluation);
        m_panel->resize(1100, 360);
        m_panel->show();
    }

    void cleanup() {
        m_panel.reset();
        m_evaluation.reset();
        m_training.reset();
        m_workspace.reset();
    }

    void needsOneRun() {
        QVERIFY(!button()->isEnabled());
        QVERIFY(state()->text().contains(QStringLiteral("Select one run")));
        m_panel->setRun(stored());
        QVERIFY(button()->isEnabled());
        QVERIFY(results()->rowCount() > 0); // those from training
    }

    void evaluatesWhatIsTicked() {
        m_panel->setRun(stored());
        box("linear")->click();
        box("labels_100")->click();
        box("labels_10")->click();
        const std::size_t before = stored().results.size();
        QSignalSpy finished(m_evaluation.get(), &EvaluationSession::finished);
        QSignalSpy evaluated(m_evaluation.get(), &EvaluationSession::evaluated);
        button()->click();
        QCOMPARE(button()->text(), QStringLiteral("Stop"));
        QVERIFY(!box("knn")->isEnabled());
        QVERIFY(finished.wait(patience));
        QVERIFY2(!finished[0][2].toBool(), qPrintable(finished[0][1].toString()));
        QCOMPARE(evaluated.count(), 1);
        const RunRecord run = stored();
        QCOMPARE(run.results.size(), before + 1);
        QVERIFY(run.results.back().key.protocol == Protocol::Knn);
        QCOMPARE(run.results.back().key.scope.labels, 0.1);
        m_panel->setRun(run);
        QVERIFY(results()->index(0, 0).data().toString().contains(QStringLiteral("10 % labels")));
        QVERIFY(state()->text().contains(QStringLiteral("Evaluated run")));
        QCOMPARE(button()->text(), QStringLiteral("Evaluate"));
    }

    void saysWhatIsMissing() {
        m_panel->setRun(stored());
        box("linear")->click();
        box("knn")->click();
        QVERIFY(!button()->isEnabled());
        QVERIFY(state()->text().contains(QStringLiteral("at least one protocol")));
        box("supervised")->click();
        QVERIFY(button()->isEnabled());
        box("labels_100")->click();
        QVERIFY(state()->text().contains(QStringLiteral("at least one label fraction")));
    }

    void tellsWhatTheEngineRefuses() {
        m_panel->setRun(stored());
        box("fine_tune")->click();
        auto *features = m_panel->findChild<QComboBox *>(QStringLiteral("features"));
        features->setCurrentIndex(1);
        QSignalSpy finished(m_evaluation.get(), &EvaluationSession::finished);
        button()->click();
        QVERIFY(finished.wait(patience));
        QVERIFY(finished[0][2].toBool());
        auto *problem = m_panel->findChild<InlineMessage *>(QStringLiteral("evaluationProblem"));
        QVERIFY2(problem->text().contains(QStringLiteral("supports h only")), qPrintable(problem->text()));
    }

    /// The newest checkpoint is damaged: the previous one is evaluated, with a note.
    void tellsOfADamagedCheckpoint() {
        RunConfiguration configuration = smallRun();
        configuration.options.evaluateEvery = 0;
        const RunId id = executeRun(configuration, m_shapes, m_database, {}, {}).run;
        const RunRecord run = RunStore(m_database).run(id);
        const auto newest = std::ranges::max_element(run.artifacts, {}, &ArtifactRecord::step);
        std::filesystem::resize_file(newest->path.toRead(), 1000);
        m_panel->setRun(run);
        box("linear")->click();
        QSignalSpy finished(m_evaluation.get(), &EvaluationSession::finished);
        button()->click();
        QVERIFY(finished.wait(patience));
        QVERIFY2(!finished[0][2].toBool(), qPrintable(finished[0][1].toString()));
        const QString name = QString::fromStdString(newest->path.toRead().filename());
        QVERIFY2(state()->text().contains(name), qPrintable(state()->text()));
    }

    void stops() {
        m_panel->setRun(stored());
        box("linear")->click();
        box("knn")->click();
        box("supervised")->click(); // 100 epochs
        QSignalSpy finished(m_evaluation.get(), &EvaluationSession::finished);
        button()->click();
        QTRY_VERIFY_WITH_TIMEOUT(state()->text().contains(QStringLiteral("supervised")), patience);
        button()->click();
        QVERIFY(!button()->isEnabled());
        QVERIFY(finished.wait(patience));
        QVERIFY(finished[0][1].toString().contains(QStringLiteral("stopped")));
        QVERIFY(button()->isEnabled());
    }

    void waitsForTraining() {
        m_panel->setRun(stored());
        QVERIFY(button()->isEnabled());
        m_training->start(endlessRun(), m_shapes);
        QVERIFY(!button()->isEnabled());
        QVERIFY(state()->text().contains(QStringLiteral("training")));
        QSignalSpy finished(m_training.get(), &TrainingSession::finished);
        m_training->stop();
        QVERIFY(finished.wait(patience));
        QVERIFY(button()->isEnabled());
    }

    void transferNeedsOtherLabelledImages() {
        m_panel->setRun(stored());
        auto *images = m_panel->findChild<QComboBox *>(QStringLiteral("images"));
        images->setCurrentIndex(1);
        QVERIFY(!button()->isEnabled());
        open(QStringLiteral("shapes"));
        QVERIFY(state()->text().contains(QStringLiteral("the run's own")));
        open(QStringLiteral("shapes:5"));
        QVERIFY2(button()->isEnabled(), qPrintable(state()->text()));
        box("linear")->click();
        QSignalSpy finished(m_evaluation.get(), &EvaluationSession::finished);
        button()->click();
        QVERIFY(finished.wait(patience));
        QVERIFY2(!finished[0][2].toBool(), qPrintable(finished[0][1].toString()));
        QCOMPARE(stored().results.back().key.scope.dataset, m_workspace->dataset()->fingerprint());
    }

  private:
    RunRecord stored() { return RunStore(m_database).run(m_run); }
    void open(const QString &source) {
        QSignalSpy opened(m_workspace.get(), &Workspace::datasetChanged);
        m_workspace->openSource(source);
        QVERIFY(opened.wait(patience));
    }
    QPushButton *button() { return m_panel->findChild<QPushButton *>(QStringLiteral("evaluateButton")); }
    QLabel *state() { return m_panel->findChild<QLabel *>(QStringLiteral("evaluationState")); }
    QCheckBox *box(const char *id) { return m_panel->findChild<QCheckBox *>(QLatin1String(id)); }
    QAbstractItemModel *results() {
        return m_panel->findChild<QTreeView *>(QStringLiteral("evaluationResults"))->model();
    }

    QTemporaryDir m_folder;
    std::filesystem::path m_database;
    DatasetPtr m_shapes;
    RunId m_run = 0;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<TrainingSession> m_training;
    std::unique_ptr<EvaluationSession> m_evaluation;
    std::unique_ptr<EvaluationPanel> m_panel;
};

QTEST_MAIN(TestEvaluationPanel)
#include "tst_evaluation_panel.moc"
