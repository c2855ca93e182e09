// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <span>

namespace simclr {

struct SheetLayout {
    int columns = 3;
    int cell = 96;  ///< side of each picture's square, pixels; smaller pictures are enlarged by whole factors
    int gap = 4;    ///< pixels between cells and around them
    int gutter = 0; ///< more pixels after every `columnsPerGroup` columns
    int columnsPerGroup = 0;
};

/// Draws pictures row by row into one, each centred in its cell on a neutral grey; an empty one leaves its
/// cell free.
Image contactSheet(std::span<const Image> pictures, const SheetLayout &layout);

} // namespace simclr
