// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/export/python_text.h"

#include "core/util/json.h"

#include <cctype>

namespace simclr::python {

namespace {

/// Indents every line by four spaces.
std::string indented(const std::string &lines) {
    std::string text = "    ";
    for (const char letter : lines) {
        text += letter;
        if (letter == '\n')
            text += "    ";
    }
    return text;
}

bool isPartOfAName(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

bool lineUses(std::string_view line, std::string_view word) {
    for (std::size_t at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
        const bool starts = at == 0 || (!isPartOfAName(line[at - 1]) && line[at - 1] != '.');
        const std::size_t end = at + word.size();
        if (starts && (end == line.size() || !isPartOfAName(line[end])))
            return true;
    }
    return false;
}

/// A comment, or a docstring, which is always on one line here.
bool isComment(std::string_view line) {
    const std::size_t first = line.find_first_not_of(' ');
    return first != std::string_view::npos &&
           (line[first] == '#' || line.substr(first).starts_with("\"\"\""));
}

} // namespace

std::string call(const std::string &function, const std::vector<std::string> &arguments) {
    std::string text = function + "(";
    for (std::size_t i = 0; i < arguments.size(); ++i)
        text += (i > 0 ? ", " : "") + arguments[i];
    return text + ")";
}

std::string listCall(const std::string &function, const std::string &items, const std::string &more) {
    return function + "([\n" + items + "]" + (more.empty() ? "" : ", " + more) + ")";
}

std::string item(const std::vector<std::string> &comments, const std::string &expression) {
    std::string lines;
    for (const std::string &comment : comments)
        lines += "    # " + comment + "\n";
    if (!expression.empty())
        lines += indented(expression) + ",\n";
    return lines;
}

std::string pair(const Range &range) {
    return "(" + numberText(range.low) + ", " + numberText(range.high) + ")";
}

std::string named(const char *name, double number) {
    return std::string(name) + "=" + numberText(number);
}

std::string named(const char *name, const Range &range) {
    return std::string(name) + "=" + pair(range);
}

std::string named(const char *name, const std::string &text) {
    return std::string(name) + "=" + text;
}

std::string quoted(const std::string &text) {
    return Json(text).dump(-1, ' ', true, Json::error_handler_t::replace);
}

bool uses(std::string_view code, std::string_view word) {
    while (!code.empty()) {
        const std::size_t end = std::min(code.find('\n'), code.size() - 1);
        const std::string_view line = code.substr(0, end + 1);
        if (!isComment(line) && lineUses(line, word))
            return true;
        code.remove_prefix(end + 1);
    }
    return false;
}

} // namespace simclr::python
