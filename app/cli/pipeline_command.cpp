// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/text_table.h"
#include "core/augment/export/python_export.h"
#include "core/augment/operation.h"
#include "core/augment/pipeline.h"
#include "core/util/atomic_file.h"
#include "core/util/files.h"

#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct PipelineArguments {
    std::string pipeline;
    std::string target = "torchvision";
    std::string out;
    int size = 32;
    bool json = false;
};

std::string parametersText(const PipelineStep &step) {
    std::string text;
    for (const auto &[id, value] : step.parameters)
        text += (text.empty() ? "" : ", ") + id + " " + toText(value);
    return text;
}

void addSteps(TextTable &table, const std::vector<PipelineStep> &steps, const std::string &indent) {
    for (const PipelineStep &step : steps) {
        const OperationType *type = step.isKnown() ? findOperationType(step.operation) : nullptr;
        table.addRow({indent + (type != nullptr ? type->title : step.operation + " (unknown operation)"),
                      numberText(step.probability), step.enabled ? "" : "off", parametersText(step)});
        addSteps(table, step.steps, indent + "  ");
    }
}

std::string stepsText(const std::vector<PipelineStep> &steps) {
    using enum TextTable::Alignment;
    TextTable table({Left, Right, Left, Left});
    table.addRow({"step", "probability", "", "parameters"});
    addSteps(table, steps, "");
    return table.text();
}

int show(const PipelineArguments &arguments) {
    const Pipeline pipeline = pipelineByName(arguments.pipeline);
    if (arguments.json) {
        printJson(toJson(pipeline));
        return exitDone;
    }
    std::cout << printable(pipeline.name) << "\n\n";
    if (pipeline.secondSteps)
        std::cout << "view 1\n"
                  << stepsText(pipeline.steps) << "\nview 2\n"
                  << stepsText(*pipeline.secondSteps);
    else
        std::cout << stepsText(pipeline.steps);
    std::cout << std::flush;
    return exitDone;
}

/// An invalid pipeline ends the program with an error message.
int check(const PipelineArguments &arguments) {
    const Pipeline pipeline = usablePipeline(arguments.pipeline);
    const bool changes = changesImages(pipeline);
    if (arguments.json)
        printJson({{"name", pipeline.name}, {"valid", true}, {"changes_pictures", changes}});
    else
        std::cout << printable(pipeline.name)
                  << (changes ? ": valid for training"
                              : ": valid, but changes nothing, so that nothing would be learnt")
                  << std::endl;
    return exitDone;
}

std::string targetNames() {
    std::string names;
    for (const ExportTargetText &target : exportTargets())
        names += (names.empty() ? "" : ", ") + std::string(target.id);
    return names;
}

/// Operations without an equivalent are reported, and marked in the code by a comment.
int exportPython(const PipelineArguments &arguments) {
    const ExportTarget target = exportTargetById(arguments.target);
    const PythonCode code = pythonOf(pipelineByName(arguments.pipeline), target, arguments.size);
    if (!arguments.out.empty())
        writeFileAtomically(arguments.out, code.text);
    if (arguments.json) {
        Json json = {{"target", arguments.target}, {"code", code.text}, {"gaps", code.gaps}};
        if (!arguments.out.empty())
            json["out"] = displayName(arguments.out);
        printJson(json);
        return exitDone;
    }
    if (arguments.out.empty())
        std::cout << code.text << std::flush;
    else
        std::cout << printable(displayName(arguments.out)) << ": " << arguments.target << std::endl;
    for (const std::string &gap : code.gaps)
        complain(gap);
    return exitDone;
}

void addExportOptions(CLI::App &command, PipelineArguments &arguments) {
    command.add_option("--to", arguments.target, "Library: " + targetNames())->capture_default_str();
    command.add_option("--size", arguments.size, "Side of the views in pixels")
        ->check(CLI::Range(8, 512))
        ->capture_default_str();
    command.add_option("--out", arguments.out, "Python file to write, instead of printing the code");
}

} // namespace

void addPipeline(CLI::App &app, Action &action) {
    CLI::App *pipeline = app.add_subcommand("pipeline", "Show, check or export an augmentation pipeline.");
    pipeline->require_subcommand(1);
    const auto add = [&](const char *name, const char *help, int (*work)(const PipelineArguments &)) {
        const auto arguments = std::make_shared<PipelineArguments>();
        CLI::App *command = pipeline->add_subcommand(name, help);
        command->add_option("pipeline", arguments->pipeline, "A preset, or a pipeline file")->required();
        command->add_flag("--json", arguments->json, "Print JSON for machines instead of text");
        command->callback(
            [arguments, work, &action] { action = [arguments, work] { return work(*arguments); }; });
        if (work == exportPython)
            addExportOptions(*command, *arguments);
    };
    add("show", "Print its steps, their probabilities and parameters; with --json as a pipeline file.", show);
    add("check", "Check whether it is valid for training, and report why not.", check);
    add("export", "Export it as Python code for your own training script, with both views.", exportPython);
}

} // namespace simclr::cli
