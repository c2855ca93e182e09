// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobs.h"

#include "core/store/binder.h"
#include "core/store/columns.h"
#include "core/store/connection.h"
#include "core/store/damaged_record.h"
#include "core/store/process_id.h"
#include "core/store/row_reader.h"
#include "core/util/error.h"
#include "core/util/steady_time.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <algorithm>
#include <array>
#include <utility>

namespace simclr {

namespace {

constexpr Columns jobColumns{"id",      "description", "state",          "message",       "submitted",
                             "started", "finished",    "process_number", "process_start", "process_boot"};

constexpr std::array states{JobState::Waiting,   JobState::Running, JobState::Done,
                            JobState::Cancelled, JobState::Failed,  JobState::Interrupted};

JobState stateFromName(const std::string &name) {
    for (const JobState state : states)
        if (nameOf(state) == name)
            return state;
    throw DamagedRecord("a job has the unknown state \"" + name + "\"");
}

struct OwnedJob {
    JobRecord job;
    ProcessId owner;
};

/// null if it is damaged, so that the others can still be read.
Json descriptionFrom(const std::string &text) {
    try {
        return parseJson(text, "a job");
    } catch (const InvalidInput &) {
        return nullptr;
    }
}

OwnedJob read(const RowReader &row) {
    JobRecord job;
    job.id = row.text(jobColumns["id"]);
    job.description = descriptionFrom(row.text(jobColumns["description"]));
    job.state = stateFromName(row.text(jobColumns["state"]));
    job.message = row.text(jobColumns["message"]);
    job.submitted = row.real(jobColumns["submitted"]);
    job.started = row.optionalReal(jobColumns["started"]);
    job.finished = row.optionalReal(jobColumns["finished"]);
    return {std::move(job),
            {row.whole(jobColumns["process_number"]), row.whole(jobColumns["process_start"]),
             row.text(jobColumns["process_boot"])}};
}

std::vector<OwnedJob> select(Connection &connection, const std::string &condition) {
    SQLite::Statement query(connection.database(),
                            jobColumns.selectFrom("jobs") + condition + " ORDER BY place");
    std::vector<OwnedJob> jobs;
    while (query.executeStep())
        jobs.push_back(read(RowReader(query)));
    return jobs;
}

void claim(Connection &connection, const std::string &id, const ProcessId &owner) {
    SQLite::Statement update(connection.database(), "UPDATE jobs SET process_number = ?, process_start = ?, "
                                                    "process_boot = ? WHERE id = ?");
    Binder(update) << owner.number << owner.startTicks << owner.boot << id;
    update.exec();
}

std::optional<double> placeOf(Connection &connection, const std::string &id) {
    SQLite::Statement query(connection.database(), "SELECT place FROM jobs WHERE id = ?");
    Binder(query) << id;
    return query.executeStep() ? std::optional(query.getColumn(0).getDouble()) : std::nullopt;
}

void setPlace(Connection &connection, const std::string &id, double place) {
    SQLite::Statement update(connection.database(), "UPDATE jobs SET place = ? WHERE id = ?");
    Binder(update) << place << id;
    update.exec();
}

/// Those of processes that no longer run.
std::vector<OwnedJob> leftJobs(Connection &connection) {
    std::vector<OwnedJob> jobs = select(connection, "WHERE state IN ('waiting', 'running')");
    std::erase_if(jobs, [](const OwnedJob &each) { return isAlive(each.owner); });
    return jobs;
}

/// Keeps the last of those that have ended.
void forgetOldJobs(Connection &connection) {
    connection.database().exec(
        "DELETE FROM jobs WHERE finished IS NOT NULL AND id NOT IN (SELECT id FROM jobs "
        "WHERE finished IS NOT NULL ORDER BY finished DESC LIMIT 200)");
}

} // namespace

std::string nameOf(JobState state) {
    switch (state) {
    case JobState::Waiting:
        return "waiting";
    case JobState::Running:
        return "running";
    case JobState::Done:
        return "done";
    case JobState::Cancelled:
        return "cancelled";
    case JobState::Failed:
        return "failed";
    case JobState::Interrupted:
        break;
    }
    return "interrupted";
}

std::vector<JobRecord> Jobs::all() const {
    return m_connection.guarded([&] {
        std::vector<JobRecord> jobs;
        for (OwnedJob &each : select(m_connection, ""))
            jobs.push_back(std::move(each.job));
        return jobs;
    });
}

void Jobs::add(const std::string &id, const Json &description) {
    const ProcessId owner = currentProcess();
    m_connection.guarded([&] {
        SQLite::Statement insert(
            m_connection.database(),
            "INSERT OR IGNORE INTO jobs (id, place, description, state, submitted, process_number, "
            "process_start, process_boot) VALUES (?, (SELECT COALESCE(MAX(place), 0) + 1 FROM jobs), ?, "
            "'waiting', ?, ?, ?, ?)");
        Binder(insert) << id << description << wallTime() << owner.number << owner.startTicks << owner.boot;
        insert.exec();
    });
}

void Jobs::add(std::span<const NewJob> jobs) {
    m_connection.inTransaction([&] {
        for (const NewJob &job : jobs)
            add(job.id, job.description);
    });
}

void Jobs::arrange(std::span<const std::string> ids) {
    m_connection.inTransaction([&] {
        std::vector<std::pair<std::string, double>> known;
        for (const std::string &id : ids)
            if (const std::optional<double> place = placeOf(m_connection, id))
                known.emplace_back(id, *place);
        std::vector<double> places;
        for (const auto &[id, place] : known)
            places.push_back(place);
        std::ranges::sort(places);
        for (std::size_t i = 0; i < known.size(); ++i)
            if (known[i].second != places[i])
                setPlace(m_connection, known[i].first, places[i]);
    });
}

void Jobs::start(const std::string &id) {
    m_connection.guarded([&] {
        SQLite::Statement update(m_connection.database(),
                                 "UPDATE jobs SET state = 'running', started = ? WHERE id = ?");
        Binder(update) << wallTime() << id;
        update.exec();
    });
}

void Jobs::finish(const std::string &id, JobState state, const std::string &message) {
    m_connection.guarded([&] {
        SQLite::Statement update(m_connection.database(),
                                 "UPDATE jobs SET state = ?, message = ?, finished = ? WHERE id = ?");
        Binder(update) << nameOf(state) << message << wallTime() << id;
        update.exec();
    });
}

void Jobs::remove(const std::string &id) {
    m_connection.guarded([&] {
        SQLite::Statement erase(m_connection.database(), "DELETE FROM jobs WHERE id = ?");
        Binder(erase) << id;
        erase.exec();
    });
}

void Jobs::release(const std::string &id) {
    m_connection.guarded([&] {
        SQLite::Statement update(m_connection.database(),
                                 "UPDATE jobs SET state = 'waiting', started = NULL WHERE id = ?");
        Binder(update) << id;
        update.exec();
    });
}

void Jobs::repeat(const std::string &id) {
    m_connection.inTransaction([&] {
        SQLite::Statement update(m_connection.database(),
                                 "UPDATE jobs SET state = 'waiting', message = '', started = NULL, "
                                 "finished = NULL, place = (SELECT MAX(place) + 1 FROM jobs) "
                                 "WHERE id = ? AND state IN ('failed', 'interrupted')");
        Binder(update) << id;
        if (update.exec() == 0)
            throw InvalidInput("the job is no longer among those that failed: another program has taken it");
        claim(m_connection, id, currentProcess());
    });
}

std::vector<JobRecord> Jobs::troubled() const {
    return m_connection.guarded([&] {
        std::vector<JobRecord> jobs;
        for (OwnedJob &each : select(m_connection, "WHERE state IN ('failed', 'interrupted')"))
            jobs.push_back(std::move(each.job));
        std::ranges::stable_sort(jobs, {}, [](const JobRecord &job) { return job.finished.value_or(0); });
        return jobs;
    });
}

/// The usual case, in which nothing is left, takes no lock.
std::vector<JobRecord> Jobs::takeOver(const std::function<bool(const JobRecord &)> &isWanted) {
    std::vector<JobRecord> taken;
    if (m_connection.guarded([&] { return leftJobs(m_connection).empty(); }))
        return taken;
    m_connection.inTransaction([&] {
        for (OwnedJob &each : leftJobs(m_connection)) {
            if (each.job.state == JobState::Running) {
                finish(each.job.id, JobState::Interrupted);
            } else if (isWanted(each.job)) {
                claim(m_connection, each.job.id, currentProcess());
                taken.push_back(std::move(each.job));
            }
        }
        forgetOldJobs(m_connection);
    });
    return taken;
}

} // namespace simclr
