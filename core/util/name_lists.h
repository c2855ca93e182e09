// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// A file's or folder's name in quotation marks, as valid UTF-8.
std::string inQuotes(std::string_view name);

/// "a, b, c and 4 more": at most eight of them.
std::string enumerated(const std::vector<std::string> &parts);

/// With ASCII letters in lower case; other bytes are unchanged.
std::string lowerCase(std::string_view text);

} // namespace simclr
