// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/field.h"
#include "core/store/query/sql_text.h"

namespace simclr {

/// Writes the conditions of a filter as SQL over the run `r`: true, false, or NULL where a value is missing.
/// Checks names and values on the way: throws QueryError.
class ConditionSql {
  public:
    /// `now`: seconds since 1970, for relative dates. `known` must outlive this object.
    ConditionSql(const KnownNames &known, double now) : m_known(known), m_now(now) {}

    SqlText write(const Condition &condition) const {
        return std::visit([&](const auto &each) { return written(each); }, condition);
    }

  private:
    SqlText written(const Comparison &comparison) const;
    SqlText written(const Membership &membership) const;
    SqlText written(const Emptiness &emptiness) const;
    SqlText written(const BareWord &word) const;
    SqlText compared(const Field &field, const Comparison &comparison) const;
    SqlText contained(const Field &field, const Comparison &comparison) const;
    SqlText equalToOne(const Field &field, const std::vector<Literal> &values) const;
    SqlText optionCompared(const OptionField &field, const Comparison &comparison) const;
    SqlText momentCompared(const Field &field, const Comparison &comparison) const;
    SqlText inMoments(const Field &field, const std::vector<Literal> &values) const;
    std::vector<SqlValue> alternatives(ValueKind kind, const Literal &literal) const;
    SqlValue only(ValueKind kind, const Literal &literal) const;

    const KnownNames &m_known;
    double m_now;
};

} // namespace simclr
