// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/progress.h"
#include "app/cli/run_arguments.h"
#include "app/cli/settings.h"
#include "core/run/run_extension.h"
#include "core/util/error.h"

#include <array>
#include <memory>

namespace simclr::cli {

namespace {

struct ResumeArguments {
    RunId run = 0;
    DataArguments data;
    std::vector<std::string> settings;
    std::vector<std::string> rules;
    ResumeOptions options;
    OutputOptions output;
};

ResumeOptions optionsFrom(const ResumeArguments &arguments) {
    ResumeOptions options = arguments.options;
    if (!options.name.empty() && arguments.settings.empty())
        throw InvalidInput("--name is the name of the new run that --set creates, but --set is missing");
    options.changes = valuesFromSettings(arguments.settings);
    return options;
}

int resume(const ResumeArguments &arguments) {
    const ResumeOptions options = optionsFrom(arguments);
    const Supervision supervision{rulesFromSettings(arguments.rules)};
    const RunRecord run = openExisting(arguments.output.database).runs().one(arguments.run);
    resumedConfiguration(run, options); // options that must not change are reported before images are read
    const Interrupt interrupt;
    const DatasetPtr dataset =
        openData(sourceOfRun(run, arguments.data), interrupt, DatasetNotes::ToldByTheRun);
    RunOutcome outcome;
    {
        Progress progress;
        const std::array<Observer *, 1> observers{&progress};
        try {
            outcome = resumeRun(arguments.run, dataset, arguments.output.database, observers,
                                interrupt.token(), options, supervision);
        } catch (const ImagesChanged &error) {
            throw InvalidInput(std::string(error.what()) + "; --allow-changed-images resumes with them");
        }
    }
    return reportOutcome(outcome, arguments.output);
}

} // namespace

void addResume(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<ResumeArguments>();
    CLI::App *command = app.add_subcommand(
        "resume", "Resume a cancelled, interrupted or failed run from its last checkpoint, or continue any "
                  "ended run with more epochs or other options, as a new run.");
    command->add_option("run", arguments->run, "Number of the run")->required();
    addImagesOfRun(*command, arguments->data,
                   "Current location of the run's images; default: the recorded one");
    command
        ->add_option("--set", arguments->settings,
                     "KEY=VALUE: a changed option, see below; may be repeated. A new run then continues this "
                     "one from its last checkpoint, and this one stays unchanged")
        ->allow_extra_args(false);
    command->add_option("--name", arguments->options.name,
                        "Name of the new run; default: the name of this one with \"(continued)\"");
    addDeviceOption(*command, arguments->options.device);
    command->add_flag("--allow-changed-images", arguments->options.allowChangedImages,
                      "Resume although the images differ from those that the run started with");
    addOutputOptions(*command, arguments->output);
    command->footer(
        std::string(
            "The learning rate follows the schedule of the new number of epochs; it moves there "
            "from the rate at the\ncheckpoint over as many epochs as the warm-up has. Options that are not "
            "set keep the run's values; the values below are\nthe defaults of new runs.\n\n") +
        changeableSettingsHelp() + "\n" + exitStatusHelp);
    addRuleOption(*command, arguments->rules);
    command->callback([arguments, &action] { action = [arguments] { return resume(*arguments); }; });
}

} // namespace simclr::cli
