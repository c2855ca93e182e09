// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <filesystem>
#include <optional>

namespace simclr::ui {

/// The file of an image; nothing if its dataset has no file per image (built-in images, CIFAR-10).
std::optional<std::filesystem::path> fileOf(const Dataset &dataset, std::uint32_t sample);

/// Opens the file manager of the desktop with this file selected, or its folder.
void showInFileManager(const std::filesystem::path &file);

} // namespace simclr::ui
