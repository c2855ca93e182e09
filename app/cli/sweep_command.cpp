// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/run_arguments.h"
#include "app/cli/settings.h"
#include "app/cli/sweep.h"
#include "app/cli/text_table.h"
#include "core/study/grid.h"
#include "core/train/recipe.h"
#include "core/util/counted.h"

#include <algorithm>
#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct SweepArguments {
    DataArguments data{"shapes", {}};
    std::vector<std::string> pipelines;
    std::string recipe = "quick";
    std::vector<std::string> settings;
    std::vector<std::string> rules;
    std::string seeds;
    std::string name;
    bool isDryRun = false;
    bool resumes = false;
    bool retriesFailed = false;
    OutputOptions output;
};

GridAxis axisFrom(const std::string &setting) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos)
        throw InvalidInput("--set needs KEY=VALUE or KEY=VALUE,VALUE, not \"" + setting + "\"");
    return axisFromText(setting.substr(0, equals), setting.substr(equals + 1));
}

Grid gridFrom(const SweepArguments &arguments) {
    const TrainingRecipe &recipe = recipeByName(arguments.recipe);
    Grid grid;
    grid.base = {arguments.name, usablePipeline(recipe.pipeline), recipe.options};
    for (const std::string &pipeline : arguments.pipelines)
        grid.pipelines.push_back(usablePipeline(pipeline));
    for (const std::string &setting : arguments.settings)
        grid.axes.push_back(axisFrom(setting));
    if (!arguments.seeds.empty())
        grid.seeds = seedsFromText(arguments.seeds);
    grid.study = arguments.name.empty() ? "sweep" : arguments.name;
    return grid;
}

int printList(const std::vector<TrainJob> &jobs, bool asJson) {
    Json list = Json::array();
    for (const TrainJob &job : jobs)
        list.push_back({{"name", job.configuration.name},
                        {"pipeline", job.configuration.pipeline.name},
                        {"options", trainOptionsDescription().toJson(job.configuration.options)}});
    if (asJson) {
        printJson(list);
        return exitDone;
    }
    for (const TrainJob &job : jobs)
        std::cout << printable(job.configuration.name) << "\n";
    std::cout << counted(static_cast<std::int64_t>(jobs.size()), "run", "runs") << "\n" << std::flush;
    return exitDone;
}

const char *endName(const JobOutcome &outcome) {
    switch (outcome.end) {
    case JobEnd::Done:
        return "completed";
    case JobEnd::Cancelled:
        return "cancelled";
    case JobEnd::Failed:
        break;
    }
    return "failed";
}

/// 0 if the job ended before its run began.
RunId runIn(const JobOutcome &outcome) {
    const auto *run = std::get_if<RunOutcome>(&outcome.product);
    return run == nullptr ? 0 : run->run;
}

void printEnds(const std::vector<Sweep::Ended> &ends, bool asJson) {
    using enum TextTable::Alignment;
    Json list = Json::array();
    TextTable table({Right, Left, Left});
    table.addRow({"run", "end", "job"});
    for (const auto &[title, outcome] : ends) {
        const RunId run = runIn(outcome);
        table.addRow({run == 0 ? "–" : std::to_string(run), endName(outcome), printable(title)});
        list.push_back({{"run", run == 0 ? Json() : Json(run)},
                        {"end", endName(outcome)},
                        {"job", title},
                        {"failure", outcome.failure}});
    }
    if (asJson)
        printJson(list);
    else
        std::cout << table.text() << std::flush;
}

int statusOf(const std::vector<Sweep::Ended> &ends, std::size_t all, const Interrupt &interrupt) {
    if (ends.size() < all)
        complain(counted(static_cast<std::int64_t>(all - ends.size()), "run is left", "runs are left") +
                 "; simclr sweep --resume continues");
    if (interrupt.isRequested())
        return exitCancelled;
    const bool isDone =
        std::ranges::all_of(ends, [](const Sweep::Ended &each) { return each.outcome.end == JobEnd::Done; });
    return isDone && ends.size() == all ? exitDone : exitFailed;
}

int sweep(const SweepArguments &arguments) {
    if (arguments.retriesFailed && !arguments.resumes)
        throw InvalidInput("--failed is an option of --resume");
    const RuleOptions rules = rulesFromSettings(arguments.rules);
    std::vector<TrainJob> jobs = arguments.resumes ? std::vector<TrainJob>() : jobsOf(gridFrom(arguments));
    if (arguments.isDryRun)
        return printList(jobs, arguments.output.json);
    Sweep all(arguments.output.database); // errors in it are reported before images are read
    const Interrupt interrupt;
    DatasetCache images;
    DatasetPtr dataset; // stays open for all jobs
    if (arguments.resumes) {
        all.takeOver(arguments.retriesFailed);
    } else {
        dataset = openData(sourceFrom(arguments.data), interrupt, DatasetNotes::ToldByTheRun);
        images.add(dataset);
        for (TrainJob &job : jobs) {
            job.images = imagesOf(*dataset);
            job.rules = rules;
        }
        all.add(jobs);
    }
    const std::vector<Sweep::Ended> ends = all.execute(images, interrupt);
    printEnds(ends, arguments.output.json);
    return statusOf(ends, all.count(), interrupt);
}

} // namespace

void addSweep(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<SweepArguments>();
    CLI::App *command = app.add_subcommand(
        "sweep", "Train every combination of pipelines, option values and seeds, one run after another.");
    addTrainingImages(*command, arguments->data);
    command
        ->add_option("--pipeline", arguments->pipelines,
                     "Augmentations, separated by commas: presets or pipeline files; default: the recipe's")
        ->delimiter(',')
        ->allow_extra_args(false);
    command->add_option("--recipe", arguments->recipe, "Training options to start from, see \"simclr train\"")
        ->capture_default_str();
    command
        ->add_option("--set", arguments->settings,
                     "KEY=VALUE,VALUE,…: the values of a training option, see below; may be repeated")
        ->allow_extra_args(false);
    command->add_option("--seeds", arguments->seeds, "Seeds: \"1-3\" or \"1,5,9\"; default: the recipe's");
    command->add_option("--name", arguments->name, "First part of each name; default: that of the pipeline");
    command->add_flag("--dry-run", arguments->isDryRun, "Print the list of runs and train nothing");
    command->add_flag("--resume", arguments->resumes,
                      "Continue what is left of interrupted sweeps in the database, instead of a new one");
    command->add_flag("--failed", arguments->retriesFailed,
                      "With --resume: also repeat the runs that failed");
    addOutputOptions(*command, arguments->output);
    command->footer("A run that fails stops no other one.\n\n" + settingsHelp() + "\n" + exitStatusHelp);
    addRuleOption(*command, arguments->rules);
    command->callback([arguments, &action] { action = [arguments] { return sweep(*arguments); }; });
}

} // namespace simclr::cli
