// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/number_text.h"

#include <charconv>
#include <cmath>
#include <cstdint>

namespace simclr {

std::string numberText(double number) {
    constexpr double largestPlain = 1e15; // the shortest text of 100000 would be 1e+05
    if (number == std::floor(number) && std::abs(number) < largestPlain)
        return std::to_string(static_cast<std::int64_t>(number));
    char text[32];
    const auto [end, failure] = std::to_chars(text, text + sizeof text, number);
    return std::string(text, end);
}

} // namespace simclr
