// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/data_commands.h"

namespace simclr::cli {

void addData(CLI::App &app, Action &action) {
    CLI::App *data = app.add_subcommand("data", "Describe, measure, compare or convert images.");
    data->require_subcommand(1);
    addDataInfo(*data, action);
    addDataStats(*data, action);
    addDataDuplicates(*data, action);
    addDataConvert(*data, action);
}

} // namespace simclr::cli
