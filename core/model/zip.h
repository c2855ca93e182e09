// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// The members of a ZIP archive by name, as views into `archive`, which must outlive them. Only uncompressed
/// members, as PyTorch stores them, and only archives below 4 GiB; every offset, size and checksum is checked
/// against the available bytes. Throws InvalidInput with the reason.
std::map<std::string, std::string_view> zipMembers(std::string_view archive);

/// The names of all members, whether or not their contents can be read. Throws InvalidInput.
std::vector<std::string> zipNames(std::string_view archive);

} // namespace simclr
