// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

#include <QTemporaryDir>
#include <SQLiteCpp/Database.h>
#include <memory>

using namespace simclr;
using namespace simclr::test;

/// The jobs of a database.
class TestJobs : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("runs.sqlite")).toStdString();
        m_store = std::make_unique<RunStore>(m_file);
    }

    void areKeptInOrder() {
        for (const char *id : {"b", "a", "c"})
            jobs().add(id, {{"kind", "train"}, {"name", id}});
        jobs().start("b");
        jobs().finish("b", JobState::Failed, "no memory");
        jobs().remove("a");
        m_store = std::make_unique<RunStore>(m_file);
        const std::vector<JobRecord> all = jobs().all();
        QCOMPARE(all.size(), std::size_t{2});
        QCOMPARE(all[0].id, std::string("b"));
        QVERIFY(all[0].state == JobState::Failed);
        QCOMPARE(all[0].message, std::string("no memory"));
        QVERIFY(all[0].started && all[0].finished && *all[0].finished >= *all[0].started);
        QCOMPARE(all[1].id, std::string("c"));
        QVERIFY(all[1].state == JobState::Waiting && !all[1].started);
        QCOMPARE(all[1].description.at("name").get<std::string>(), std::string("c"));
    }

    void areArrangedInTheirPlaces() {
        for (const char *id : {"a", "b", "c", "d"})
            jobs().add(id, {{"kind", "train"}});
        const std::vector<std::string> order{"d", "unknown", "a", "c"}; // b keeps its place
        jobs().arrange(order);
        QCOMPARE(ids(), (QStringList{"d", "b", "a", "c"}));
        jobs().add("e", {{"kind", "train"}});
        QCOMPARE(ids().last(), QStringLiteral("e"));
    }

    void severalAreAddedInOrder() {
        const std::vector<NewJob> several{{"x", {{"kind", "train"}}}, {"y", {{"kind", "train"}}}};
        jobs().add("a", {{"kind", "train"}});
        jobs().add(several);
        QCOMPARE(ids(), (QStringList{"a", "x", "y"}));
    }

    void troubledJobsAreListedAndRepeated() {
        for (const char *id : {"a", "b", "c", "d"})
            jobs().add(id, {{"kind", "train"}});
        jobs().finish("b", JobState::Interrupted);
        jobs().finish("a", JobState::Failed, "no memory");
        jobs().finish("c", JobState::Done);
        std::vector<JobRecord> troubled = jobs().troubled();
        QCOMPARE(troubled.size(), std::size_t{2});
        QCOMPARE(troubled[0].id, std::string("b")); // in the order of their ends
        QCOMPARE(troubled[1].message, std::string("no memory"));
        jobs().repeat("a");
        QCOMPARE(jobs().troubled().size(), std::size_t{1});
        const JobRecord repeated = jobs().all().back(); // after all others
        QCOMPARE(repeated.id, std::string("a"));
        QVERIFY(repeated.state == JobState::Waiting && repeated.message.empty() && !repeated.finished);
    }

    void addingAgainChangesNothing() {
        jobs().add("a", {{"kind", "train"}});
        jobs().start("a");
        jobs().add("a", {{"kind", "other"}});
        QCOMPARE(jobs().all().size(), std::size_t{1});
        QVERIFY(jobs().all()[0].state == JobState::Running);
    }

    void jobsOfLivingProgramsAreLeftToThem() {
        jobs().add("a", {{"kind", "train"}});
        QVERIFY(jobs().takeOver([](const JobRecord &) { return true; }).empty());
        QVERIFY(jobs().all()[0].state == JobState::Waiting);
    }

    void jobsOfEndedProgramsAreTakenOver() {
        for (const char *id : {"running", "second", "third", "unwanted"})
            jobs().add(id, {{"kind", id}});
        jobs().start("running");
        endTheirProgram();
        const auto isWanted = [](const JobRecord &job) { return job.id != "unwanted"; };
        const std::vector<JobRecord> taken = jobs().takeOver(isWanted);
        QCOMPARE(taken.size(), std::size_t{2});
        QCOMPARE(taken[0].id, std::string("second"));
        QCOMPARE(taken[1].id, std::string("third"));
        QVERIFY(jobs().takeOver(isWanted).empty()); // they are ours now
        const std::vector<JobRecord> all = jobs().all();
        QVERIFY(all[0].state == JobState::Interrupted);
        QVERIFY(all[3].state == JobState::Waiting); // for another program
        QCOMPARE(jobs().takeOver([](const JobRecord &) { return true; }).size(), std::size_t{1});
    }

    void damagedDescriptionHidesNoOther() {
        jobs().add("a", {{"kind", "train"}});
        jobs().add("b", {{"kind", "train"}});
        SQLite::Database(m_file, SQLite::OPEN_READWRITE)
            .exec("UPDATE jobs SET description = '{' WHERE id = 'a'");
        const std::vector<JobRecord> all = jobs().all();
        QCOMPARE(all.size(), std::size_t{2});
        QVERIFY(all[0].description.is_null());
        QCOMPARE(all[1].description.at("kind").get<std::string>(), std::string("train"));
    }

  private:
    Jobs &jobs() { return m_store->jobs(); }
    QStringList ids() {
        QStringList ids;
        for (const JobRecord &job : jobs().all())
            ids.append(QString::fromStdString(job.id));
        return ids;
    }
    /// As after a crash: the process that the jobs belong to is gone.
    void endTheirProgram() {
        SQLite::Database(m_file, SQLite::OPEN_READWRITE).exec("UPDATE jobs SET process_boot = 'another'");
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_file;
    std::unique_ptr<RunStore> m_store;
};

SIMCLR_TEST(TestJobs, QCoreApplication)
#include "tst_jobs.moc"
