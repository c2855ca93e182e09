// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace simclr {

// A text from any source as text of another format, on one line. Control characters are escaped as in C.

/// For a cell of a table of GitHub Flavored Markdown: no markup, HTML, link, address or formula takes effect.
std::string markdownText(std::string_view text);

/// For LaTeX: no command, comment, alignment or formula takes effect.
std::string latexText(std::string_view text);

} // namespace simclr
