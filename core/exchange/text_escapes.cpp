// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/text_escapes.h"

#include "core/util/control_characters.h"
#include "core/util/lower_case.h"

namespace simclr {

namespace {

/// In Markdown a backslash may precede any ASCII punctuation (CommonMark 0.31, section 2.4). ":" and "@"
/// begin links of GitHub Flavored Markdown, "$" its formulas.
constexpr std::string_view markdownSigns = "\\`*_{}[]<>#|~&!$:@\"";

/// "www." begins a link without any other sign.
bool isPointOfAddress(std::string_view text, std::size_t at) {
    return text[at] == '.' && at >= 3 && lowerCase(text.substr(at - 3, 3)) == "www";
}

std::string latexSign(char letter) {
    switch (letter) {
    case '\\':
        return "\\textbackslash{}";
    case '~':
        return "\\textasciitilde{}";
    case '^':
        return "\\textasciicircum{}";
    case '<':
        return "\\textless{}";
    case '>':
        return "\\textgreater{}";
    case '|':
        return "\\textbar{}";
    case '"':
        return "\\char34{}";
    case '{':
    case '}':
    case '$':
    case '&':
    case '#':
    case '_':
    case '%':
        return std::string("\\") + letter;
    default:
        return std::string(1, letter);
    }
}

} // namespace

std::string markdownText(std::string_view text) {
    const std::string clean = replaceControls(text, escapedControl);
    std::string escaped;
    for (std::size_t at = 0; at < clean.size(); ++at) {
        if (markdownSigns.find(clean[at]) != std::string_view::npos || isPointOfAddress(clean, at))
            escaped += '\\';
        escaped += clean[at];
    }
    return escaped;
}

/// "[" and "*" after the end of a row would be read as options of that: an empty group precedes them.
std::string latexText(std::string_view text) {
    const std::string clean = replaceControls(text, escapedControl);
    std::string escaped;
    for (const char letter : clean) {
        if (escaped.empty() && (letter == '[' || letter == '*'))
            escaped += "{}";
        escaped += latexSign(letter);
    }
    return escaped;
}

} // namespace simclr
