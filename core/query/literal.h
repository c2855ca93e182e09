// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/expression.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

// What a literal means for a field of each kind. Each function throws QueryError for any other literal.

/// "0.8", "1e-4", or in percent: "80%".
double numberOf(const Literal &literal);
/// A number of at most 1: whoever writes "80" for an accuracy means "80%", and is told so.
double shareOf(const Literal &literal);
/// Seconds: "90", "45s", "2h", "2h30m", "7d", "1.5w".
double secondsOf(const Literal &literal);
/// true or yes, false or no, 1 or 0.
bool truthOf(const Literal &literal);
/// One of `choices`.
std::string choiceOf(const Literal &literal, const std::vector<std::string> &choices);

/// Moments from `from` until before `to`, in seconds since 1970; equal for a single one.
struct MomentRange {
    double from = 0;
    double to = 0;
};

/// A year, month, day, minute or second in local time, or with "Z" at its end in UTC: "2026", "2026-11",
/// "2026-11-01", "2026-11-01T14:30", "2026-11-01 14:30:05Z"; "today", "yesterday"; "-7d": so long before
/// `now`.
MomentRange momentOf(const Literal &literal, double now);

/// A finite number, or nothing if the text is anything else.
std::optional<double> parseNumber(std::string_view text);

} // namespace simclr
