// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/job_keeper.h"

#include "core/store/run_store.h"

#include <chrono>
#include <optional>
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

bool addIfKnown(std::vector<KeptJob> &jobs, const JobRecord &record) {
    std::optional<Job> job = knownJob(record);
    if (job)
        jobs.push_back({QString::fromStdString(record.id), std::move(*job), record.state,
                        QString::fromStdString(record.message)});
    return job.has_value();
}

/// Others may lock the database for long, and closing the window waits for what is still to be stored.
constexpr std::chrono::seconds patience{2};

} // namespace

/// The part of the keeper in its thread: the connection, opened as soon as the database exists.
class JobKeeper::Store {
  public:
    explicit Store(std::filesystem::path database) : m_database(std::move(database)) {}

    /// Runs `action(jobs)`; returns what went wrong.
    template <typename Action>
    QString with(bool mayCreate, Action action) {
        try {
            std::error_code ignored;
            if (m_store && !m_store->connection().isStillThere())
                m_store.reset();
            if (!m_store && (mayCreate || std::filesystem::exists(m_database, ignored)))
                m_store.emplace(m_database, RunStore::Access::ReadWrite, patience);
            if (m_store)
                action(m_store->jobs());
            return {};
        } catch (const std::exception &error) {
            return QString::fromStdString(error.what());
        }
    }

    void close() { m_store.reset(); }

  private:
    std::filesystem::path m_database;
    std::optional<RunStore> m_store;
};

JobKeeper::JobKeeper(std::filesystem::path database, QObject *parent)
    : QObject(parent), m_store(std::make_unique<Store>(std::move(database))) {}

JobKeeper::~JobKeeper() {
    m_worker.ask([this](const BackgroundWorker::Task &) { m_store->close(); }, [] {});
    m_worker.wait();
}

/// A job may be the first to be stored; later changes never bring back a database that was deleted.
template <typename Change>
void JobKeeper::change(bool mayCreate, Change change) {
    m_worker.ask([this, mayCreate, change = std::move(change)](
                     const BackgroundWorker::Task &) { return m_store->with(mayCreate, change); },
                 [this](const QString &problem) {
                     if (!problem.isEmpty() && std::exchange(m_problem, problem) != problem)
                         Q_EMIT failed(problem);
                 });
}

void JobKeeper::add(const QString &id, const Job &job) {
    change(true, [id = id.toStdString(), job](Jobs &jobs) { jobs.add(id, toJson(job)); });
}

void JobKeeper::add(const std::vector<KeptJob> &jobs) {
    std::vector<NewJob> stored;
    for (const KeptJob &each : jobs)
        stored.push_back({each.id.toStdString(), toJson(each.job)});
    change(true, [stored = std::move(stored)](Jobs &all) { all.add(stored); });
}

void JobKeeper::arrange(const QStringList &ids) {
    std::vector<std::string> order;
    for (const QString &id : ids)
        order.push_back(id.toStdString());
    change(false, [order = std::move(order)](Jobs &jobs) { jobs.arrange(order); });
}

void JobKeeper::repeat(const QString &id) {
    change(false, [id = id.toStdString()](Jobs &jobs) { jobs.repeat(id); });
}

void JobKeeper::start(const QString &id) {
    change(false, [id = id.toStdString()](Jobs &jobs) { jobs.start(id); });
}

void JobKeeper::finish(const QString &id, JobState state, const QString &message) {
    change(false, [id = id.toStdString(), state, message = message.toStdString()](Jobs &jobs) {
        jobs.finish(id, state, message);
    });
}

void JobKeeper::remove(const QString &id) {
    change(false, [id = id.toStdString()](Jobs &jobs) { jobs.remove(id); });
}

void JobKeeper::release(const QString &id) {
    change(false, [id = id.toStdString()](Jobs &jobs) { jobs.release(id); });
}

void JobKeeper::takeOver(std::function<void(const LeftJobs &)> then) {
    using Left = std::pair<LeftJobs, QString>;
    m_worker.ask(
        [this](const BackgroundWorker::Task &) {
            Left left;
            left.second = m_store->with(false, [&left](Jobs &jobs) {
                jobs.takeOver(
                    [&left](const JobRecord &record) { return addIfKnown(left.first.waiting, record); });
                for (const JobRecord &record : jobs.troubled())
                    addIfKnown(left.first.troubled, record);
            });
            return left;
        },
        [this, then = std::move(then)](const Left &left) {
            if (left.second.isEmpty())
                then(left.first);
            else
                Q_EMIT unreadable(left.second);
        });
}

} // namespace simclr::ui
