// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace simclr {

/// Seconds since 1970 as ISO 8601, UTC: "2026-11-01T14:30:05Z".
std::string timeText(double seconds);

} // namespace simclr
