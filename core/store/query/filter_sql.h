// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/query/condition_sql.h"

namespace simclr {

/// Compiles one filter to SQL. "not" is moved to the conditions, so that in what remains NULL and false are
/// the same. SQLite limits how deep an expression may be: below every few levels, a part becomes a table of
/// its own in the WITH clause. Every function throws QueryError.
class FilterSql {
  public:
    /// See ConditionSql.
    FilterSql(const Expression &filter, const KnownNames &known, double now);

    /// "WITH p1 (id) AS (…), … "; empty for most filters.
    const SqlText &tables() const { return m_tables; }
    /// The condition on the run `r`.
    const SqlText &condition() const { return m_condition; }

  private:
    SqlText write(const Expression &part, bool isNegated, int level);
    SqlText write(const Group &group, bool isNegated, int level);
    SqlText asTable(const SqlText &condition);

    ConditionSql m_conditions;
    SqlText m_tables;
    std::size_t m_tableCount = 0;
    SqlText m_condition;
};

} // namespace simclr
