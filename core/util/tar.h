// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace simclr {

/// Whether these bytes begin like a POSIX or GNU tar archive.
bool looksLikeTar(std::string_view bytes);

/// The regular files of a tar archive by name, as views into `archive`, which must outlive them. Extension
/// headers and all entries other than files are skipped. Every size and checksum of a header is verified
/// against the bytes. Throws InvalidInput with the cause.
std::map<std::string, std::string_view> tarMembers(std::string_view archive);

} // namespace simclr
