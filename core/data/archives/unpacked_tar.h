// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/archives/random_file.h"
#include "core/data/dataset.h"

#include <memory>
#include <string_view>

namespace simclr {

/// Whether a file begins like one of gzip, bzip2, xz, Zstandard or compress.
bool isCompressed(std::string_view bytes);

/// The tar archive in a compressed file: in memory if it needs at most options.memoryBudget bytes, otherwise
/// in a file without a name in options.indexFolder or the system's folder for temporary files, which exists
/// until the result is destroyed. Throws InvalidInput if the file is damaged, expands to more than 100 times
/// its size and more than 256 MiB, as a decompression bomb does, or if this program was built without
/// libarchive; IoError, for example if the disk is full; OpeningCancelled.
std::shared_ptr<const RandomFile> unpackedTar(const std::filesystem::path &path, const OpenOptions &options);

} // namespace simclr
