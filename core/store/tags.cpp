// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/tags.h"

#include "core/store/binder.h"
#include "core/store/connection.h"
#include "core/store/label.h"
#include "core/util/error.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace simclr {

std::string checkedTag(std::string_view text) {
    if (text.find(',') != std::string_view::npos)
        throw InvalidInput("a tag must not contain a comma");
    return checkedLabel("tag", text);
}

std::vector<TagCount> Tags::all() const {
    return m_connection.guarded([&] {
        SQLite::Statement query(m_connection.database(),
                                "SELECT tag, COUNT(*) FROM run_tags WHERE run NOT IN (SELECT id FROM runs "
                                "WHERE trashed IS NOT NULL) GROUP BY tag ORDER BY tag");
        std::vector<TagCount> tags;
        while (query.executeStep())
            tags.push_back({query.getColumn(0).getString(), query.getColumn(1).getInt64()});
        return tags;
    });
}

std::vector<std::string> Tags::of(RunId run) const {
    return m_connection.guarded([&] {
        SQLite::Statement query(m_connection.database(),
                                "SELECT tag FROM run_tags WHERE run = ? ORDER BY tag");
        query.bind(1, run);
        std::vector<std::string> tags;
        while (query.executeStep())
            tags.push_back(query.getColumn(0).getString());
        return tags;
    });
}

void Tags::readInto(const RunsById &runs) const {
    m_connection.guarded([&] {
        SQLite::Statement query(m_connection.database(), "SELECT run, tag FROM run_tags ORDER BY tag");
        while (query.executeStep()) {
            const auto run = runs.find(query.getColumn(0).getInt64());
            if (run != runs.end())
                run->second->tags.push_back(query.getColumn(1).getString());
        }
    });
}

bool Tags::add(RunId run, const std::string &tag) {
    return m_connection.guarded([&] {
        SQLite::Statement insert(m_connection.database(),
                                 "INSERT OR IGNORE INTO run_tags (run, tag) VALUES (?, ?)");
        Binder(insert) << run << tag;
        return insert.exec() == 1;
    });
}

bool Tags::remove(RunId run, const std::string &tag) {
    return m_connection.guarded([&] {
        SQLite::Statement remove(m_connection.database(), "DELETE FROM run_tags WHERE run = ? AND tag = ?");
        Binder(remove) << run << tag;
        return remove.exec() == 1;
    });
}

} // namespace simclr
