// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/error.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace simclr {

/// A part of a line of text, in bytes of its UTF-8.
struct TextRange {
    std::size_t begin = 0;
    std::size_t length = 0;

    std::size_t end() const { return begin + length; }
    bool operator==(const TextRange &) const = default;
};

/// From the begin of `first` to the end of `last`.
TextRange spanOf(TextRange first, TextRange last);

/// The same part in code points of `text`, for a caret or an editor; `text` is UTF-8 and contains `bytes`.
TextRange inCodePoints(std::string_view text, TextRange bytes);

/// A filter line is wrong: what() says why, where() the place in the line. The place is inside the line; at
/// its end if something is missing there.
class QueryError : public InvalidInput {
  public:
    QueryError(const std::string &message, TextRange where) : InvalidInput(message), m_where(where) {}

    TextRange where() const { return m_where; }

  private:
    TextRange m_where;
};

} // namespace simclr
