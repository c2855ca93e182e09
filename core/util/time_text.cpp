// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/time_text.h"

#include <array>
#include <cmath>
#include <ctime>

namespace simclr {

std::string timeText(double seconds) {
    const auto whole = static_cast<std::time_t>(std::floor(seconds));
    std::tm parts{};
    gmtime_r(&whole, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

} // namespace simclr
