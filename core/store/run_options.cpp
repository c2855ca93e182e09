// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_options.h"

#include "core/store/connection.h"
#include "core/store/existing_run.h"
#include "core/store/option_writer.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace simclr {

namespace {

constexpr const char *notInTrash = "o.run NOT IN (SELECT id FROM runs WHERE trashed IS NOT NULL) ";

OptionValue readValue(const SQLite::Column &column) {
    if (column.isInteger())
        return column.getInt64();
    if (column.isFloat())
        return column.getDouble();
    return column.getString();
}

} // namespace

void RunOptions::set(RunId run, const NewRun &record) {
    changeRun(m_connection, run, [&] {
        SQLite::Statement remove(m_connection.database(), "DELETE FROM run_options WHERE run = ?");
        remove.bind(1, run);
        remove.exec();
        OptionWriter(m_connection.database()).write(run, flatOptions(record));
    });
}

std::vector<OptionPath> RunOptions::paths() const {
    return m_connection.guarded([&] {
        SQLite::Statement query(m_connection.database(),
                                std::string("SELECT (SELECT path FROM option_keys WHERE id = o.option), "
                                            "COUNT(*) FROM run_options o WHERE ") +
                                    notInTrash + "GROUP BY o.option ORDER BY 1");
        std::vector<OptionPath> paths;
        while (query.executeStep())
            paths.push_back({query.getColumn(0).getString(), query.getColumn(1).getInt64()});
        return paths;
    });
}

std::vector<OptionCount> RunOptions::values(const std::string &path) const {
    return m_connection.guarded([&] {
        SQLite::Statement query(m_connection.database(),
                                std::string("SELECT o.value, COUNT(*) FROM run_options o WHERE o.option = "
                                            "(SELECT id FROM option_keys WHERE path = ?) AND ") +
                                    notInTrash + "GROUP BY o.value ORDER BY o.value");
        query.bind(1, path);
        std::vector<OptionCount> values;
        while (query.executeStep())
            values.push_back({readValue(query.getColumn(0)), query.getColumn(1).getInt64()});
        return values;
    });
}

std::unordered_map<RunId, OptionValue> RunOptions::column(const std::string &path) const {
    return m_connection.guarded([&] {
        SQLite::Statement query(m_connection.database(),
                                "SELECT run, value FROM run_options WHERE option = (SELECT id FROM "
                                "option_keys WHERE path = ?)");
        query.bind(1, path);
        std::unordered_map<RunId, OptionValue> column;
        while (query.executeStep())
            column.emplace(query.getColumn(0).getInt64(), readValue(query.getColumn(1)));
        return column;
    });
}

std::unordered_map<RunId, OptionValues> RunOptions::of(std::span<const RunId> runs) const {
    return m_connection.guarded([&] {
        SQLite::Statement query(m_connection.database(),
                                "SELECT k.path, o.value FROM run_options o JOIN option_keys k ON k.id = "
                                "o.option WHERE o.run = ?");
        std::unordered_map<RunId, OptionValues> options;
        for (const RunId run : runs) {
            OptionValues &values = options[run];
            query.bind(1, run);
            while (query.executeStep())
                values.emplace(query.getColumn(0).getString(), readValue(query.getColumn(1)));
            query.reset();
        }
        return options;
    });
}

} // namespace simclr
