// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/support/test_main.h"
#include "tests/ui/train/small_run.h"
#include "tests/ui/workspace/computing.h"
#include "ui/runs/details/evaluation_panel.h"
#include "ui/widgets/inline_message.h"
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
        m_computing = std::make_unique<Computing>(m_database, m_workspace->images());
        m_panel = std::make_unique<EvaluationPanel>(*m_workspace, m_computing->queue);
        m_panel->resize(1100, 360);
        m_panel->show();
    }

    void cleanup() {
        m_panel.reset();
        m_computing.reset();
        m_workspace.reset();
    }

    void needsOneRun() {
        QVERIFY(!button()->isEnabled());
        QVERIFY(state()->text().contains(QStringLiteral("Select one run")));
        m_panel->setRuns({stored()});
        QVERIFY(button()->isEnabled());
        QVERIFY(results()->rowCount() > 0); // those from training
    }

    void evaluatesWhatIsTicked() {
        m_panel->setRuns({stored()});
        box("linear")->click();
        box("labels_100")->click();
        box("labels_10")->click();
        const std::size_t before = stored().results.size();
        std::size_t evaluated = 0;
        connect(&m_computing->queue, &ComputeQueue::updated, m_panel.get(),
                [&](const QueuedJob &, const JobUpdate &update) {
                    evaluated += update.training.evaluations.size();
                });
        button()->click();
        QTRY_COMPARE(cancel()->text(), QStringLiteral("Stop"));
        QVERIFY(box("knn")->isEnabled()); // the next evaluation can be prepared
        QVERIFY(ended().end == JobEnd::Done);
        QCOMPARE(evaluated, std::size_t{1});
        const RunRecord run = stored();
        QCOMPARE(run.results.size(), before + 1);
        QVERIFY(run.results.back().key.protocol == Protocol::Knn);
        QCOMPARE(run.results.back().key.scope.labels, 0.1);
        m_panel->setRuns({run});
        QVERIFY(results()->index(0, 0).data().toString().contains(QStringLiteral("10 % labels")));
        QVERIFY(state()->text().contains(QStringLiteral("Evaluated run")));
        QVERIFY(!cancel()->isVisible());
    }

    void saysWhatIsMissing() {
        m_panel->setRuns({stored()});
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
        m_panel->setRuns({stored()});
        box("fine_tune")->click();
        auto *features = m_panel->findChild<QComboBox *>(QStringLiteral("features"));
        features->setCurrentIndex(1);
        button()->click();
        QVERIFY(ended().end == JobEnd::Failed);
        auto *problem = m_panel->findChild<InlineMessage *>(QStringLiteral("evaluationProblem"));
        QVERIFY2(problem->text().contains(QStringLiteral("supports h only")), qPrintable(problem->text()));
    }

    /// The newest checkpoint is damaged: the previous one is evaluated, with a note.
    void tellsOfADamagedCheckpoint() {
        RunConfiguration configuration = smallRun();
        configuration.options.evaluateEvery = 0;
        const RunId id = executeRun(configuration, m_shapes, m_database, {}, {}).run;
        const RunRecord run = RunStore(m_database).runs().one(id);
        const auto newest = std::ranges::max_element(run.artifacts, {}, &ArtifactRecord::step);
        std::filesystem::resize_file(newest->path.toRead(), 1000);
        m_panel->setRuns({run});
        box("linear")->click();
        button()->click();
        const JobOutcome outcome = ended();
        QVERIFY2(outcome.end == JobEnd::Done, outcome.failure.c_str());
        const QString name = QString::fromStdString(newest->path.toRead().filename());
        QVERIFY2(state()->text().contains(name), qPrintable(state()->text()));
    }

    void stops() {
        m_panel->setRuns({stored()});
        box("linear")->click();
        box("knn")->click();
        box("supervised")->click(); // 100 epochs
        button()->click();
        QTRY_VERIFY_WITH_TIMEOUT(state()->text().contains(QStringLiteral("supervised")), patience);
        cancel()->click();
        QVERIFY(!cancel()->isEnabled());
        QVERIFY(ended().end == JobEnd::Cancelled);
        QVERIFY(state()->text().contains(QStringLiteral("cancelled")));
        QVERIFY(button()->isEnabled());
    }

    void waitsForTraining() {
        m_panel->setRuns({stored()});
        box("linear")->click();
        m_computing->train(endlessRun(), m_shapes);
        QTRY_VERIFY_WITH_TIMEOUT(m_computing->session.lastStep().step > 0, patience);
        const std::size_t before = stored().results.size();
        button()->click();
        QTRY_COMPARE(m_computing->queue.waiting(), 1);
        QVERIFY2(state()->text().contains(QStringLiteral("queue")), qPrintable(state()->text()));
        QCOMPARE(cancel()->text(), QStringLiteral("Remove from the queue"));
        QVERIFY(!button()->isEnabled()); // the same again is of no use
        box("labels_10")->click();
        button()->click(); // but another one may wait too
        QCOMPARE(m_computing->queue.waiting(), 2);
        cancel()->click();
        cancel()->click();
        QCOMPARE(m_computing->queue.waiting(), 0);
        QVERIFY(!cancel()->isVisible());
        box("labels_10")->click();
        button()->click();
        m_computing->session.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!m_computing->queue.isBusy() && m_computing->queue.jobs().empty(), patience);
        QVERIFY(stored().results.size() >= before); // the kNN result replaces an equal one
        QVERIFY2(state()->text().contains(QStringLiteral("Evaluated run")), qPrintable(state()->text()));
    }

    /// Each is a job of its own; a run without a checkpoint is left out, and told.
    void severalRunsAreEvaluatedAtOnce() {
        RunConfiguration configuration = smallRun();
        configuration.options.evaluateEvery = 0;
        const RunId other = executeRun(configuration, m_shapes, m_database, {}, {}).run;
        RunRecord bare = stored();
        bare.id = other + 1;
        bare.artifacts.clear();
        m_panel->setRuns({stored(), RunStore(m_database).runs().one(other), bare});
        box("linear")->click();
        QCOMPARE(button()->text(), QStringLiteral("Evaluate 2 runs"));
        QVERIFY2(state()->text().contains(QStringLiteral("Not possible for 1")), qPrintable(state()->text()));
        QVERIFY(!m_panel->findChild<QTreeView *>(QStringLiteral("evaluationResults"))->isVisible());
        button()->click();
        QCOMPARE(m_computing->queue.jobs().size(), std::size_t{2});
        QVERIFY(!button()->isEnabled()); // both are there already
        QVERIFY2(state()->text().contains(QStringLiteral("in the queue"), Qt::CaseInsensitive),
                 qPrintable(state()->text()));
        QTRY_VERIFY_WITH_TIMEOUT(m_computing->queue.jobs().empty(), patience);
        QCOMPARE(RunStore(m_database).runs().one(other).results.back().key.protocol, Protocol::Knn);
        m_panel->setRuns({bare, bare});
        QVERIFY(!button()->isEnabled());
        QVERIFY(state()->text().contains(QStringLiteral("None of the selected runs")));
    }

    void transferNeedsOtherLabelledImages() {
        m_panel->setRuns({stored()});
        auto *images = m_panel->findChild<QComboBox *>(QStringLiteral("images"));
        images->setCurrentIndex(1);
        QVERIFY(!button()->isEnabled());
        open(QStringLiteral("shapes"));
        QVERIFY(state()->text().contains(QStringLiteral("the run's own")));
        open(QStringLiteral("shapes:5"));
        QVERIFY2(button()->isEnabled(), qPrintable(state()->text()));
        box("linear")->click();
        button()->click();
        const JobOutcome outcome = ended();
        QVERIFY2(outcome.end == JobEnd::Done, outcome.failure.c_str());
        QCOMPARE(stored().results.back().key.scope.dataset, m_workspace->dataset()->fingerprint());
    }

  private:
    /// The outcome of the job that ends next.
    JobOutcome ended() {
        QSignalSpy finished(&m_computing->queue, &ComputeQueue::finished);
        return finished.wait(patience) ? finished[0][1].value<JobOutcome>() : JobOutcome{};
    }
    RunRecord stored() { return RunStore(m_database).runs().one(m_run); }
    void open(const QString &source) {
        QSignalSpy opened(m_workspace.get(), &Workspace::datasetChanged);
        m_workspace->openSource(source);
        QVERIFY(opened.wait(patience));
    }
    QPushButton *button() { return m_panel->findChild<QPushButton *>(QStringLiteral("evaluateButton")); }
    QPushButton *cancel() { return m_panel->findChild<QPushButton *>(QStringLiteral("cancelEvaluation")); }
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
    std::unique_ptr<Computing> m_computing;
    std::unique_ptr<EvaluationPanel> m_panel;
};

SIMCLR_TEST(TestEvaluationPanel, QApplication)
#include "tst_evaluation_panel.moc"
