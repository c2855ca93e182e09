// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/progress.h"
#include "core/util/error.h"

#include <array>
#include <memory>

namespace simclr::cli {

namespace {

struct ResumeArguments {
    RunId run = 0;
    std::string data;
    ResumeOptions options;
    OutputOptions output;
};

int resume(const ResumeArguments &arguments) {
    const RunRecord run = openExisting(arguments.output.database).run(arguments.run);
    const Interrupt interrupt;
    const DatasetPtr dataset =
        openData(arguments.data.empty() ? run.dataset.source : arguments.data, interrupt);
    RunOutcome outcome;
    {
        Progress progress;
        const std::array<Observer *, 1> observers{&progress};
        try {
            outcome = resumeRun(arguments.run, dataset, arguments.output.database, observers,
                                interrupt.token(), arguments.options);
        } catch (const ImagesChanged &error) {
            throw InvalidInput(std::string(error.what()) + "; --allow-changed-images goes on with them");
        }
    }
    return reportOutcome(outcome, arguments.output);
}

} // namespace

void addResume(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<ResumeArguments>();
    CLI::App *command = app.add_subcommand(
        "resume", "Go on with a cancelled, interrupted or failed run from its last checkpoint.");
    command->add_option("run", arguments->run, "Number of the run")->required();
    addDecodingOption(*command);
    command->add_option("--data", arguments->data,
                        "Where the run's images are now; otherwise where they were");
    addDeviceOption(*command, arguments->options.device);
    command->add_flag("--allow-changed-images", arguments->options.allowChangedImages,
                      "Go on although the images are not those that the run began with");
    addOutputOptions(*command, arguments->output);
    command->callback([arguments, &action] { action = [arguments] { return resume(*arguments); }; });
}

} // namespace simclr::cli
