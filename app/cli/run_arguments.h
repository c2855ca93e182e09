// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/common.h"
#include "app/cli/data_arguments.h"

namespace simclr::cli {

/// The configuration of a run on the command line; shared by train and check.
struct RunArguments {
    DataArguments data{"shapes", {}};
    std::string pipeline; ///< empty: the recipe's
    std::string recipe = "quick";
    std::string name;
    std::vector<std::string> settings;
};

void addRunArguments(CLI::App &command, RunArguments &arguments);

/// "--rule", with its help at the end of the command's.
void addRuleOption(CLI::App &command, std::vector<std::string> &rules);

/// Options and pipeline, each checked. Throws InvalidInput, IoError.
RunConfiguration configurationFrom(const RunArguments &arguments);

} // namespace simclr::cli
