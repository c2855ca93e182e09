// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/data_arguments.h"
#include "app/cli/exit_status.h"
#include "app/cli/progress.h"
#include "app/cli/run_text.h"
#include "app/cli/settings.h"
#include "app/cli/text_table.h"
#include "core/results/result_text.h"
#include "core/store/foreign_runs.h"
#include "core/util/error.h"

#include <algorithm>
#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct EvalArguments {
    RunId run = 0;
    DataArguments data;
    std::vector<std::string> protocols{"linear", "knn"};
    std::vector<double> percents{100};
    std::vector<std::string> settings;
    std::string features = "h";
    std::string split = "test";
    EvaluationRequest request;
    OutputOptions output;
};

void print(const RunRecord &run, const std::vector<Result> &results, bool asJson) {
    if (asJson) {
        Json list = Json::array();
        for (const Result &result : results) {
            list.push_back(toJson(run, result));
            list.back()["detail"] = result.detail;
        }
        return printJson({{"run", run.id}, {"results", std::move(list)}});
    }
    for (const Result &result : results)
        std::cout << printable(resultTitle(result)) << " accuracy on " << nameOf(result.key.split)
                  << ", encoder: " << encoderTitle(run, result) << ": " << percentText(&result.value)
                  << bracketedInterval(run, result) << std::endl;
}

/// The requested protocols that fit the other options.
std::vector<Protocol> everyProtocol(const EvaluationRequest &request) {
    std::vector<Protocol> protocols = evaluationProtocols();
    std::erase_if(protocols, [&](Protocol protocol) {
        return (protocol == Protocol::Supervised && request.isTransfer) ||
               (trainsEncoder(protocol) && request.features == FeatureKind::Z);
    });
    return protocols;
}

/// Training options do not apply to protocols that do not train.
void requireUse(const EvaluationRequest &request, const std::vector<std::string> &settings) {
    if (!settings.empty() && std::ranges::all_of(request.protocols, usesFrozenFeatures))
        throw InvalidInput(
            "--set applies to linear-sgd, fine-tune and supervised, none of which was requested");
}

/// As the command line spells it: "linear-sgd".
std::string spelling(Protocol protocol) {
    std::string name = nameOf(protocol);
    std::ranges::replace(name, '_', '-');
    return name;
}

Protocol protocolOf(std::string text) {
    std::string known;
    std::ranges::replace(text, '_', '-');
    for (const Protocol protocol : evaluationProtocols()) {
        if (spelling(protocol) == text)
            return protocol;
        known += spelling(protocol) + ", ";
    }
    throw InvalidInput("unknown protocol \"" + text + "\"; available: " + known + "all");
}

EvaluationRequest requestOf(const EvalArguments &arguments) {
    EvaluationRequest request = arguments.request;
    request.features = featureKindFromName(arguments.features);
    request.split = splitFromName(arguments.split);
    request.options = evaluationFromSettings(arguments.settings);
    request.protocols.clear();
    for (const std::string &protocol : arguments.protocols) {
        if (protocol == "all")
            request.protocols = everyProtocol(request);
        else
            request.protocols.push_back(protocolOf(protocol));
    }
    request.labels.clear();
    for (const double percent : arguments.percents)
        request.labels.push_back(percent / 100);
    requireUse(request, arguments.settings);
    if (request.isTransfer && arguments.data.images.empty() && arguments.data.labelled.empty())
        throw InvalidInput("--transfer needs --data: the other images to evaluate on");
    return request;
}

int evaluate(const EvalArguments &arguments) {
    const EvaluationRequest request = requestOf(arguments);
    const RunRecord run = openExisting(arguments.output.database).runs().one(arguments.run);
    requireEncoder(run); // before images are read
    const Interrupt interrupt;
    const DatasetPtr dataset = openData(
        request.isTransfer ? sourceFrom(arguments.data) : sourceOfRun(run, arguments.data), interrupt);
    std::vector<Result> results;
    {
        Progress progress;
        try {
            results = evaluateRun(arguments.run, dataset, arguments.output.database, request, progress,
                                  interrupt.token());
        } catch (const ImagesChanged &error) {
            throw InvalidInput(std::string(error.what()) +
                               "; --transfer evaluates on other images, by their own splits");
        }
    }
    if (interrupt.isRequested())
        complain(results.empty() ? "cancelled before anything was evaluated"
                                 : "cancelled; finished results are stored");
    print(run, results, arguments.output.json);
    return interrupt.isRequested() ? exitCancelled : exitDone;
}

void addRequestOptions(CLI::App &command, EvalArguments &arguments) {
    command
        .add_option("--protocol", arguments.protocols,
                    "linear (L-BFGS), knn, linear-sgd, fine-tune, supervised, or all; separated by commas")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->capture_default_str();
    command
        .add_option("--labels", arguments.percents,
                    "Percent of the training labels to use, balanced over the classes; separated by commas")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->check(CLI::Number)
        ->capture_default_str();
    command
        .add_option("--features", arguments.features,
                    "Features to evaluate: h, or z (the output of the projection head; Fig. 8)")
        ->check(CLI::IsMember({"h", "z"}))
        ->capture_default_str();
    command.add_option("--split", arguments.split, "Images to evaluate on: validation or test")
        ->check(CLI::IsMember({"validation", "test"}))
        ->capture_default_str();
    command
        .add_option("--seed", arguments.request.seed,
                    "Seed of labelled subsets, and of order and views in training")
        ->check(CLI::Range(std::int64_t{0}, largestSeed))
        ->capture_default_str();
    command
        .add_option(
            "--set", arguments.settings,
            "KEY=VALUE: an option of linear-sgd, fine-tune and supervised, see below; may be repeated")
        ->allow_extra_args(false);
}

} // namespace

void addEval(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<EvalArguments>();
    CLI::App *command =
        app.add_subcommand("eval", "Evaluate the encoder of a run's last checkpoint, and store the results.");
    command->add_option("run", arguments->run, "Number of the run")->required();
    addRequestOptions(*command, *arguments);
    addImagesOfRun(
        *command, arguments->data,
        "Current location of the run's images; default: the recorded one. With --transfer: the other images");
    command->add_flag("--transfer", arguments->request.isTransfer,
                      "Evaluate on the other images that --data names, by their own splits");
    addDeviceOption(*command, arguments->request.device);
    addOutputOptions(*command, arguments->output);
    command->footer(evaluationSettingsHelp() + "\n" + exitStatusHelp);
    command->callback([arguments, &action] { action = [arguments] { return evaluate(*arguments); }; });
}

} // namespace simclr::cli
