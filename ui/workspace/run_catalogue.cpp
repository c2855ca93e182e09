// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/run_catalogue.h"

#include "core/store/run_store.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace simclr::ui {

/// The result of reading the store once.
struct RunCatalogue::Reading {
    bool isNew = false; ///< something has changed since the last time
    std::vector<RunRecord> runs;
    std::optional<RunRecord> watched;
    QString problem;
};

/// The part of the catalogue in its thread: the connection, opened as soon as the database exists.
class RunCatalogue::Reader {
  public:
    explicit Reader(std::filesystem::path database) : m_database(std::move(database)) {}

    /// `isForced`: reads also if nothing has changed.
    Reading read(RunId watched, bool isForced) {
        Reading reading;
        try {
            if (!open()) { // the first run creates it
                reading.isNew = std::exchange(m_seenChange, none) != none;
                return reading;
            }
            m_store->recovery().markInterrupted(); // also runs that another process has left since
            const std::int64_t change = m_store->connection().changeCounter();
            if (change == m_seenChange && !isForced)
                return reading;
            reading.runs = m_store->runs().all();
            const bool isThere =
                std::ranges::find(reading.runs, watched, &RunRecord::id) != reading.runs.end();
            if (isThere)
                reading.watched = m_store->runs().one(watched);
            reading.isNew = true;
            m_seenChange = change;
        } catch (const std::exception &error) {
            reading.isNew = false;
            reading.problem = QString::fromStdString(error.what());
        }
        return reading;
    }

    QString rename(RunId id, const std::string &name) {
        return changing([&](RunStore &store) { store.runs().rename(id, name); });
    }

    /// The deleted runs, and the last problem, if any.
    std::pair<QList<qint64>, QString> remove(const QList<qint64> &ids) {
        QList<qint64> gone;
        QString problem;
        for (const qint64 id : ids) {
            const QString trouble = changing([&](RunStore &store) { store.runs().remove(id); });
            if (trouble.isEmpty())
                gone.append(id);
            else
                problem = trouble;
        }
        return {gone, problem};
    }

  private:
    static constexpr std::int64_t none = -1;

    /// Whether the database exists. Notices a database that was replaced or removed.
    bool open() {
        std::error_code ignored;
        const bool isThere = std::filesystem::exists(m_database, ignored);
        if (m_store && !m_store->connection().isStillThere()) {
            m_store.reset();
            m_seenChange = isThere ? none : m_seenChange;
        }
        if (isThere && !m_store)
            m_store.emplace(m_database);
        return isThere;
    }

    template <typename Change>
    QString changing(Change change) {
        try {
            if (!open())
                return RunCatalogue::tr("The run database no longer exists.");
            change(*m_store);
            return {};
        } catch (const std::exception &error) {
            return QString::fromStdString(error.what());
        }
    }

    std::filesystem::path m_database;
    std::optional<RunStore> m_store;
    std::int64_t m_seenChange = none;
};

RunCatalogue::RunCatalogue(std::filesystem::path database, QObject *parent)
    : QObject(parent), m_reader(std::make_unique<Reader>(std::move(database))) {
    m_poll.setInterval(std::chrono::seconds(1));
    connect(&m_poll, &QTimer::timeout, this, &RunCatalogue::refresh);
}

RunCatalogue::~RunCatalogue() {
    m_worker.ask([this](const BackgroundWorker::Task &) { m_reader.reset(); }, [] {});
    m_worker.wait(); // finishes the changes that were requested
}

template <typename Job, typename Then>
void RunCatalogue::inThread(Job job, Then then) {
    m_worker.ask([&reader = *m_reader, job = std::move(job)] { return job(reader); }, std::move(then));
}

const RunRecord *RunCatalogue::run(RunId id) const {
    const auto found = std::ranges::find(m_runs, id, &RunRecord::id);
    return found == m_runs.end() ? nullptr : &*found;
}

void RunCatalogue::refresh() {
    if (m_reading) {
        m_again = true;
        return;
    }
    m_reading = true;
    const bool isForced = std::exchange(m_watchesAnother, false);
    inThread([watched = m_watchedId, isForced](Reader &reader) { return reader.read(watched, isForced); },
             [this](Reading &&reading) { take(std::move(reading)); });
}

void RunCatalogue::take(Reading &&reading) {
    m_reading = false;
    if (reading.isNew) {
        m_runs = std::move(reading.runs);
        m_watched = std::move(reading.watched);
        Q_EMIT changed();
    }
    if (reading.problem.isEmpty())
        Q_EMIT readable();
    else
        Q_EMIT unreadable(reading.problem);
    if (std::exchange(m_again, false))
        refresh();
}

void RunCatalogue::setLive(bool live) {
    if (live)
        m_poll.start();
    else
        m_poll.stop();
}

void RunCatalogue::watch(RunId id) {
    if (std::exchange(m_watchedId, id) == id)
        return;
    m_watched.reset();
    m_watchesAnother = true;
    refresh();
}

void RunCatalogue::rename(RunId id, const QString &name) {
    inThread([id, name = name.toStdString()](Reader &reader) { return reader.rename(id, name); },
             [this, id](const QString &problem) { Q_EMIT renamed(id, problem); });
    refresh();
}

void RunCatalogue::remove(const QList<qint64> &ids) {
    inThread([ids](Reader &reader) { return reader.remove(ids); },
             [this](const std::pair<QList<qint64>, QString> &removal) {
                 Q_EMIT removed(removal.first, removal.second);
             });
    refresh();
}

} // namespace simclr::ui
