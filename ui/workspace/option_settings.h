// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/train_options.h"

namespace simclr::ui {

/// The options of last time, from the settings; what is missing there or no longer valid is at its default.
TrainOptions rememberedOptions();
void rememberOptions(const TrainOptions &options);

} // namespace simclr::ui
