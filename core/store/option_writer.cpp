// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/option_writer.h"

#include <SQLiteCpp/Database.h>

namespace simclr {

OptionWriter::OptionWriter(SQLite::Database &database)
    : m_database(database),
      m_insert(database, "INSERT INTO run_options (option, run, value) VALUES (?, ?, ?)") {}

void OptionWriter::write(RunId run, const OptionValues &values) {
    for (const auto &[path, value] : values) {
        m_insert.bind(1, idOf(path));
        m_insert.bind(2, run);
        std::visit([this](const auto &each) { m_insert.bind(3, each); }, value);
        m_insert.exec();
        m_insert.reset();
    }
}

std::int64_t OptionWriter::idOf(const std::string &path) {
    const auto known = m_ids.find(path);
    if (known != m_ids.end())
        return known->second;
    SQLite::Statement insert(m_database, "INSERT OR IGNORE INTO option_keys (path) VALUES (?)");
    insert.bind(1, path);
    insert.exec();
    SQLite::Statement query(m_database, "SELECT id FROM option_keys WHERE path = ?");
    query.bind(1, path);
    query.executeStep();
    return m_ids.emplace(path, query.getColumn(0).getInt64()).first->second;
}

} // namespace simclr
