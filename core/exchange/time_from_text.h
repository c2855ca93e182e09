// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace simclr {

/// Seconds since 1970 of a time in a file of another tracker: ISO 8601 with "T" or a space
/// ("2023-05-01 12:34:56.789+00:00", "2023-05-01T12:34:56Z"; without a zone it is UTC), or a number of
/// seconds or milliseconds since 1970. Nothing for other texts, and for times before 1970 or after the year
/// 9999.
std::optional<double> timeFromText(std::string_view text);

} // namespace simclr
