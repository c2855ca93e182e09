// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace simclr {

/// The path as UTF-8 text for messages; bytes that are not UTF-8 become U+FFFD, so that it is valid
/// everywhere.
std::string displayName(const std::filesystem::path &path);

/// `text` with every byte that is not part of valid UTF-8 replaced by U+FFFD.
std::string toValidUtf8(std::string_view text);

/// What kinds of file may be read. Reading anything but a regular file may block.
enum class FileKinds {
    Regular,
    AlsoPipes, ///< also a pipe or a terminal, as `<(...)` and /dev/stdin are: read until its writer ends
};

/// The whole file as bytes. Throws IoError if it cannot be read or is of another kind, InvalidInput if it is
/// longer than `maxBytes`. A signal to the process ends the wait for a pipe with an IoError.
std::string readFile(const std::filesystem::path &path, std::uintmax_t maxBytes,
                     FileKinds kinds = FileKinds::Regular);

/// Replaces `path` by `bytes` so that after a crash it has either the old or the new content, never a part:
/// written under a temporary name in the same folder, synced, renamed, folder synced. Throws IoError.
void writeFileAtomically(const std::filesystem::path &path, std::string_view bytes);

} // namespace simclr
