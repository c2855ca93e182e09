// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/events.h"

#include "core/store/binder.h"
#include "core/store/columns.h"
#include "core/store/connection.h"
#include "core/store/existing_run.h"
#include "core/store/row_reader.h"
#include "core/util/steady_time.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace simclr {

namespace {

constexpr Columns eventColumns{"time", "message"};

} // namespace

void Events::add(RunId run, const std::string &message) {
    add(run, NoteRecord{wallTime(), message});
}

void Events::add(RunId run, const NoteRecord &note) {
    changeRun(m_connection, run, [&] {
        SQLite::Statement insert(m_connection.database(),
                                 "INSERT INTO events (run, time, message) SELECT ?1, ?2, ?3 WHERE NOT EXISTS "
                                 "(SELECT 1 FROM events WHERE run = ?1 AND time = ?2 AND message = ?3)");
        Binder(insert) << run << note.time << note.message;
        insert.exec();
    });
}

void Events::addOnce(RunId run, const std::string &message) {
    changeRun(m_connection, run, [&] {
        SQLite::Statement query(m_connection.database(),
                                "SELECT 1 FROM events WHERE run = ? AND message = ?");
        Binder(query) << run << message;
        if (!query.executeStep())
            add(run, message);
    });
}

std::vector<NoteRecord> Events::of(RunId run) const {
    return m_connection.guarded([&] {
        SQLite::Statement query(m_connection.database(),
                                eventColumns.selectFrom("events") + "WHERE run = ? ORDER BY id");
        query.bind(1, run);
        std::vector<NoteRecord> notes;
        while (query.executeStep()) {
            const RowReader row(query);
            notes.push_back({row.real(eventColumns["time"]), row.text(eventColumns["message"])});
        }
        return notes;
    });
}

} // namespace simclr
