// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace simclr {

/// Whether the number is an integer that a double represents exactly, and not too large for plain digits.
bool isWhole(double number);

/// The shortest decimal text that reads back as the same number.
std::string numberText(double number);

} // namespace simclr
