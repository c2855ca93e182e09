// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/lower_case.h"

#include <algorithm>

namespace simclr {

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return static_cast<char>(c < 'A' || c > 'Z' ? c : c + 32); });
    return lower;
}

} // namespace simclr
