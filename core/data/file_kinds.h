// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace simclr {

/// Folders in which a NAS, macOS, Windows or a notebook keeps thumbnails, copies and deleted files, and
/// hidden folders.
bool isSystemFolder(const std::string &name);

/// Hidden files and the thumbnails of a NAS.
bool isSystemFile(const std::string &name);

/// Unsupported image formats, by file extension in lower case: ".heic".
bool isUnreadKind(const std::string &extension);

/// Extensions of files that are never images, whatever bytes they begin with: ".txt".
bool isOtherKind(const std::string &extension);

} // namespace simclr
