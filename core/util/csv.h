// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace simclr {

/// A text as a CSV field (RFC 4180), safe for names from any source: quoted if needed, control characters
/// escaped by escapedControl(), and with a leading apostrophe if a spreadsheet would read it as a formula (=,
/// +, - or @ at its start, also full-width). Not for numbers.
std::string csvField(std::string_view text);

} // namespace simclr
