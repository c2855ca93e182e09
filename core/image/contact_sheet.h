// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <span>

namespace simclr {

struct SheetLayout {
    int columns = 3;
    int cell = 96;  ///< side of each image's cell in pixels; smaller images are enlarged by integer factors
    int gap = 4;    ///< pixels between cells and around them
    int gutter = 0; ///< additional pixels after every `columnsPerGroup` columns
    int columnsPerGroup = 0;
};

/// Arranges images row by row in one picture, each centred in its cell on a neutral grey; an empty image
/// leaves its cell empty.
Image contactSheet(std::span<const Image> pictures, const SheetLayout &layout);

} // namespace simclr
