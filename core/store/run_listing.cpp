// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_listing.h"

#include "core/store/columns.h"
#include "core/store/connection.h"
#include "core/store/row_reader.h"
#include "core/store/run_row.h"
#include "core/util/error.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <string>

namespace simclr {

namespace {

/// Restricts a query to the runs that have changed after revision ?1.
std::string changedRuns(const char *column) {
    return "JOIN run_revisions revised ON revised.run = " + std::string(column) +
           " AND revised.revision > ?1 ";
}

// ---- the newest plain result of each protocol and split

/// SQLite takes the other columns from the row of the largest epoch; of equal epochs the id decides.
constexpr Columns resultColumns{"results.run", "protocol", "split", "value", "MAX(epoch * 4294967296 + id)",
                                "epoch",       "detail"};

Result readResult(const RowReader &row) {
    constexpr auto &at = resultColumns;
    Result result;
    result.key.protocol = protocolFromName(row.text(at["protocol"]));
    result.key.split = splitFromName(row.text(at["split"]));
    result.key.place.epoch = row.whole(at["epoch"]);
    result.value = row.real(at["value"]);
    result.detail = row.json(at["detail"], "detail of a result", row.whole(at["results.run"]));
    return result;
}

void readResults(SQLite::Database &database, const RunsById &runs, std::int64_t revision) {
    SQLite::Statement query(database, resultColumns.selectFrom("results") + changedRuns("results.run") +
                                          "WHERE plain = 1 GROUP BY results.run, protocol, split");
    query.bind(1, revision);
    while (query.executeStep()) {
        const RowReader row(query);
        const auto run = runs.find(row.whole(resultColumns["results.run"]));
        if (run == runs.end())
            continue;
        try {
            run->second->results.push_back(readResult(row));
        } catch (const Error &error) { // DamagedRecord, or a protocol that is not known
            markDamaged(*run->second, error.what());
        }
    }
}

// ---- options and tags

Json optionValue(const SQLite::Column &value) {
    if (value.isInteger())
        return value.getInt64();
    return value.isFloat() ? Json(value.getDouble()) : Json(value.getString());
}

/// Calls `take(run, value)` for each run that has the option.
template <typename Take>
void readOption(SQLite::Database &database, const char *path, const RunsById &runs, std::int64_t revision,
                Take take) {
    SQLite::Statement query(database, "SELECT run_options.run, value FROM run_options " +
                                          changedRuns("run_options.run") +
                                          "WHERE option = (SELECT id FROM option_keys WHERE path = ?2)");
    query.bind(1, revision);
    query.bind(2, path);
    while (query.executeStep())
        if (const auto run = runs.find(query.getColumn(0).getInt64()); run != runs.end())
            take(*run->second, optionValue(query.getColumn(1)));
}

void readOptions(SQLite::Database &database, const RunsById &runs, std::int64_t revision) {
    for (const char *option : {"encoder", "width"})
        readOption(database, option, runs, revision,
                   [option](RunRecord &run, Json &&value) { run.config[option] = std::move(value); });
    readOption(database, "pipeline", runs, revision,
               [](RunRecord &run, Json &&value) { run.pipeline["name"] = std::move(value); });
}

void readTags(SQLite::Database &database, const RunsById &runs, std::int64_t revision) {
    SQLite::Statement query(database, "SELECT run_tags.run, tag FROM run_tags " +
                                          changedRuns("run_tags.run") + "ORDER BY tag");
    query.bind(1, revision);
    while (query.executeStep())
        if (const auto run = runs.find(query.getColumn(0).getInt64()); run != runs.end())
            run->second->tags.push_back(query.getColumn(1).getString());
}

// ---- runs

std::vector<RunRecord> readChanged(Connection &connection, SQLite::Database &database,
                                   std::int64_t revision) {
    SQLite::Statement query(database,
                            selectShortRuns() + changedRuns("runs.id") + "ORDER BY created DESC, id DESC");
    query.bind(1, revision);
    std::vector<RunRecord> runs;
    while (query.executeStep()) {
        runs.push_back(readOrMarked(query, readShortRun));
        runs.back().database = connection.file();
    }
    return runs;
}

std::vector<RunId> readRemoved(SQLite::Database &database, std::int64_t revision) {
    std::vector<RunId> removed;
    if (revision == 0)
        return removed;
    SQLite::Statement query(database, "SELECT run FROM run_revisions WHERE revision > ? AND removed = 1");
    query.bind(1, revision);
    while (query.executeStep())
        removed.push_back(query.getColumn(0).getInt64());
    return removed;
}

} // namespace

RunListing listRuns(Connection &connection, std::int64_t revision) {
    return connection.guarded([&] {
        SQLite::Database &database = connection.database();
        const SQLite::Transaction oneMoment(database);
        RunListing listing{
            readChanged(connection, database, revision), readRemoved(database, revision),
            database.execAndGet("SELECT IFNULL(MAX(revision), 0) FROM run_revisions").getInt64()};
        RunsById byId;
        for (RunRecord &run : listing.changed)
            byId.emplace(run.id, &run);
        readResults(database, byId, revision);
        readOptions(database, byId, revision);
        readTags(database, byId, revision);
        return listing;
    });
}

} // namespace simclr
