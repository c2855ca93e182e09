// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// The names that `wrong` may have meant, nearest first, at most three: those that it begins or that begin
/// with it, and those within a third of its letters (inserted, left out, replaced or swapped ones).
std::vector<std::string> nearestNames(std::string_view wrong, std::span<const std::string> names);

/// "; did you mean linear or linear_sgd?", or nothing without such names.
std::string didYouMean(std::string_view wrong, std::span<const std::string> names);

} // namespace simclr
