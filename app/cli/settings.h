// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/evaluation_options.h"
#include "core/events/run_rules.h"
#include "core/train/train_options.h"

#include <string>
#include <vector>

namespace simclr::cli {

/// `base` with every "key=value" of `settings` applied; later ones win. Throws InvalidInput.
TrainOptions optionsFromSettings(const std::vector<std::string> &settings, const TrainOptions &base = {});

/// The value of each set option; later settings win. Throws InvalidInput.
Values valuesFromSettings(const std::vector<std::string> &settings);

/// The key before each equals sign.
std::vector<std::string> settingKeys(const std::vector<std::string> &settings);
bool hasSetting(const std::vector<std::string> &settings, const std::string &key);

/// The same for evaluation options.
EvaluationOptions evaluationFromSettings(const std::vector<std::string> &settings);

/// The rules of a run, from "key=value".
RuleOptions rulesFromSettings(const std::vector<std::string> &settings);

/// The options that may change when a run is resumed, with range and help.
std::string changeableSettingsHelp();
/// Every option with its default, range and help, by group, for --help.
std::string settingsHelp();
std::string evaluationSettingsHelp();
std::string ruleSettingsHelp();

} // namespace simclr::cli
