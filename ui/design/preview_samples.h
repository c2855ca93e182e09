// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

namespace simclr::ui {

/// `count` samples (or all, where there are fewer) for a preview: always the same ones of a dataset, one
/// class after the other, none of those that the source keeps for testing as long as there are others.
std::vector<std::uint32_t> previewSamples(const Dataset &dataset, std::size_t count);

} // namespace simclr::ui
