// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/arrays/array_dataset.h"
#include "core/data/arrays/npz_archive.h"

#include <cstdint>
#include <string>
#include <vector>

namespace simclr {

/// Images of an array of the shape images × height × width, with 1, 3 or 4 channels as a further dimension or
/// without it, of 8-bit numbers. An array in Fortran order is rearranged into `place`. `name` becomes that of
/// the result. Throws InvalidInput, worded to follow the file's name, IoError.
ImageArray imagesIn(const NpyArray &array, const std::string &name, const SpoolPlace &place);

/// Whole numbers of an array of the shape images or images × 1, of any integer type. Throws InvalidInput,
/// worded to follow the file's name: other shapes and types, numbers below −1 or above 65535, as many labels
/// as `images`.
std::vector<std::int32_t> labelsIn(const NpyArray &array, const std::string &name, std::uint32_t images);

} // namespace simclr
