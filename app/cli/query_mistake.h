// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/query_error.h"

#include <string>
#include <utility>

namespace simclr::cli {

/// A QueryError together with the argument that it is about.
class QueryMistake : public QueryError {
  public:
    QueryMistake(const QueryError &error, std::string line) : QueryError(error), m_line(std::move(line)) {}

    const std::string &line() const { return m_line; }

  private:
    std::string m_line;
};

/// Runs `read`, which reads `line`; its QueryError becomes a QueryMistake.
template <typename Read>
auto orMistake(const std::string &line, Read &&read) {
    try {
        return std::forward<Read>(read)();
    } catch (const QueryError &error) {
        throw QueryMistake(error, line);
    }
}

/// On stderr the sentence, then the line with carets below the place. Of a long line only the part around it.
void complainOf(const QueryMistake &mistake);

} // namespace simclr::cli
