// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"

#include <span>
#include <string>
#include <vector>

namespace simclr {

class Connection;

/// A named arrangement of the table of runs: filter, group, order, columns, curves. The store knows of its
/// definition only that it has a version.
struct SavedView {
    std::string name;
    Json definition; ///< {"version": 1, …}; null if it is damaged
};

/// The saved views of a database, in the order that the user gave them. Definitions are stored as they are,
/// whatever their version: only put() replaces one. A part of RunStore, see there.
class SavedViews {
  public:
    explicit SavedViews(Connection &connection) : m_connection(connection) {}

    std::vector<SavedView> all() const;

    /// Adds a view as the last one, or replaces the definition of the one of this name. Throws InvalidInput
    /// if the name is not a label (checkedLabel), if the definition has no version, and if the stored one was
    /// written by a newer version.
    void put(const std::string &name, const Json &definition);
    /// Keeps place and definition. Throws InvalidInput if there is no such view, or already one of this name.
    void rename(const std::string &name, const std::string &newName);
    /// Throws InvalidInput if there is no such view.
    void remove(const std::string &name);
    /// Moves these to the front, in this order; the others follow in theirs.
    void arrange(std::span<const std::string> names);

  private:
    bool contains(const std::string &name) const;
    void refuseNewer(const std::string &name, const Json &definition) const;
    [[noreturn]] void throwMissing(const std::string &name) const;
    void setPlace(const std::string &name, double place);

    Connection &m_connection;
};

} // namespace simclr
