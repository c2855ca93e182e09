// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/support/test_main.h"
#include "tests/ui/train/small_run.h"
#include "tests/ui/workspace/computing.h"
#include "ui/workspace/queue_forecast.h"
#include "ui/workspace/queue_pause.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <SQLiteCpp/Database.h>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 60'000;

RunConfiguration named(const std::string &name, RunConfiguration configuration = smallRun()) {
    configuration.name = name;
    return configuration;
}

QStringList waitingNames(const ComputeQueue &queue) {
    QStringList names;
    for (const QueuedJob &job : queue.jobs())
        if (!job.isRunning)
            names.append(QString::fromStdString(std::get<TrainJob>(job.job).configuration.name));
    return names;
}

} // namespace

/// Order, pauses and failures of the queue, with real jobs.
class TestQueueOrder : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_queue_order"));
        m_dataset = openDataset("shapes");
    }

    void init() {
        QSettings().clear();
        m_database = m_folder.filePath(QStringLiteral("%1.sqlite").arg(++m_count)).toStdString();
    }

    void cleanup() { QSettings().clear(); }

    void waitingJobsMoveAndKeepTheirOrder() {
        {
            Computing computing(m_database);
            computing.queue.pause();
            for (const char *name : {"a", "b", "c", "d"})
                computing.train(named(name), m_dataset);
            const auto idOf = [&](std::size_t place) { return computing.queue.jobs()[place].id; };
            computing.queue.move(idOf(3), -1);
            QCOMPARE(waitingNames(computing.queue), (QStringList{"a", "b", "d", "c"}));
            computing.queue.move(idOf(0), 2);
            QCOMPARE(waitingNames(computing.queue), (QStringList{"b", "d", "a", "c"}));
            computing.queue.move(idOf(1), -99); // to the top at most
            QCOMPARE(waitingNames(computing.queue), (QStringList{"d", "b", "a", "c"}));
            computing.queue.move(idOf(3), 99);
            computing.queue.move(QStringLiteral("unknown"), 1);
        }
        endTheirProgram();
        Computing again(m_database);
        QVERIFY(again.queue.isPaused()); // also survives
        again.queue.restore();
        QTRY_COMPARE(waitingNames(again.queue), (QStringList{"d", "b", "a", "c"}));
    }

    void pausedQueueStartsNothingUntilItContinues() {
        Computing computing(m_database);
        QSignalSpy finished(&computing.queue, &ComputeQueue::finished);
        computing.queue.pause();
        computing.train(smallRun(), m_dataset);
        const JobId measured = computing.queue.submit(preflightJob(smallRun(), *m_dataset));
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, patience); // a measurement does not wait
        QCOMPARE(finished[0][0].value<QueuedJob>().id, measured);
        QCOMPARE(computing.queue.waiting(), 1);
        QVERIFY(computing.queue.computing() == nullptr);
        computing.queue.resume();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, patience);
        QVERIFY(!Computing(m_database).queue.isPaused());
    }

    void severalAreAddedInOneAction() {
        Computing computing(m_database);
        computing.queue.pause();
        const TrainJob first = trainJob(named("a"), *m_dataset);
        const TrainJob second = trainJob(named("b"), *m_dataset);
        computing.queue.submit(std::vector<Job>{first, second});
        QCOMPARE(waitingNames(computing.queue), (QStringList{"a", "b"}));
        QTRY_COMPARE(storedStates(), (QStringList{"waiting", "waiting"}));
    }

    /// For the same reason, at once: the queue stops before all jobs are lost.
    void repeatedFailurePausesTheQueue() {
        Computing computing(m_database);
        QSignalSpy paused(&computing.queue, &ComputeQueue::pausedItself);
        RunConfiguration wrong = smallRun();
        wrong.options.batch = 16000;
        for (int i = 0; i < 4; ++i)
            computing.train(wrong, m_dataset);
        QTRY_COMPARE_WITH_TIMEOUT(paused.count(), 1, patience);
        QVERIFY(computing.queue.isPaused());
        QVERIFY2(computing.queue.pauseReason().contains(QStringLiteral("16000")),
                 qPrintable(computing.queue.pauseReason()));
        QCOMPARE(computing.queue.waiting(), 1);
        QCOMPARE(computing.queue.troubled().size(), std::size_t{3});
    }

    void storageErrorPausesTheQueue() {
        Computing computing("/dev/null/runs.sqlite");
        QSignalSpy paused(&computing.queue, &ComputeQueue::pausedItself);
        computing.train(smallRun(), m_dataset);
        computing.train(smallRun(), m_dataset);
        QTRY_COMPARE_WITH_TIMEOUT(paused.count(), 1, patience);
        QCOMPARE(computing.queue.waiting(), 1);
    }

    void failedJobsStayUntilTheyAreDismissedOrRepeated() {
        RunConfiguration wrong = smallRun();
        wrong.options.batch = 16000;
        {
            Computing computing(m_database);
            computing.train(wrong, m_dataset);
            computing.queue.submit(ResumeJob{77, {}});
            QTRY_COMPARE_WITH_TIMEOUT(computing.queue.troubled().size(), std::size_t{2}, patience);
        }
        Computing again(m_database);
        again.queue.restore();
        QTRY_COMPARE(again.queue.troubled().size(), std::size_t{2});
        const TroubledJob failed = again.queue.troubled()[0];
        QVERIFY(failed.reason.contains(QStringLiteral("16000")) && !failed.isInterrupted);
        again.queue.dismiss(again.queue.troubled()[1].id);
        QCOMPARE(again.queue.troubled().size(), std::size_t{1});
        again.queue.pause();
        again.queue.repeat(failed.id);
        QVERIFY(again.queue.troubled().empty());
        QCOMPARE(again.queue.waiting(), 1);
        QTRY_COMPARE(storedStates(), QStringList{"waiting"});
    }

    void reasonsAreComparedWithoutNumbers() {
        FailureWatch watch;
        QVERIFY(!watch.ended(true, QStringLiteral("run 1 is gone")));
        QVERIFY(!watch.ended(true, QStringLiteral("run 2 is gone")));
        QVERIFY(watch.ended(true, QStringLiteral("run 3 is gone")));
        FailureWatch other;
        QVERIFY(!other.ended(true, QStringLiteral("no memory")));
        QVERIFY(!other.ended(true, QStringLiteral("no images")));
        QVERIFY(!other.ended(true, QStringLiteral("no images")));
        QVERIFY(!other.ended(false, {})); // one that succeeds
        QVERIFY(!other.ended(true, QStringLiteral("no images")));
    }

    void trainingPausesAndContinues() {
        Computing computing(m_database);
        QSignalSpy changes(&computing.session, &TrainingSession::pausedChanged);
        computing.train(endlessRun(), m_dataset);
        QTRY_VERIFY_WITH_TIMEOUT(computing.session.lastStep().step > 0, patience);
        computing.session.pause();
        QTRY_VERIFY_WITH_TIMEOUT(computing.session.isPaused(), patience);
        QCOMPARE(changes.count(), 1);
        QVERIFY(computing.queue.computing()->isPaused);
        const std::int64_t step = computing.session.lastStep().step;
        QTest::qWait(200);
        QCOMPARE(computing.session.lastStep().step, step);
        computing.session.resume();
        QTRY_VERIFY_WITH_TIMEOUT(computing.session.lastStep().step > step, patience);
        QVERIFY(!computing.session.isPaused());
        computing.session.setStopAfterEpoch(true);
        QTRY_VERIFY_WITH_TIMEOUT(!computing.session.isRunning(), patience);
        const RunRecord run = RunStore(m_database).runs().one(1);
        QVERIFY(run.status == RunStatus::Cancelled);
        QCOMPARE(run.lastStep % 2, std::int64_t{0}); // whole epochs of two steps
    }

    void evaluatesWhileItTrains() {
        Computing computing(m_database);
        QSignalSpy updated(&computing.session, &TrainingSession::updated);
        computing.train(endlessRun(), m_dataset);
        QTRY_VERIFY_WITH_TIMEOUT(computing.session.lastStep().step > 0, patience);
        computing.session.evaluateNow();
        const auto isEvaluated = [&] {
            return std::ranges::any_of(updated, [](const QList<QVariant> &arguments) {
                return std::ranges::any_of(
                    arguments[0].value<TrainingUpdate>().evaluations,
                    [](const Evaluated &each) { return each.result.key.place.step.has_value(); });
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(isEvaluated(), patience);
    }

    void timesAreKnownFromEarlierRuns() {
        Computing computing(m_database);
        QueueForecast forecast(computing.queue, m_database);
        const TrainJob job = trainJob(smallRun(), *m_dataset);
        QVERIFY(forecast.secondsOf(job) < 0); // unknown at first
        computing.queue.submit(job);
        QTRY_VERIFY_WITH_TIMEOUT(forecast.secondsOf(job) > 0, patience);
        computing.queue.pause();
        computing.queue.submit(std::vector<Job>{job, job});
        QVERIFY(forecast.secondsOf(computing.queue.jobs()[0]) > 0);
        QCOMPARE(forecast.secondsOfAll(), 2 * forecast.secondsOf(job));
        TrainJob other = job;
        other.configuration.options.batch = 16;
        computing.queue.submit(other);
        QVERIFY(forecast.secondsOfAll() < 0);
    }

  private:
    QStringList storedStates() const {
        QStringList states;
        for (const JobRecord &job : RunStore(m_database).jobs().all())
            states.append(QString::fromStdString(nameOf(job.state)));
        return states;
    }
    /// As after a crash: the process that the jobs belong to is gone.
    void endTheirProgram() const {
        SQLite::Database(m_database.string(), SQLite::OPEN_READWRITE)
            .exec("UPDATE jobs SET process_boot = 'another'");
    }

    QTemporaryDir m_folder;
    DatasetPtr m_dataset;
    std::filesystem::path m_database;
    int m_count = 0;
};

SIMCLR_TEST(TestQueueOrder, QCoreApplication)
#include "tst_queue_order.moc"
