// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/common.h"

namespace simclr::cli {

// Each adds its subcommand to `data`, the command about images.
void addDataConvert(CLI::App &data, Action &action);
void addDataDuplicates(CLI::App &data, Action &action);
void addDataInfo(CLI::App &data, Action &action);
void addDataStats(CLI::App &data, Action &action);

} // namespace simclr::cli
