// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/data_commands.h"

namespace simclr::cli {

void addData(CLI::App &app, Action &action) {
    CLI::App *data = app.add_subcommand("data", "Look at images before training.");
    data->require_subcommand(1);
    addDataDuplicates(*data, action);
    addDataStats(*data, action);
}

} // namespace simclr::cli
