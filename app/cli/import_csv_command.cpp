// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/import_report.h"
#include "core/exchange/csv_import.h"

#include <memory>

namespace simclr::cli {

namespace {

struct CsvArguments {
    std::vector<std::string> files;
    CsvImportOptions options;
    OutputOptions output;
};

int importCsvFiles(const CsvArguments &arguments) {
    const std::vector<std::filesystem::path> files(arguments.files.begin(), arguments.files.end());
    return printReport(importCsv(files, arguments.output.database, arguments.options), arguments.output);
}

} // namespace

void addImportCsv(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<CsvArguments>();
    CLI::App *command = app.add_subcommand(
        "import-csv", "Import CSV files of Weights & Biases or MLflow as runs: curves, or a table of runs.");
    command->add_option("files", arguments->files, "CSV files; curves of one run in several become one run")
        ->required();
    command
        ->add_option("--metric", arguments->options.metrics,
                     "Columns of a table of runs that are metrics, separated by commas; others are options")
        ->delimiter(',')
        ->allow_extra_args(false);
    addOutputOptions(*command, arguments->output);
    command->footer(
        "Recognised: W&B curves (Step, RUN - METRIC), W&B history (_step), W&B table of runs (Name, "
        "State, …),\nMLflow runs (run_id, params.…, metrics.…).\n\n" +
        std::string(exitStatusHelp));
    command->callback([arguments, &action] { action = [arguments] { return importCsvFiles(*arguments); }; });
}

} // namespace simclr::cli
