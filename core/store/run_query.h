// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/field.h"
#include "core/query/parser.h"
#include "core/store/records.h"

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace simclr {

class Connection;
class SqlText;

/// The value of a field of a run. Nothing is missing: not measured, not set, NaN. Flags are 0 or 1, durations
/// and moments are seconds, accuracies are fractions, tags are one text ("final, paper").
using FieldValue = std::variant<std::monostate, std::int64_t, double, std::string>;

/// Which runs are wanted, and in which order.
struct RunSelection {
    Expression filter;          ///< made by parseFilter(); a default one is true for every run
    std::vector<SortKey> order; ///< the first is the most important; none: newest first
    bool withTrashed = false;   ///< without effect if the filter names "trashed"
    bool withArchived = true;   ///< without effect if the filter names "archived"
};

/// Finds runs by a filter, and reads single fields of them, without reading whole records: one statement
/// each, with bound values. Like the parts of RunStore it uses a Connection that must outlive it, on its
/// thread. All throw StorageError, and QueryError for a field or value that is wrong.
class RunQuery {
  public:
    explicit RunQuery(Connection &connection) : m_connection(connection) {}

    /// Missing values come last in either direction, equal ones with the newest run first.
    std::vector<RunId> ids(const RunSelection &selection) const;
    /// The values of one field for these runs, in their order; nothing for a run that does not exist.
    std::vector<FieldValue> values(const FieldName &field, std::span<const RunId> runs) const;
    ValueKind kind(const FieldName &field) const;

    /// What filters can name in this database.
    KnownNames names() const;
    /// Values of a field over all runs, the most frequent first, for completion: at most `limit`, as text.
    std::vector<std::string> frequentValues(const FieldName &field, int limit = 50) const;

  private:
    SqlText compiled(const RunSelection &selection) const;

    Connection &m_connection;
};

} // namespace simclr
