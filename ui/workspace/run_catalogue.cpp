// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/run_catalogue.h"

#include "core/store/run_listing.h"
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "ui/text/sentence_text.h"

#include <algorithm>
#include <chrono>
#include <unordered_set>
#include <utility>

namespace simclr::ui {

/// The result of reading the store once.
struct RunCatalogue::Reading {
    bool isWhole = false; ///< the listing has all runs
    bool hasWatched = false;
    RunListing listing;
    std::vector<RunRecord> watched;
    QList<qint64> interrupted;
    QString problem;
};

namespace {

/// Newest first; neither changes during the life of a run.
bool isNewer(const RunPtr &one, const RunPtr &other) {
    return one->created != other->created ? one->created > other->created : one->id > other->id;
}

bool concerns(const RunListing &listing, const QList<qint64> &ids) {
    return std::ranges::any_of(listing.changed,
                               [&ids](const RunRecord &run) { return ids.contains(run.id); }) ||
           std::ranges::any_of(listing.removed, [&ids](RunId run) { return ids.contains(run); });
}

} // namespace

/// The part of the catalogue in its thread: the connection, opened as soon as the database exists.
class RunCatalogue::Reader {
  public:
    explicit Reader(std::filesystem::path database) : m_database(std::move(database)) {}

    Reading read(const QList<qint64> &watched) {
        Reading reading;
        try {
            if (!open()) { // the first run creates it
                reading.isWhole = std::exchange(m_revision, none) != none;
                return reading;
            }
            // Also runs that another process has left since.
            for (const RunId id : m_store->recovery().markInterrupted())
                reading.interrupted.append(id);
            readChanges(reading);
            if (watched != m_watched || concerns(reading.listing, watched)) {
                reading.watched = readWatched(watched);
                reading.hasWatched = true;
                m_watched = watched;
            }
        } catch (const std::exception &error) {
            m_watched.clear(); // read again
            reading.problem = sentenceText(error);
        }
        return reading;
    }

    QString change(const std::function<void(RunStore &)> &change) { return changing(change); }

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

    void readChanges(Reading &reading) {
        const std::int64_t seen = m_store->connection().changeCounter();
        if (m_revision != none && seen == m_seenChange)
            return;
        reading.isWhole = m_revision == none;
        reading.listing = m_store->runs().list(std::max<std::int64_t>(m_revision, 0));
        m_revision = reading.listing.revision;
        m_seenChange = seen;
    }

    /// Those that still exist.
    std::vector<RunRecord> readWatched(const QList<qint64> &ids) {
        std::vector<RunRecord> runs;
        for (const qint64 id : ids) {
            try {
                runs.push_back(m_store->runs().one(id));
            } catch (const InvalidInput &) { // deleted in the meantime
            }
        }
        return runs;
    }

    /// Whether the database exists. Notices a database that was replaced or removed.
    bool open() {
        std::error_code ignored;
        const bool isThere = std::filesystem::exists(m_database, ignored);
        if (m_store && !m_store->connection().isStillThere()) {
            m_store.reset();
            m_revision = isThere ? none : m_revision;
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
            return sentenceText(error);
        }
    }

    std::filesystem::path m_database;
    std::optional<RunStore> m_store;
    std::int64_t m_revision = none; ///< of the last listing
    std::int64_t m_seenChange = 0;
    QList<qint64> m_watched;
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

RunPtr RunCatalogue::run(RunId id) const {
    return m_byId.value(id);
}

void RunCatalogue::refresh() {
    if (m_reading) {
        m_again = true;
        return;
    }
    m_reading = true;
    inThread([watched = m_watchedIds](Reader &reader) { return reader.read(watched); },
             [this](Reading &&reading) { take(std::move(reading)); });
}

void RunCatalogue::take(Reading &&reading) {
    m_reading = false;
    const bool isNew =
        reading.isWhole || !reading.listing.changed.empty() || !reading.listing.removed.empty();
    if (reading.isWhole) {
        m_runs.clear();
        m_byId.clear();
    }
    if (isNew)
        merge(std::move(reading.listing));
    if (reading.hasWatched)
        m_watched = std::move(reading.watched);
    if (isNew || reading.hasWatched)
        Q_EMIT changed();
    if (!reading.interrupted.isEmpty())
        Q_EMIT interrupted(reading.interrupted);
    if (reading.problem.isEmpty())
        Q_EMIT readable();
    else
        Q_EMIT unreadable(reading.problem);
    if (std::exchange(m_again, false))
        refresh();
}

void RunCatalogue::merge(RunListing &&listing) {
    for (RunRecord &changed : listing.changed) {
        RunPtr run = std::make_shared<const RunRecord>(std::move(changed));
        m_byId.insert(run->id, run);
        const auto place = std::ranges::lower_bound(m_runs, run, isNewer);
        if (place != m_runs.end() && (*place)->id == run->id)
            *place = std::move(run);
        else
            m_runs.insert(place, std::move(run));
    }
    if (listing.removed.empty())
        return;
    for (const RunId id : listing.removed)
        m_byId.remove(id);
    const std::unordered_set<RunId> removed(listing.removed.begin(), listing.removed.end());
    std::erase_if(m_runs, [&removed](const RunPtr &run) { return removed.contains(run->id); });
}

void RunCatalogue::setLive(bool live) {
    if (live)
        m_poll.start();
    else
        m_poll.stop();
}

void RunCatalogue::watch(const QList<qint64> &ids) {
    if (std::exchange(m_watchedIds, ids) != ids)
        refresh();
}

void RunCatalogue::change(std::function<void(RunStore &)> change, std::function<void(const QString &)> done) {
    inThread([change = std::move(change)](Reader &reader) { return reader.change(change); },
             [done = std::move(done)](const QString &problem) { done(problem); });
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
