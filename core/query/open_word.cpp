// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/open_word.h"

#include "core/query/filter_progress.h"
#include "core/util/fold_case.h"

#include <algorithm>

namespace simclr {

namespace {

bool beginsAny(const std::string &folded, const std::vector<std::string> &names) {
    return std::ranges::any_of(
        names, [&folded](const std::string &name) { return foldCase(name).starts_with(folded); });
}

bool mayBecomeCondition(const Token &word, const KnownNames &known) {
    if (isAnyKeyword(word) || flagOf({word.text, false, word.where}))
        return false;
    const std::string folded = foldCase(word.text);
    return beginsAny(folded, fieldNames(known)) || beginsAny(folded, functionNames());
}

bool joinsConditions(const Token &token) {
    return isKeyword(token, "and") || isKeyword(token, "or") || isKeyword(token, "not");
}

/// The end of the part before the word `place`, without keywords that need something after them.
std::size_t endBefore(const std::vector<Token> &tokens, std::size_t place) {
    while (place > 0 && joinsConditions(tokens[place - 1]))
        --place;
    return place == 0 ? 0 : tokens[place - 1].where.end();
}

} // namespace

std::optional<OpenWord> openWordOf(std::string_view line, const KnownNames &known) {
    try {
        const std::vector<Token> tokens = tokensOf(line, OpenQuote::Kept);
        if (tokens.size() < 2)
            return std::nullopt;
        FilterProgress progress;
        const std::size_t last = tokens.size() - 2; // before the end
        for (std::size_t i = 0; i < last; ++i)
            progress.read(tokens[i]);
        const Token &word = tokens[last];
        if (progress.expected() != FilterPart::Condition || word.kind != TokenKind::Word ||
            !mayBecomeCondition(word, known))
            return std::nullopt;
        return OpenWord{word.text, std::string(line.substr(0, endBefore(tokens, last)))};
    } catch (const QueryError &) {
        return std::nullopt; // the whole line is wrong
    }
}

} // namespace simclr
