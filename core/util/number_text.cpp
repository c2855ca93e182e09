// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/number_text.h"

#include <charconv>
#include <cmath>
#include <cstdint>

namespace simclr {

bool isWhole(double number) {
    constexpr double largestExact = 1e15;
    return number == std::floor(number) && std::abs(number) < largestExact;
}

std::string numberText(double number) {
    if (isWhole(number)) // the shortest text of 100000 would be 1e+05
        return std::to_string(static_cast<std::int64_t>(number));
    char text[32];
    const auto [end, failure] = std::to_chars(text, text + sizeof text, number);
    return std::string(text, end);
}

} // namespace simclr
