// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/background_writer.h"

#include "core/util/files.h"

#include <utility>

namespace simclr {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr auto writeInterval = 1s;
/// Keeps little data only in memory while another program locks the database.
constexpr auto patience = 500ms;
/// Other programs write briefly, too; such a lock is not reported.
constexpr auto timeToTell = 2s;
/// About 350 MB; about two and a half hours of a fast run.
constexpr std::size_t mostKept = 4'000'000;

} // namespace

BackgroundWriter::BackgroundWriter(const fs::path &database, RunId run)
    : m_store(database, RunStore::Access::ReadWrite, patience),
      m_run(run),
      m_folder(m_store.artifacts().folder(run)),
      m_journal(m_folder),
      m_thread([this](const std::stop_token &stop) { work(stop); }) {}

BackgroundWriter::~BackgroundWriter() {
    m_thread.request_stop();
    m_thread.join();
    m_journal.leave();
}

void BackgroundWriter::throwFailure() const {
    if (m_failure)
        std::rethrow_exception(m_failure);
}

void BackgroundWriter::add(RunChanges changes) {
    const std::scoped_lock lock(m_lock);
    throwFailure();
    m_isUrgent = m_isUrgent || !changes.entries.empty();
    m_added.append(std::move(changes));
    if (m_added.metrics.size() > mostKept)
        throw StorageError("the run database " + displayName(m_store.connection().file()) +
                           " could not be written for too long");
    if (m_isUrgent)
        m_changed.notify_all();
}

std::vector<std::string> BackgroundWriter::takeMessages() {
    const std::scoped_lock lock(m_lock);
    return std::exchange(m_messages, {});
}

BackgroundWriter::State BackgroundWriter::wait(std::chrono::milliseconds longest) {
    std::unique_lock lock(m_lock);
    m_isUrgent = true;
    m_changed.notify_all();
    m_changed.wait_for(lock, longest, [this] {
        return m_failure || (m_added.isEmpty() && !m_isUnderWay && m_state.place == Place::Database);
    });
    throwFailure();
    State state = m_state;
    if (!m_added.isEmpty() || m_isUnderWay)
        state.place = Place::Memory;
    return state;
}

void BackgroundWriter::work(const std::stop_token &stop) {
    try {
        while (true) {
            std::unique_lock lock(m_lock);
            m_changed.wait_for(lock, stop, writeInterval, [this] { return m_isUrgent; });
            const bool isLast = stop.stop_requested();
            m_isUrgent = false;
            RunChanges changes = std::exchange(m_added, {});
            m_isUnderWay = m_isUnderWay || !changes.isEmpty();
            lock.unlock();
            store(std::move(changes));
            m_changed.notify_all();
            if (isLast)
                return;
        }
    } catch (...) {
        const std::scoped_lock lock(m_lock);
        m_failure = std::current_exception();
    }
    m_changed.notify_all();
}

/// To the journal first if it contains earlier ones: an attempt to write the database takes time.
void BackgroundWriter::store(RunChanges changes) {
    m_kept.append(std::move(changes));
    if (!m_store.connection().isStillThere())
        throw StorageError("the run database " + displayName(m_store.connection().file()) +
                           " was deleted or replaced");
    if (!m_journal.isEmpty())
        writeToJournal();
    if (!writeToDatabase())
        writeToJournal();
    tellWhenDue();
    if (m_kept.metrics.size() > mostKept)
        throw StorageError(m_state.problem);
}

bool BackgroundWriter::writeToDatabase() {
    try {
        if (m_journal.read([this](const RunChanges &changes) { m_store.runs().apply(m_run, changes); }))
            m_journal.clear();
        else
            m_journal.setAside();
        if (!m_kept.isEmpty())
            m_store.runs().apply(m_run, m_kept);
        keptIsIn(Place::Database);
        return true;
    } catch (const StorageError &error) {
        noteProblem(error);
    } catch (const IoError &error) { // the journal's
        noteProblem(StorageError(error.what()));
    }
    return false;
}

void BackgroundWriter::writeToJournal() {
    if (m_kept.isEmpty())
        return;
    try {
        m_journal.append(m_kept);
        keptIsIn(Place::Journal);
    } catch (const IoError &) { // the problem of the database is reported
        const std::scoped_lock lock(m_lock);
        m_state.place = Place::Memory;
    }
}

void BackgroundWriter::keptIsIn(Place place) {
    deleteRemovedFiles(m_kept);
    m_kept = {};
    const std::scoped_lock lock(m_lock);
    m_isUnderWay = false;
    m_state.place = place;
    if (place == Place::Database)
        m_state = {};
}

void BackgroundWriter::noteProblem(const StorageError &error) {
    const std::scoped_lock lock(m_lock);
    m_state.problem = error.what();
    m_state.isLocked = dynamic_cast<const DatabaseLocked *>(&error) != nullptr;
    if (m_state.place == Place::Database && !m_kept.isEmpty())
        m_state.place = Place::Memory;
}

/// Each period in which the database cannot be written is reported once, and its end.
void BackgroundWriter::tellWhenDue() {
    const std::scoped_lock lock(m_lock);
    const auto now = std::chrono::steady_clock::now();
    if (m_state.place == Place::Database) {
        m_since.reset();
        if (std::exchange(m_isTold, false))
            m_messages.push_back("the run database " + displayName(m_store.connection().file()) +
                                 " can be written again and contains everything recorded meanwhile");
        return;
    }
    m_since = m_since.value_or(now);
    if (now - *m_since < timeToTell || std::exchange(m_isTold, true))
        return;
    const std::string place = m_state.place == Place::Journal ? displayName(m_journal.file()) : "memory";
    m_messages.push_back(m_state.problem + "; training continues, and its records are stored in " + place +
                         " until the database can be written");
}

/// After their rows are deleted: a row without its file would be worse than a file without a row. A file in
/// another folder belongs to another database, from which this one was copied.
void BackgroundWriter::deleteRemovedFiles(const RunChanges &changes) const {
    for (const RunEntry &entry : changes.entries)
        if (const auto *removed = std::get_if<ArtifactRemoved>(&entry)) {
            const fs::path path = removed->path;
            std::error_code ignored;
            if (fs::equivalent(path.parent_path(), m_folder, ignored))
                fs::remove(path, ignored);
        }
}

} // namespace simclr
