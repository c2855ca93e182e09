// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace simclr {

/// Whether these bytes begin as a tar archive of POSIX or GNU does.
bool looksLikeTar(std::string_view bytes);

/// The regular files of a tar archive by name, as views into `archive`, which must outlive them. Headers of
/// extensions and everything else that is no file are passed over. Every size and checksum of a header is
/// compared with the bytes that are there. Throws InvalidInput, saying what is wrong.
std::map<std::string, std::string_view> tarMembers(std::string_view archive);

} // namespace simclr
