// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/support/test_main.h"
#include "tests/ui/train/small_run.h"
#include "tests/ui/workspace/computing.h"

#include <QElapsedTimer>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <set>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 60'000;

/// The signals of one run.
struct Heard {
    explicit Heard(TrainingSession &session) {
        QObject::connect(&session, &TrainingSession::runStarted, &session,
                         [this](const RunStarted &run) { started.push_back(run); });
        QObject::connect(&session, &TrainingSession::updated, &session, [this](const TrainingUpdate &update) {
            ++updates;
            steps.insert(steps.end(), update.steps.begin(), update.steps.end());
            evaluations.insert(evaluations.end(), update.evaluations.begin(), update.evaluations.end());
        });
    }
    std::vector<RunStarted> started;
    std::vector<StepFinished> steps;
    std::vector<Evaluated> evaluations;
    int updates = 0;
};

} // namespace

class TestTrainingSession : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_training_session"));
        m_dataset = openDataset("shapes");
    }

    void init() {
        QSettings().clear(); // a queue that paused itself stays paused
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = m_folder->filePath(QStringLiteral("runs.sqlite")).toStdString();
    }

    void runsToTheEnd() {
        Computing computing(m_database);
        TrainingSession &session = computing.session;
        Heard heard(session);
        QSignalSpy finished(&session, &TrainingSession::finished);
        QSignalSpy logged(&session, &TrainingSession::logged);
        QVERIFY(session.secondsLeft() < 0);
        computing.train(smallRun(), m_dataset);
        QTRY_VERIFY(session.isRunning());
        QVERIFY(finished.wait(patience));

        QCOMPARE(finished[0][0].value<RunEnd>(), RunEnd::Completed);
        QVERIFY(!session.isRunning());
        QCOMPARE(heard.started.size(), std::size_t{1});
        QCOMPARE(heard.started[0].totalSteps, 4);
        QCOMPARE(heard.started[0].name, std::string("small"));
        QCOMPARE(heard.started[0].epochs, 2);
        QVERIFY(heard.started[0].isLabelled);
        QCOMPARE(heard.steps.size(), std::size_t{4}); // every step, in order, however few the updates
        for (std::size_t i = 0; i < heard.steps.size(); ++i)
            QCOMPARE(heard.steps[i].step, static_cast<std::int64_t>(i) + 1);
        QCOMPARE(session.lastStep().step, 4);
        std::set<std::pair<Protocol, Split>> kinds;
        for (const Evaluated &evaluated : heard.evaluations)
            kinds.insert({evaluated.result.key.protocol, evaluated.result.key.split});
        QVERIFY(kinds.contains({Protocol::Linear, Split::Validation}));
        QVERIFY(kinds.contains({Protocol::Knn, Split::Test}));
        QVERIFY(finished[0][2].toString().contains(QLatin1Char('%'))); // with the test accuracies
        QVERIFY(logged.count() >= 5);

        const RunRecord run = RunStore(m_database).runs().one(session.runId());
        QCOMPARE(run.status, RunStatus::Completed);
        QCOMPARE(run.lastStep, 4);
    }

    void stopsInTheMiddleAndResumes() {
        Computing computing(m_database);
        TrainingSession &session = computing.session;
        Heard heard(session);
        QSignalSpy updated(&session, &TrainingSession::updated);
        QSignalSpy finished(&session, &TrainingSession::finished);
        computing.train(endlessRun(), m_dataset);
        QTRY_VERIFY_WITH_TIMEOUT(heard.steps.size() > 5, patience);
        QSignalSpy stopRequested(&session, &TrainingSession::stopRequested);
        session.stop();
        session.stop();
        QCOMPARE(stopRequested.count(), 1);
        QVERIFY(session.isStopping());
        QVERIFY(finished.wait(patience));
        QCOMPARE(finished[0][0].value<RunEnd>(), RunEnd::Cancelled);
        QVERIFY(!session.isStopping());
        const RunId id = session.runId();
        const RunRecord stopped = RunStore(m_database).runs().one(id);
        QCOMPARE(stopped.status, RunStatus::Cancelled);
        QCOMPARE(stopped.lastStep, heard.steps.back().step);

        const std::int64_t before = heard.steps.back().step;
        heard.steps.clear();
        computing.queue.submit(ResumeJob{id, {}});
        QTRY_VERIFY_WITH_TIMEOUT(!heard.steps.empty(), patience);
        QCOMPARE(session.started().epochs, endlessRun().options.epochs);
        QCOMPARE(heard.started.back().firstStep, before);
        QCOMPARE(heard.steps.front().step, before + 1);
        QVERIFY(session.secondsLeft() < 0 || session.secondsLeft() > 1);
        session.stop();
        QVERIFY(finished.wait(patience));
        QCOMPARE(RunStore(m_database).runs().all().size(), std::size_t{1});
    }

    void updatesAtMostTwentyTimesASecond() {
        Computing computing(m_database);
        TrainingSession &session = computing.session;
        Heard heard(session);
        QSignalSpy finished(&session, &TrainingSession::finished);
        RunConfiguration fast = endlessRun();
        fast.options.batch = 2; // a step takes a few milliseconds
        fast.options.imageSize = 8;
        computing.train(fast, m_dataset);
        QTRY_VERIFY_WITH_TIMEOUT(!heard.steps.empty(), patience);
        heard.updates = 0;
        const std::size_t stepsBefore = heard.steps.size();
        QElapsedTimer clock;
        clock.start();
        QTest::qWait(1000);
        const double seconds = static_cast<double>(clock.elapsed()) / 1000;
        const std::size_t steps = heard.steps.size() - stepsBefore;
        QVERIFY2(heard.updates <= seconds * 20 + 2, qPrintable(QString::number(heard.updates)));
        QVERIFY(heard.updates >= 2);
        QVERIFY(steps > static_cast<std::size_t>(heard.updates)); // so updates hold several steps
        session.stop();
        QVERIFY(finished.wait(patience));
    }

    void failsWithASentence() {
        Computing computing(m_database);
        TrainingSession &session = computing.session;
        QSignalSpy finished(&session, &TrainingSession::finished);
        RunConfiguration wrong = smallRun();
        wrong.options.batch = 16000;
        computing.train(wrong, m_dataset);
        QVERIFY(finished.wait(patience));
        QCOMPARE(finished[0][0].value<RunEnd>(), RunEnd::Failed);
        const QString message = finished[0][2].toString();
        QVERIFY2(message.contains(QStringLiteral("16000")), qPrintable(message));
        QVERIFY(message.endsWith(QLatin1Char('.')));
        QVERIFY(!session.isRunning());
    }

    void failsWhereTheDatabaseCannotBe() {
        Computing computing("/dev/null/runs.sqlite");
        TrainingSession &session = computing.session;
        QSignalSpy finished(&session, &TrainingSession::finished);
        computing.train(smallRun(), m_dataset);
        QVERIFY(finished.wait(patience));
        QCOMPARE(finished[0][0].value<RunEnd>(), RunEnd::Failed);
        QVERIFY(finished[0][2].toString().contains(QStringLiteral("/dev/null")));
    }

    void resumingAnUnknownRunFails() {
        { const RunStore made(m_database); }
        Computing computing(m_database);
        TrainingSession &session = computing.session;
        QSignalSpy finished(&session, &TrainingSession::finished);
        computing.queue.submit(ResumeJob{77, {}});
        QVERIFY(finished.wait(patience));
        QCOMPARE(finished[0][0].value<RunEnd>(), RunEnd::Failed);
        QVERIFY(finished[0][2].toString().contains(QStringLiteral("77")));
    }

    void destructionStopsTheRun() {
        {
            Computing computing(m_database);
            TrainingSession &session = computing.session;
            Heard heard(session);
            computing.train(endlessRun(), m_dataset);
            QTRY_VERIFY_WITH_TIMEOUT(!heard.steps.empty(), patience);
        }
        const std::vector<RunRecord> runs = RunStore(m_database).runs().all();
        QCOMPARE(runs.size(), std::size_t{1});
        QCOMPARE(runs[0].status, RunStatus::Cancelled);
        QCoreApplication::processEvents(); // posted events must not reach the destroyed session
    }

    void destructionRightAfterStart() {
        {
            Computing computing(m_database);
            TrainingSession &session = computing.session;
            computing.train(endlessRun(), m_dataset);
        }
        if (std::filesystem::exists(m_database))
            for (const RunRecord &run : RunStore(m_database).runs().all())
                QCOMPARE(run.status, RunStatus::Cancelled);
    }

  private:
    DatasetPtr m_dataset;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_database;
};

SIMCLR_TEST(TestTrainingSession, QCoreApplication)
#include "tst_training_session.moc"
