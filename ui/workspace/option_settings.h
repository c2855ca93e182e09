// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/run_rules.h"
#include "core/train/train_options.h"

namespace simclr::ui {

/// The last options, from the settings; missing or invalid ones have their defaults.
TrainOptions rememberedOptions();
void rememberOptions(const TrainOptions &options);

/// The last rules, from the settings, for trainings that are started or resumed anywhere in the window.
RuleOptions rememberedRules();
void rememberRules(const RuleOptions &rules);

} // namespace simclr::ui
