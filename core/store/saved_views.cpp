// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/saved_views.h"

#include "core/store/binder.h"
#include "core/store/connection.h"
#include "core/store/label.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <algorithm>

namespace simclr {

namespace {

/// null if it is damaged, so that the others can still be read.
Json definitionFrom(const std::string &text) {
    try {
        return parseJson(text, "a saved view");
    } catch (const InvalidInput &) {
        return nullptr;
    }
}

/// 0 if there is none.
std::int64_t versionOf(const Json &definition) {
    const bool isVersioned =
        definition.is_object() && definition.contains("version") && definition["version"].is_number_integer();
    return isVersioned ? definition["version"].get<std::int64_t>() : 0;
}

} // namespace

std::vector<SavedView> SavedViews::all() const {
    return m_connection.guarded([&] {
        SQLite::Statement query(m_connection.database(),
                                "SELECT name, definition FROM saved_views ORDER BY place, name");
        std::vector<SavedView> views;
        while (query.executeStep())
            views.push_back({query.getColumn(0).getString(), definitionFrom(query.getColumn(1).getString())});
        return views;
    });
}

bool SavedViews::contains(const std::string &name) const {
    SQLite::Statement query(m_connection.database(), "SELECT 1 FROM saved_views WHERE name = ?");
    query.bind(1, name);
    return query.executeStep();
}

void SavedViews::throwMissing(const std::string &name) const {
    throw InvalidInput("there is no saved view \"" + name + "\" in " + displayName(m_connection.file()));
}

void SavedViews::refuseNewer(const std::string &name, const Json &definition) const {
    SQLite::Statement query(m_connection.database(), "SELECT definition FROM saved_views WHERE name = ?");
    query.bind(1, name);
    if (query.executeStep() &&
        versionOf(definitionFrom(query.getColumn(0).getString())) > versionOf(definition))
        throw InvalidInput("the saved view \"" + name +
                           "\" was written by a newer version of this program and is not replaced");
}

void SavedViews::put(const std::string &name, const Json &definition) {
    const std::string label = checkedLabel("name of a view", name);
    if (versionOf(definition) < 1)
        throw InvalidInput("the saved view \"" + label + "\" has no version");
    m_connection.inTransaction([&] {
        refuseNewer(label, definition);
        SQLite::Statement insert(
            m_connection.database(),
            "INSERT INTO saved_views (name, place, definition) VALUES (?, (SELECT COALESCE(MAX(place), 0) + "
            "1 FROM saved_views), ?) ON CONFLICT (name) DO UPDATE SET definition = excluded.definition");
        Binder(insert) << label << definition;
        insert.exec();
    });
}

void SavedViews::rename(const std::string &name, const std::string &newName) {
    const std::string label = checkedLabel("name of a view", newName);
    m_connection.inTransaction([&] {
        if (!contains(name))
            throwMissing(name);
        if (label != name && contains(label))
            throw InvalidInput("there is already a saved view \"" + label + "\"");
        SQLite::Statement update(m_connection.database(), "UPDATE saved_views SET name = ? WHERE name = ?");
        Binder(update) << label << name;
        update.exec();
    });
}

void SavedViews::remove(const std::string &name) {
    m_connection.guarded([&] {
        SQLite::Statement remove(m_connection.database(), "DELETE FROM saved_views WHERE name = ?");
        Binder(remove) << name;
        if (remove.exec() == 0)
            throwMissing(name);
    });
}

void SavedViews::setPlace(const std::string &name, double place) {
    SQLite::Statement update(m_connection.database(), "UPDATE saved_views SET place = ? WHERE name = ?");
    Binder(update) << place << name;
    update.exec();
}

void SavedViews::arrange(std::span<const std::string> names) {
    m_connection.inTransaction([&] {
        std::vector<std::string> order(names.begin(), names.end());
        for (const SavedView &view : all())
            if (std::ranges::find(names, view.name) == names.end())
                order.push_back(view.name);
        for (std::size_t i = 0; i < order.size(); ++i)
            setPlace(order[i], static_cast<double>(i) + 1);
    });
}

} // namespace simclr
