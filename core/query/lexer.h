// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/query_error.h"

#include <string>
#include <string_view>
#include <vector>

namespace simclr {

enum class TokenKind {
    Word,     ///< a name, a keyword, a number, a date: everything without quotes
    Text,     ///< in quotes
    Operator, ///< = != < <= > >= ~ !~
    Open,     ///< (
    Close,    ///< )
    Comma,
    End, ///< of the line; the last token, without text
};

struct Token {
    TokenKind kind = TokenKind::End;
    std::string text;     ///< a Text without its quotes and escapes, "==" as "=", others as written
    TextRange where;      ///< with quotes
    bool isClosed = true; ///< false for a Text whose closing quote is missing
};

/// Limit on the length of a filter line, in code points.
inline constexpr std::size_t longestFilter = 10'000;

/// What a text without its closing quote is: an error, or a token as it is while the user types.
enum class OpenQuote { Refused, Kept };

/// The tokens of a filter line, End at last. Throws QueryError for a line that is too long, bytes that are
/// not UTF-8, control characters, unknown operators and escapes.
std::vector<Token> tokensOf(std::string_view line, OpenQuote openQuote = OpenQuote::Refused);

/// Whether the token is this keyword; keywords are lower case, users may write them in any case.
bool isKeyword(const Token &token, std::string_view keyword);
/// Whether it is one of and, or, not, in, is.
bool isAnyKeyword(const Token &token);

/// `text` as a word, or in quotes if a word cannot contain it: tokensOf() reads it back.
std::string quotedIfNeeded(const std::string &text);

} // namespace simclr
