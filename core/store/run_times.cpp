// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_times.h"

#include "core/store/binder.h"
#include "core/store/columns.h"
#include "core/store/connection.h"
#include "core/store/row_reader.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <optional>

namespace simclr {

namespace {

constexpr Columns timeColumns{"config", "pipeline", "total_epochs", "created", "finished"};

std::optional<RunTime> read(const RowReader &row) {
    try {
        return RunTime{parseJson(row.text(timeColumns["config"]), "a run"),
                       parseJson(row.text(timeColumns["pipeline"]), "a run"),
                       row.whole(timeColumns["total_epochs"]),
                       row.real(timeColumns["finished"]) - row.real(timeColumns["created"])};
    } catch (const InvalidInput &) {
        return std::nullopt;
    }
}

} // namespace

std::vector<RunTime> runTimes(Connection &connection, const std::string &fingerprint, std::int64_t most) {
    return connection.guarded([&] {
        SQLite::Statement query(connection.database(),
                                timeColumns.selectFrom("runs") +
                                    "WHERE dataset_fingerprint = ? AND status = 'completed' AND "
                                    "finished IS NOT NULL AND total_epochs > 0 AND origin = '' "
                                    "ORDER BY id DESC LIMIT ?");
        Binder(query) << fingerprint << most;
        std::vector<RunTime> times;
        while (query.executeStep())
            if (std::optional<RunTime> time = read(RowReader(query)))
                times.push_back(std::move(*time));
        return times;
    });
}

} // namespace simclr
