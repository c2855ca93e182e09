// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/name_lists.h"

#include "core/util/files.h"

#include <algorithm>

namespace simclr {

std::string inQuotes(std::string_view name) {
    return "\"" + toValidUtf8(name) + "\"";
}

std::string enumerated(const std::vector<std::string> &parts) {
    constexpr std::size_t mostNamed = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(parts.size(), mostNamed); ++i)
        text += (i == 0 ? "" : ", ") + parts[i];
    return parts.size() > mostNamed ? text + " and " + std::to_string(parts.size() - mostNamed) + " more"
                                    : text;
}

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return static_cast<char>(c < 'A' || c > 'Z' ? c : c + 32); });
    return lower;
}

} // namespace simclr
