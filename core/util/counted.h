// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace simclr {

/// "1 step", "2 steps": a count with the singular or plural noun.
inline std::string counted(std::int64_t count, const std::string &one, const std::string &several) {
    return std::to_string(count) + " " + (count == 1 ? one : several);
}

} // namespace simclr
