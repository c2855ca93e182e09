// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace simclr {

/// A short name that a person chose, without surrounding spaces: 1 to 64 characters of Unicode, none of them
/// a control character. `what` it is, "tag", is for the message. Throws InvalidInput.
std::string checkedLabel(const std::string &what, std::string_view text);

} // namespace simclr
