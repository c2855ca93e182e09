// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <filesystem>

namespace simclr {

/// The folder or file that a dataset is made of; empty if there is none or there are several (parts()).
std::filesystem::path placeOfImages(const Dataset &dataset);

} // namespace simclr
