// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace simclr {

/// The shortest decimal text that reads back as the same number.
std::string numberText(double number);

} // namespace simclr
