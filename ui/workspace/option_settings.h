// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/train_options.h"

namespace simclr::ui {

/// The last options, from the settings; missing or invalid ones have their defaults.
TrainOptions rememberedOptions();
void rememberOptions(const TrainOptions &options);

} // namespace simclr::ui
