// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/map_points.h"
#include "ui/runs/explore/map/mapped_images.h"

#include <filesystem>
#include <span>

namespace simclr::ui {

/// Writes "index,file,split,label,prediction,x,y" of these images; x and y are empty without points. Throws
/// IoError, InvalidInput.
void writeSelection(const std::filesystem::path &file, const MappedImages &images, const MapPoints &points,
                    std::span<const std::uint32_t> samples);

} // namespace simclr::ui
