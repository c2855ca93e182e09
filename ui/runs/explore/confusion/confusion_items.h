// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/confusion/confusion_reading.h"
#include "ui/runs/explore/confusion/matrix_layout.h"
#include "ui/runs/explore/gallery/gallery_item.h"

#include <vector>

namespace simclr::ui {

/// The images of a cell; of a row those predicted wrong; of a column those wrongly predicted as this class.
std::vector<GalleryItem> itemsAt(const RunConfusion &run, const MatrixPlace &place);

/// The images that are at this place of one matrix and not of the other, with the prediction of `second` and
/// that of `first` as the note. Only those that both evaluated.
std::vector<GalleryItem> itemsThatDiffer(const RunConfusion &first, const RunConfusion &second,
                                         const MatrixPlace &place, const DatasetPtr &names);

/// The images that most of the evaluations got wrong, with the number of these.
std::vector<GalleryItem> worstItems(const ConfusionReading &reading);

} // namespace simclr::ui
