// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/text_table.h"
#include "core/options/parameter.h"
#include "core/run/run_export.h"
#include "core/util/files.h"

#include <cmath>
#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct ExportArguments {
    RunId run = 0;
    std::string format = "torchvision";
    std::string out;
    OutputOptions output;
};

std::vector<std::string> notesOf(const ExportedEncoder &exported) {
    std::vector<std::string> notes;
    for (const Message &note : exported.notes)
        notes.push_back(toText(note));
    return notes;
}

void print(const ExportArguments &arguments, const ExportedEncoder &exported) {
    if (arguments.output.json)
        return printJson({{"run", arguments.run},
                          {"out", displayName(arguments.out)},
                          {"format", exported.format},
                          {"encoder", exported.encoder},
                          {"epoch", wholeOrNot(exported.epochs)},
                          {"feature_size", exported.featureSize},
                          {"parameters", exported.parameters},
                          {"image_size", exported.imageSize},
                          {"python", exported.python},
                          {"notes", notesOf(exported)}});
    std::cout << printable(displayName(arguments.out)) << ": " << exported.encoder << ", of run "
              << arguments.run << " at epoch " << numberText(std::round(100 * exported.epochs) / 100) << ", "
              << exported.featureSize << " features\n";
    for (const std::string &note : notesOf(exported))
        std::cout << printable(note) << "\n";
    std::cout << "\n" << exported.python << std::flush;
}

int exportRun(const ExportArguments &arguments) {
    const RunRecord run = openExisting(arguments.output.database).runs().one(arguments.run);
    const ExportedEncoder exported = exportEncoder(run, arguments.format, arguments.out);
    for (const std::string &problem : exported.problems)
        complain(problem);
    print(arguments, exported);
    return exitDone;
}

std::string formatsHelp() {
    std::string text = "Formats:\n";
    for (const ExportFormat &format : exportFormats())
        text += "  " + format.id + ": " + format.help + "\n";
    return text + "\nExample:\n  simclr export 3 --format torchscript --out encoder.torchscript\n";
}

} // namespace

void addExport(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<ExportArguments>();
    CLI::App *command = app.add_subcommand(
        "export", "Write the encoder of a run's last checkpoint to a file for other programs.");
    command->add_option("run", arguments->run, "Number of the run")->required();
    command->add_option("--out", arguments->out, "File to write")->required();
    command->add_option("--format", arguments->format, "Format of the file, see below")
        ->capture_default_str();
    addOutputOptions(*command, arguments->output);
    command->footer(formatsHelp() + "\n" + exitStatusHelp);
    command->callback([arguments, &action] { action = [arguments] { return exportRun(*arguments); }; });
}

} // namespace simclr::cli
