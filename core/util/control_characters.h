// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace simclr {

/// `text` as valid UTF-8 with every control character replaced by `replacement`: those of ASCII and ISO 8859
/// (C0, DEL, C1) and Unicode's directional marks. Names from files and databases may contain any of them.
std::string replaceControls(std::string_view text,
                            const std::function<std::string(char32_t control)> &replacement);

/// As C and JSON write it: "\n", "\t", "\r", "\x1b", "\u202e".
std::string escapedControl(char32_t control);

} // namespace simclr
