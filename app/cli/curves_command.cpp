// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "core/options/parameter.h"
#include "core/util/csv.h"
#include "core/util/error.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <limits>
#include <memory>

namespace simclr::cli {

namespace {

/// Steps of imported runs may be 0 or negative.
constexpr std::int64_t beforeAll = std::numeric_limits<std::int64_t>::min();

struct CurvesArguments {
    RunId run = 0;
    std::vector<std::string> metrics;
    OutputOptions output;
};

std::vector<std::string> chosenMetrics(const CurvesArguments &arguments,
                                       const std::vector<std::string> &known) {
    if (arguments.metrics.empty())
        return known;
    for (const std::string &metric : arguments.metrics)
        if (std::ranges::find(known, metric) == known.end()) {
            std::string list;
            for (const std::string &each : known)
                list += (list.empty() ? "" : ", ") + each;
            throw InvalidInput("run " + std::to_string(arguments.run) + " has no curve \"" + metric + "\"" +
                               (list.empty() ? "" : "; it has " + list));
        }
    return arguments.metrics;
}

Json pointJson(const MetricPoint &point, double begin) {
    return {{"step", point.step},
            {"epoch", point.epoch},
            {"seconds", point.time - begin},
            {"value", std::isfinite(point.value) ? Json(point.value) : Json()}};
}

void printRow(const std::string &metric, const MetricPoint &point, double begin) {
    std::cout << csvField(metric) << ',' << point.step << ',' << numberText(point.epoch) << ','
              << numberText(point.time - begin) << ',' << numberText(point.value) << '\n';
}

int printCurves(const CurvesArguments &arguments) {
    const RunStore store = openExisting(arguments.output.database);
    const double begin = store.runs().one(arguments.run).created;
    const std::vector<std::string> metrics = chosenMetrics(arguments, store.metrics().keys(arguments.run));
    Json curves = Json::object();
    if (!arguments.output.json)
        std::cout << "metric,step,epoch,seconds,value\n";
    for (const std::string &metric : metrics)
        for (const MetricPoint &point : store.metrics().curve(arguments.run, metric, beforeAll))
            if (arguments.output.json)
                curves[metric].push_back(pointJson(point, begin));
            else
                printRow(metric, point, begin);
    if (arguments.output.json)
        printJson({{"run", arguments.run}, {"curves", std::move(curves)}});
    std::cout << std::flush;
    return exitDone;
}

} // namespace

void addCurves(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<CurvesArguments>();
    CLI::App *command = app.add_subcommand(
        "curves", "Print the curves of a run as CSV: loss, accuracies of the probe, speed.");
    command->add_option("run", arguments->run, "Number of the run")->required();
    command->add_option("--metric", arguments->metrics, "Metrics, separated by commas; default: all")
        ->delimiter(',')
        ->allow_extra_args(false);
    addOutputOptions(*command, arguments->output);
    command->callback([arguments, &action] { action = [arguments] { return printCurves(*arguments); }; });
}

} // namespace simclr::cli
