// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/support/test_main.h"
#include "tests/ui/train/small_run.h"
#include "tests/ui/workspace/computing.h"

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

/// The starts and ends of jobs, in order.
struct Heard {
    explicit Heard(ComputeQueue &queue) {
        QObject::connect(&queue, &ComputeQueue::started, &queue,
                         [this](const QueuedJob &job) { starts.append(job.id); });
        QObject::connect(&queue, &ComputeQueue::finished, &queue,
                         [this](const QueuedJob &job, const JobOutcome &outcome) {
                             ends.append(job.id);
                             outcomes.push_back(outcome);
                         });
    }
    QStringList starts;
    QStringList ends;
    std::vector<JobOutcome> outcomes;
};

} // namespace

/// The queue with real jobs.
class TestComputeQueue : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_compute_queue"));
        m_dataset = openDataset("shapes");
        m_trained = m_folder.filePath(QStringLiteral("trained.sqlite")).toStdString();
        QVERIFY(executeRun(smallRun(), m_dataset, m_trained, {}, {}).end == RunEnd::Completed);
    }

    void init() {
        QSettings().clear(); // a queue that paused itself stays paused
        m_database = m_folder.filePath(QStringLiteral("%1.sqlite").arg(++m_count)).toStdString();
    }

    void jobsRunInTheirOrder() {
        Computing computing(m_database);
        Heard heard(computing.queue);
        const JobId first = computing.train(smallRun(), m_dataset);
        const JobId second = computing.train(smallRun(), m_dataset);
        const JobId evaluation = computing.queue.submit(EvaluateJob{1, {}, {}});
        const JobId measurement = computing.queue.submit(preflightJob(smallRun(), *m_dataset));
        QCOMPARE(computing.queue.jobs().size(), std::size_t{4});
        QCOMPARE(computing.queue.waiting(), 4);
        QVERIFY(!computing.queue.isBusy()); // nothing starts before the event loop
        QTRY_COMPARE_WITH_TIMEOUT(heard.ends.size(), 4, patience);
        const QStringList order{measurement, first, second, evaluation};
        QCOMPARE(heard.starts, order);
        QCOMPARE(heard.ends, order);
        for (const JobOutcome &outcome : heard.outcomes)
            QVERIFY2(outcome.end == JobEnd::Done, outcome.failure.c_str());
        QVERIFY(std::get<Preflight>(heard.outcomes[0].product).totalSteps == 4);
        QCOMPARE(std::get<std::vector<Result>>(heard.outcomes[3].product).size(), std::size_t{2});
        QVERIFY(computing.queue.jobs().empty());
        QCOMPARE(RunStore(m_database).runs().all().size(), std::size_t{2});
    }

    void failureStopsNoOther() {
        Computing computing(m_database);
        Heard heard(computing.queue);
        RunConfiguration wrong = smallRun();
        wrong.options.batch = 16000;
        computing.train(wrong, m_dataset);
        computing.queue.submit(ResumeJob{77, {}});
        computing.queue.submit(UnknownJob{{{"kind", "distil"}}});
        computing.train(smallRun(), m_dataset);
        QTRY_COMPARE_WITH_TIMEOUT(heard.ends.size(), 4, patience);
        QVERIFY(heard.outcomes[0].end == JobEnd::Failed);
        QVERIFY(heard.outcomes[0].failure.find("16000") != std::string::npos);
        QVERIFY(heard.outcomes[1].failure.find("77") != std::string::npos);
        QVERIFY(heard.outcomes[2].failure.find("newer version") != std::string::npos);
        QVERIFY(heard.outcomes[3].end == JobEnd::Done);
        QTRY_COMPARE(storedStates(), (QStringList{"failed", "failed", "failed", "done"}));
    }

    /// Files of a finished run are written while another one trains.
    void exportsDoNotWaitForTraining() {
        Computing computing(m_trained);
        Heard heard(computing.queue);
        computing.train(endlessRun(), m_dataset);
        QTRY_VERIFY_WITH_TIMEOUT(computing.session.lastStep().step > 0, patience);
        const QString file = m_folder.filePath(QStringLiteral("encoder.safetensors"));
        const JobId id = computing.queue.submit(ExportJob{1, "safetensors", file.toStdString()});
        QTRY_COMPARE_WITH_TIMEOUT(heard.ends, QStringList{id}, patience);
        QVERIFY2(heard.outcomes[0].end == JobEnd::Done, heard.outcomes[0].failure.c_str());
        QVERIFY(QFile::exists(file));
        QVERIFY(computing.session.isRunning());
    }

    void embedsTheImagesOfARun() {
        Computing computing(m_trained);
        Heard heard(computing.queue);
        QStringList activities;
        QObject::connect(&computing.queue, &ComputeQueue::updated, &computing.queue,
                         [&](const QueuedJob &job, const JobUpdate &) { activities.append(job.activity); });
        const QString file = m_folder.filePath(QStringLiteral("features.npy"));
        EmbedJob job;
        job.run = 1;
        job.file = file.toStdString();
        computing.queue.submit(job);
        QTRY_COMPARE_WITH_TIMEOUT(heard.ends.size(), 1, patience);
        QVERIFY2(heard.outcomes[0].end == JobEnd::Done, heard.outcomes[0].failure.c_str());
        QCOMPARE(std::get<EmbeddedDataset>(heard.outcomes[0].product).images,
                 std::uint64_t{m_dataset->size()});
        QVERIFY(QFile::exists(file));
        QVERIFY2(activities.join(QLatin1Char('|')).contains(QStringLiteral("computing features")),
                 qPrintable(activities.join(QLatin1Char('|'))));
    }

    void waitingJobIsRemovedAndARunningOneStops() {
        Computing computing(m_database);
        Heard heard(computing.queue);
        const JobId running = computing.train(endlessRun(), m_dataset);
        const JobId waiting = computing.train(smallRun(), m_dataset);
        QTRY_VERIFY_WITH_TIMEOUT(computing.session.lastStep().step > 0, patience);
        QVERIFY(computing.queue.computing()->id == running);
        computing.queue.cancel(waiting);
        QCOMPARE(heard.ends, QStringList{waiting});
        QVERIFY(computing.queue.job(waiting) == nullptr);
        computing.queue.cancel(running);
        QVERIFY(computing.queue.job(running)->isStopping);
        computing.queue.cancel(running);
        QTRY_COMPARE_WITH_TIMEOUT(heard.ends, (QStringList{waiting, running}), patience);
        QVERIFY(heard.outcomes[1].end == JobEnd::Cancelled);
        computing.queue.cancel(running); // it has ended
        QTRY_COMPARE(storedStates(), QStringList{"cancelled"});
    }

    void waitingJobsSurviveARestart() {
        JobId second;
        {
            Computing computing(m_database);
            computing.train(endlessRun(), m_dataset);
            RunConfiguration later = smallRun();
            later.name = "later";
            second = computing.train(later, m_dataset);
            QTRY_VERIFY_WITH_TIMEOUT(computing.session.lastStep().step > 0, patience);
        }
        QCOMPARE(storedStates(), (QStringList{"running", "waiting"}));
        endTheirProgram();
        Computing again(m_database);
        Heard heard(again.queue);
        again.queue.restore();
        QTRY_COMPARE_WITH_TIMEOUT(heard.ends, QStringList{second}, patience);
        QVERIFY2(heard.outcomes[0].end == JobEnd::Done, heard.outcomes[0].failure.c_str());
        QTRY_COMPARE(storedStates(), (QStringList{"interrupted", "done"}));
        const std::vector<RunRecord> runs = RunStore(m_database).runs().all();
        QCOMPARE(runs.front().name, std::string("later"));
        QVERIFY(runs.back().status == RunStatus::Cancelled);
    }

    void jobsOfNewerProgramsAreLeftAlone() {
        {
            RunStore store(m_database);
            store.jobs().add("new", {{"version", 9}, {"kind", "distil"}});
            store.jobs().add("damaged", {{"version", 1}, {"kind", "train"}});
        }
        endTheirProgram();
        Computing computing(m_database);
        Heard heard(computing.queue);
        computing.queue.restore();
        computing.train(smallRun(), m_dataset);
        QTRY_COMPARE_WITH_TIMEOUT(heard.ends.size(), 1, patience);
        QTRY_COMPARE(storedStates(), (QStringList{"waiting", "waiting", "done"}));
    }

    void measurementsAreNotKept() {
        {
            Computing computing(m_database);
            Heard heard(computing.queue);
            computing.queue.submit(preflightJob(smallRun(), *m_dataset));
            computing.queue.submit(EvaluateJob{1, {}, {}});
            QTRY_COMPARE_WITH_TIMEOUT(heard.ends.size(), 2, patience);
        }
        QCOMPARE(storedStates(), QStringList{"failed"}); // the evaluation alone
    }

    void closingStartsNoOther() {
        Computing computing(m_database);
        Heard heard(computing.queue);
        const JobId first = computing.train(endlessRun(), m_dataset);
        computing.train(smallRun(), m_dataset);
        QTRY_VERIFY_WITH_TIMEOUT(computing.session.lastStep().step > 0, patience);
        computing.queue.close();
        QTRY_COMPARE_WITH_TIMEOUT(heard.ends, QStringList{first}, patience);
        QTest::qWait(100);
        QVERIFY(!computing.queue.isBusy());
        QCOMPARE(computing.queue.waiting(), 1);
        computing.train(smallRun(), m_dataset); // the user stayed
        QTRY_COMPARE_WITH_TIMEOUT(heard.ends.size(), 3, patience);
    }

    /// A training has its run to be resumed; other jobs would be lost.
    void closingPutsAnEvaluationBack() {
        EvaluateJob job;
        job.run = 1;
        job.request.protocols = {Protocol::Supervised}; // 100 epochs
        std::filesystem::copy_file(m_trained, m_database);
        {
            Computing computing(m_database);
            Heard heard(computing.queue);
            computing.queue.submit(job);
            QTRY_COMPARE_WITH_TIMEOUT(heard.starts.size(), 1, patience);
            computing.queue.close();
            QTRY_COMPARE_WITH_TIMEOUT(heard.ends.size(), 1, patience);
            QVERIFY(!computing.queue.isBusy());
            QCOMPARE(computing.queue.waiting(), 1);
        }
        QCOMPARE(storedStates().last(), QStringLiteral("waiting"));
    }

    void deletedDatabaseIsNotBroughtBack() {
        Computing computing(m_database);
        Heard heard(computing.queue);
        const JobId id = computing.train(endlessRun(), m_dataset);
        QTRY_VERIFY_WITH_TIMEOUT(computing.session.lastStep().step > 0, patience);
        for (const char *suffix : {"", "-wal", "-shm"})
            std::filesystem::remove(m_database.string() + suffix);
        computing.queue.cancel(id);
        QTRY_COMPARE_WITH_TIMEOUT(heard.ends, QStringList{id}, patience);
        QTest::qWait(100);
        QVERIFY(!std::filesystem::exists(m_database));
    }

    void changedImagesAreNoted() {
        Computing computing(m_database);
        Heard heard(computing.queue);
        TrainJob job = trainJob(smallRun(), *m_dataset);
        job.images.fingerprint = std::string(64, 'b');
        computing.queue.submit(job);
        QTRY_COMPARE_WITH_TIMEOUT(heard.ends.size(), 1, patience);
        QVERIFY2(heard.outcomes[0].end == JobEnd::Done, heard.outcomes[0].failure.c_str());
        const RunRecord run = RunStore(m_database).runs().one(1);
        QVERIFY(std::ranges::any_of(run.notes, [](const NoteRecord &note) {
            return note.message.find("since this run was queued") != std::string::npos;
        }));
    }

    void databaseThatCannotBeWrittenIsTold() {
        Computing computing("/dev/null/runs.sqlite");
        QSignalSpy failed(&computing.queue, &ComputeQueue::keepingFailed);
        Heard heard(computing.queue);
        computing.train(smallRun(), m_dataset);
        QTRY_COMPARE_WITH_TIMEOUT(heard.ends.size(), 1, patience);
        QVERIFY(heard.outcomes[0].end == JobEnd::Failed);
        QTRY_VERIFY(!failed.isEmpty());
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
    std::filesystem::path m_trained; ///< has a finished run
    std::filesystem::path m_database;
    int m_count = 0;
};

SIMCLR_TEST(TestComputeQueue, QCoreApplication)
#include "tst_compute_queue.moc"
