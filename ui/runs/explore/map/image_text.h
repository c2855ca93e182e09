// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/map/mapped_images.h"

#include <QString>

namespace simclr::ui {

/// Class, prediction, split and name of the image of a row, a line each; what is not known is left out.
QString imageDescription(const MappedImages &images, std::size_t row);

} // namespace simclr::ui
