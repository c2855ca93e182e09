// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/job_keeper.h"

#include "core/store/run_store.h"

#include <utility>

namespace simclr::ui {

namespace {

/// Nothing if this version cannot execute the job: a newer one will.
std::optional<Job> knownJob(const JobRecord &record) {
    try {
        Job job = jobFromJson(record.description, "job " + record.id);
        if (!std::holds_alternative<UnknownJob>(job))
            return job;
    } catch (const InvalidInput &) { // damaged, or of a kind whose options have changed
    }
    return std::nullopt;
}

std::vector<KeptJob> leftJobs(const std::filesystem::path &database) {
    std::vector<KeptJob> jobs;
    std::error_code ignored;
    if (!std::filesystem::exists(database, ignored))
        return jobs; // the first job or run creates it
    RunStore store(database);
    for (const JobRecord &record :
         store.jobs().takeOver([](const JobRecord &each) { return knownJob(each).has_value(); }))
        jobs.push_back({QString::fromStdString(record.id), *knownJob(record)});
    return jobs;
}

/// Runs `action`; returns what went wrong.
template <typename Action>
QString problemOf(Action action) {
    try {
        action();
        return {};
    } catch (const std::exception &error) {
        return QString::fromStdString(error.what());
    }
}

} // namespace

JobKeeper::JobKeeper(std::filesystem::path database, QObject *parent)
    : QObject(parent), m_database(std::move(database)) {}

JobKeeper::~JobKeeper() {
    m_worker.wait();
}

template <typename Change>
void JobKeeper::change(Change change) {
    m_worker.ask(
        [database = m_database, change = std::move(change)](const BackgroundWorker::Task &) {
            return problemOf([&] {
                RunStore store(database);
                change(store.jobs());
            });
        },
        [this](const QString &problem) {
            if (!problem.isEmpty())
                Q_EMIT failed(problem);
        });
}

void JobKeeper::add(const QString &id, const Job &job) {
    change([id = id.toStdString(), job](Jobs &jobs) { jobs.add(id, toJson(job)); });
}

void JobKeeper::start(const QString &id) {
    change([id = id.toStdString()](Jobs &jobs) { jobs.start(id); });
}

void JobKeeper::finish(const QString &id, JobState state, const QString &message) {
    change([id = id.toStdString(), state, message = message.toStdString()](Jobs &jobs) {
        jobs.finish(id, state, message);
    });
}

void JobKeeper::remove(const QString &id) {
    change([id = id.toStdString()](Jobs &jobs) { jobs.remove(id); });
}

void JobKeeper::takeOver(std::function<void(const std::vector<KeptJob> &)> then) {
    m_worker.ask(
        [database = m_database](const BackgroundWorker::Task &) {
            std::vector<KeptJob> jobs;
            const QString problem = problemOf([&] { jobs = leftJobs(database); });
            return std::pair(std::move(jobs), problem);
        },
        [this, then = std::move(then)](const std::pair<std::vector<KeptJob>, QString> &left) {
            then(left.first);
            if (!left.second.isEmpty())
                Q_EMIT failed(left.second);
        });
}

} // namespace simclr::ui
