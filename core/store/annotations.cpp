// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/annotations.h"

#include "core/store/binder.h"
#include "core/store/connection.h"
#include "core/store/existing_run.h"
#include "core/store/row_reader.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/steady_time.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <ranges>
#include <utility>

namespace simclr {

namespace {

constexpr std::size_t longestNote = 1'000'000; // bytes

std::string checkedNote(const std::string &text) {
    if (text.size() > longestNote)
        throw InvalidInput("a note has at most " + std::to_string(longestNote) + " bytes");
    return toValidUtf8(text);
}

/// The annotations that a change sets, of a run that is not named yet.
std::vector<Annotation> annotationsOf(const AnnotationChange &change) {
    std::vector<Annotation> wanted;
    for (const std::string &tag : change.removedTags)
        wanted.emplace_back(RunTag{0, checkedTag(tag), false});
    for (const std::string &tag : change.addedTags)
        wanted.emplace_back(RunTag{0, checkedTag(tag), true});
    if (change.note)
        wanted.emplace_back(RunNote{0, checkedNote(*change.note)});
    if (change.starred)
        wanted.emplace_back(RunStar{0, *change.starred});
    if (change.archived)
        wanted.emplace_back(RunArchiving{0, *change.archived});
    return wanted;
}

RunId runOf(const Annotation &annotation) {
    return std::visit([](const auto &each) { return each.run; }, annotation);
}

Annotation withRun(Annotation annotation, RunId run) {
    std::visit([run](auto &each) { each.run = run; }, annotation);
    return annotation;
}

} // namespace

Annotations::Annotations(Connection &connection)
    : m_connection(connection), m_runs(connection), m_tags(connection) {}

AnnotationUndo Annotations::change(std::span<const RunId> runs, const AnnotationChange &change) {
    return setAll(runs, annotationsOf(change));
}

AnnotationUndo Annotations::moveToTrash(std::span<const RunId> runs) {
    return setAll(runs, {RunTrashing{0, wallTime()}});
}

AnnotationUndo Annotations::restore(std::span<const RunId> runs) {
    return setAll(runs, {RunTrashing{0, std::nullopt}});
}

AnnotationUndo Annotations::setAll(std::span<const RunId> runs, const std::vector<Annotation> &wanted) {
    AnnotationUndo undo;
    m_connection.inTransaction([&] {
        for (const RunId run : runs) {
            if (!hasRun(m_connection, run))
                throwMissing(m_connection, run);
            for (const Annotation &annotation : wanted)
                std::visit([&](const auto &each) { set(each, undo); }, withRun(annotation, run));
        }
    });
    return undo;
}

void Annotations::undo(const AnnotationUndo &undo) {
    AnnotationUndo ignored;
    m_connection.inTransaction([&] {
        for (const Annotation &annotation : std::views::reverse(undo.former))
            if (hasRun(m_connection, runOf(annotation)))
                std::visit([&](const auto &each) { set(each, ignored); }, annotation);
    });
}

void Annotations::set(const RunTag &wanted, AnnotationUndo &undo) {
    const bool isChanged =
        wanted.isSet ? m_tags.add(wanted.run, wanted.tag) : m_tags.remove(wanted.run, wanted.tag);
    if (isChanged)
        undo.former.emplace_back(RunTag{wanted.run, wanted.tag, !wanted.isSet});
}

void Annotations::set(const RunNote &wanted, AnnotationUndo &undo) {
    SQLite::Statement query(m_connection.database(), "SELECT note FROM runs WHERE id = ? AND note <> ?");
    Binder(query) << wanted.run << wanted.text;
    if (!query.executeStep())
        return;
    undo.former.emplace_back(RunNote{wanted.run, query.getColumn(0).getString()});
    SQLite::Statement update(m_connection.database(), "UPDATE runs SET note = ? WHERE id = ?");
    Binder(update) << wanted.text << wanted.run;
    update.exec();
}

/// Whether it was not so.
bool Annotations::setFlag(RunId run, const char *column, bool isSet) {
    const std::string name = column;
    SQLite::Statement update(m_connection.database(),
                             "UPDATE runs SET " + name + " = ?1 WHERE id = ?2 AND (" + name + " <> 0) <> ?1");
    Binder(update) << std::int64_t{isSet ? 1 : 0} << run;
    return update.exec() == 1;
}

void Annotations::set(const RunStar &wanted, AnnotationUndo &undo) {
    if (setFlag(wanted.run, "starred", wanted.isSet))
        undo.former.emplace_back(RunStar{wanted.run, !wanted.isSet});
}

void Annotations::set(const RunArchiving &wanted, AnnotationUndo &undo) {
    if (setFlag(wanted.run, "archived", wanted.isSet))
        undo.former.emplace_back(RunArchiving{wanted.run, !wanted.isSet});
}

/// A run that is already in the trash keeps its time.
void Annotations::set(const RunTrashing &wanted, AnnotationUndo &undo) {
    SQLite::Statement query(m_connection.database(), "SELECT trashed, status FROM runs WHERE id = ?");
    query.bind(1, wanted.run);
    query.executeStep();
    const std::optional<double> since = RowReader(query).optionalReal(0);
    if (since.has_value() == wanted.since.has_value())
        return;
    if (wanted.since && query.getColumn(1).getString() == statusName(RunStatus::Running))
        throw InvalidInput("run " + std::to_string(wanted.run) +
                           " is running; stop it before moving it to the trash");
    undo.former.emplace_back(RunTrashing{wanted.run, since});
    SQLite::Statement update(m_connection.database(), "UPDATE runs SET trashed = ? WHERE id = ?");
    if (wanted.since)
        update.bind(1, *wanted.since);
    update.bind(2, wanted.run);
    update.exec();
}

std::vector<RunId> Annotations::runsInTrash() const {
    return m_connection.guarded([&] {
        SQLite::Statement query(m_connection.database(),
                                "SELECT id FROM runs WHERE trashed IS NOT NULL ORDER BY id");
        std::vector<RunId> runs;
        while (query.executeStep())
            runs.push_back(query.getColumn(0).getInt64());
        return runs;
    });
}

TrashEmptied Annotations::emptyTrash() {
    TrashEmptied emptied;
    for (const RunId run : runsInTrash()) {
        try {
            if (m_runs.removeFromTrash(run))
                emptied.deleted.push_back(run);
        } catch (const DatabaseLocked &) {
            throw; // each of the others would wait for it, too
        } catch (const Error &error) {
            emptied.problems.emplace_back(error.what());
        }
    }
    return emptied;
}

} // namespace simclr
