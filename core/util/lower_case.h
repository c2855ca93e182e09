// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace simclr {

/// With ASCII letters in lower case; other bytes are unchanged.
std::string lowerCase(std::string_view text);

} // namespace simclr
