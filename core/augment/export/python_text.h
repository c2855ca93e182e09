// SPDX-License-Identifier: GPL-3.0-or-later
// How Python writes calls, numbers and lists.
#pragma once

#include "core/options/parameter.h"

#include <string>
#include <string_view>
#include <vector>

namespace simclr::python {

/// "function(a, b)"
std::string call(const std::string &function, const std::vector<std::string> &arguments);

/// A call whose first argument is a list, one item per line; `items` are whole lines, see item().
std::string listCall(const std::string &function, const std::string &items, const std::string &more = {});

/// An item of a list: the comments above it, and the expression with its comma.
std::string item(const std::vector<std::string> &comments, const std::string &expression);

/// "(0.08, 1)"
std::string pair(const Range &range);

/// "name=0.5", "name=(0.08, 1)", "name=text"
std::string named(const char *name, double number);
std::string named(const char *name, const Range &range);
std::string named(const char *name, const std::string &text);

/// A text from a file, for a comment: in quotes, on one line, ASCII.
std::string quoted(const std::string &text);

/// Whether `code` uses the identifier `word`, except in comments, docstrings and after a dot.
bool uses(std::string_view code, std::string_view word);

} // namespace simclr::python
