// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace simclr {

/// A text as a field of CSV (RFC 4180), for names that anybody may have given: in quotes where needed,
/// control characters as escapedControl() writes them, and with an apostrophe before what a spreadsheet would
/// take for a formula (=, +, - or @ at its begin, full-width ones too), by which spreadsheets mark text.
/// Numbers are not texts.
std::string csvField(std::string_view text);

} // namespace simclr
