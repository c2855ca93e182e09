// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <string>

namespace simclr {

// Values as a report shows them: in English, equal in every locale.

/// With this many decimals, rounded by roundedTo().
std::string fixedText(double number, int decimals);
/// At most four significant digits: "0.02", "1.5e-06".
std::string shortNumber(double number);
/// A whole number in groups of three digits: "50,000".
std::string groupedNumber(double number);
/// "62.1 %".
std::string shareText(double share);
/// "2 h 05 min", "45 s".
std::string durationText(double seconds);
/// "2026-11-01 14:30 UTC".
std::string momentText(double seconds);
/// "59.0–65.1 %"; empty if the number of images is unknown.
std::string intervalText(const RunRecord &run, const Result &result);
/// "epoch 10", "random", "imported": the encoder that a result evaluates.
std::string encoderText(const RunRecord &run, const Result &result);

} // namespace simclr
