// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/data_arguments.h"
#include "app/cli/exit_status.h"
#include "app/cli/run_text.h"
#include "app/cli/text_table.h"
#include "core/results/confusion.h"
#include "core/results/result_text.h"
#include "core/util/error.h"

#include <algorithm>
#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct ConfusionArguments {
    RunId run = 0;
    std::string protocol = "linear";
    std::string split;
    DataArguments data;
    std::size_t worst = 20;
    OutputOptions output;
};

/// A result with predictions, and how often each image was predicted wrong by the results on its split.
struct Confusion {
    Result result;
    ConfusionMatrix matrix;
    std::vector<MistakenImage> worst;
};

/// Names of classes and images; without images, their numbers.
class Names {
  public:
    explicit Names(DatasetPtr dataset) : m_dataset(std::move(dataset)) {}

    std::string ofClass(std::size_t label) const {
        return m_dataset && label < static_cast<std::size_t>(m_dataset->classCount())
                   ? m_dataset->report().classNames[label]
                   : std::to_string(label);
    }
    std::string ofImage(std::int32_t sample) const {
        return m_dataset ? m_dataset->sampleName(static_cast<std::uint32_t>(sample)) : std::to_string(sample);
    }

  private:
    DatasetPtr m_dataset;
};

/// The newest plain result on the test images, or on the validation images if there is none.
const Result &chosenResult(const RunRecord &run, const ConfusionArguments &arguments) {
    const Protocol protocol = protocolFromName(arguments.protocol);
    std::vector<Split> splits{Split::Test, Split::Validation};
    if (!arguments.split.empty())
        splits = {splitFromName(arguments.split)};
    for (const Split split : splits)
        if (const Result *result = latestResult(run, protocol, split))
            return *result;
    throw InvalidInput("run " + std::to_string(run.id) + " has no result by the protocol " +
                       arguments.protocol +
                       (arguments.split.empty() ? "" : " on the " + arguments.split + " images") +
                       "; \"simclr eval\" makes one");
}

/// The predictions of the plain results of the same epoch on the same images, by any protocol.
std::vector<Predictions> relatedPredictions(const RunStore &store, const RunRecord &run,
                                            const Result &chosen) {
    std::vector<Predictions> all;
    for (const Result &result : run.results)
        if (result.key.isPlain() && result.key.split == chosen.key.split &&
            result.key.place == chosen.key.place)
            if (auto predictions = store.results().predictions(run.id, result.key))
                all.push_back(std::move(*predictions));
    return all;
}

Confusion confusionOf(const RunStore &store, const RunRecord &run, const ConfusionArguments &arguments) {
    const Result &result = chosenResult(run, arguments);
    const auto predictions = store.results().predictions(run.id, result.key);
    if (!predictions)
        throw InvalidInput("the predictions of this result of run " + std::to_string(run.id) +
                           " were not stored; evaluate it again");
    return {result, ConfusionMatrix(*predictions, run.dataset.classes),
            worstImages(relatedPredictions(store, run, result))};
}

/// The run's images, for their names; null if they are not available or have changed.
DatasetPtr imagesOf(const RunRecord &run, const ConfusionArguments &arguments, const Interrupt &interrupt) {
    try {
        DatasetPtr dataset = openData(sourceOfRun(run, arguments.data), interrupt);
        if (dataset->fingerprint() == run.dataset.fingerprint)
            return dataset;
        complain("the images have changed since the run: classes and images are shown by their numbers");
    } catch (const Error &error) {
        complain(std::string(error.what()) + "; classes and images are shown by their numbers");
    }
    return nullptr;
}

Json orNull(const std::optional<double> &value) {
    return value ? Json(*value) : Json();
}

Json classesJson(const Confusion &confusion, const Names &names) {
    Json classes = Json::array();
    for (const ClassAccuracy &each : classAccuracies(confusion.matrix)) {
        Json json{{"class", names.ofClass(each.label)},
                  {"images", each.images},
                  {"right", each.right},
                  {"recall", orNull(each.recall)},
                  {"interval", nullptr},
                  {"precision", orNull(each.precision)},
                  {"most_confused_with", nullptr}};
        if (each.interval)
            json["interval"] = {each.interval->low, each.interval->high};
        if (each.mostConfusedWith)
            json["most_confused_with"] = names.ofClass(*each.mostConfusedWith);
        classes.push_back(std::move(json));
    }
    return classes;
}

Json matrixJson(const ConfusionMatrix &matrix) {
    Json rows = Json::array();
    for (std::size_t label = 0; label < matrix.classes(); ++label) {
        Json row = Json::array();
        for (std::size_t predicted = 0; predicted < matrix.classes(); ++predicted)
            row.push_back(matrix.count(label, predicted));
        rows.push_back(std::move(row));
    }
    return rows;
}

Json worstJson(const Confusion &confusion, const Names &names, std::size_t most) {
    Json worst = Json::array();
    for (const MistakenImage &image : confusion.worst) {
        if (worst.size() == most)
            break;
        worst.push_back({{"index", image.sample},
                         {"file", names.ofImage(image.sample)},
                         {"label", names.ofClass(static_cast<std::size_t>(image.label))},
                         {"predicted", names.ofClass(static_cast<std::size_t>(image.predicted))},
                         {"wrong", image.wrong},
                         {"evaluations", image.evaluations}});
    }
    return worst;
}

std::string percentOr(const std::optional<double> &value) {
    return percentText(value ? &*value : nullptr);
}

std::string classesText(const Confusion &confusion, const Names &names) {
    using enum TextTable::Alignment;
    TextTable table({Left, Right, Right, Left, Right, Left});
    table.addRow({"class", "images", "accuracy", "95 % interval", "precision", "most confused with"});
    for (const ClassAccuracy &each : classAccuracies(confusion.matrix))
        table.addRow(
            {names.ofClass(each.label), std::to_string(each.images), percentOr(each.recall),
             each.interval
                 ? fixedText(100 * each.interval->low, 1) + "–" + fixedText(100 * each.interval->high, 1)
                 : "—",
             percentOr(each.precision), each.mostConfusedWith ? names.ofClass(*each.mostConfusedWith) : "—"});
    return table.text();
}

std::string matrixText(const ConfusionMatrix &matrix, const Names &names) {
    using enum TextTable::Alignment;
    std::vector<TextTable::Alignment> alignments(matrix.classes() + 1, Right);
    alignments.front() = Left;
    TextTable table(alignments);
    std::vector<std::string> heading{"class \\ predicted"};
    for (std::size_t predicted = 0; predicted < matrix.classes(); ++predicted)
        heading.push_back(names.ofClass(predicted));
    table.addRow(heading);
    for (std::size_t label = 0; label < matrix.classes(); ++label) {
        std::vector<std::string> row{names.ofClass(label)};
        for (std::size_t predicted = 0; predicted < matrix.classes(); ++predicted)
            row.push_back(std::to_string(matrix.count(label, predicted)));
        table.addRow(row);
    }
    return table.text();
}

std::string worstText(const Confusion &confusion, const Names &names, std::size_t most) {
    using enum TextTable::Alignment;
    if (confusion.worst.empty() || most == 0)
        return {};
    TextTable table({Right, Left, Left, Left});
    table.addRow({"wrong in", "class", "predicted", "image"});
    for (std::size_t i = 0; i < std::min(most, confusion.worst.size()); ++i) {
        const MistakenImage &image = confusion.worst[i];
        table.addRow({std::to_string(image.wrong) + " of " + std::to_string(image.evaluations),
                      names.ofClass(static_cast<std::size_t>(image.label)),
                      names.ofClass(static_cast<std::size_t>(image.predicted)), names.ofImage(image.sample)});
    }
    return "\n" + table.text() + "wrong in: of the evaluations of this encoder on these images\n";
}

void print(const RunRecord &run, const Confusion &confusion, const Names &names,
           const ConfusionArguments &arguments) {
    if (arguments.output.json) {
        printJson({{"run", run.id},
                   {"result", toJson(run, confusion.result)},
                   {"classes", classesJson(confusion, names)},
                   {"matrix", matrixJson(confusion.matrix)},
                   {"worst", worstJson(confusion, names, arguments.worst)}});
        return;
    }
    std::cout << resultTitle(confusion.result) << ", " << nameOf(confusion.result.key.split) << ", "
              << encoderTitle(run, confusion.result) << ": " << percentText(&confusion.result.value)
              << bracketedInterval(run, confusion.result) << "\n\n"
              << classesText(confusion, names) << "\n"
              << matrixText(confusion.matrix, names) << worstText(confusion, names, arguments.worst)
              << std::flush;
}

int confusion(const ConfusionArguments &arguments) {
    const RunStore store = openExisting(arguments.output.database);
    const RunRecord run = store.runs().one(arguments.run);
    const Confusion found = confusionOf(store, run, arguments);
    const Interrupt interrupt;
    print(run, found, Names(imagesOf(run, arguments, interrupt)), arguments);
    return exitDone;
}

} // namespace

void addConfusion(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<ConfusionArguments>();
    CLI::App *command = app.add_subcommand(
        "confusion",
        "Show which classes a run's encoder confuses, the accuracy of each, and the worst images.");
    command->add_option("run", arguments->run, "Number of the run")->required();
    command->add_option("--protocol", arguments->protocol, "Protocol of the stored result: linear, knn, …")
        ->capture_default_str();
    command
        ->add_option("--split", arguments->split,
                     "Evaluated images: validation or test; default: test if there is such a result")
        ->check(CLI::IsMember({"validation", "test"}));
    command->add_option("--worst", arguments->worst, "Number of images to list that were predicted wrong")
        ->capture_default_str();
    addImagesOfRun(*command, arguments->data,
                   "Current location of the run's images, for names; default: the recorded one");
    addOutputOptions(*command, arguments->output);
    command->footer(exitStatusHelp);
    command->callback([arguments, &action] { action = [arguments] { return confusion(*arguments); }; });
}

} // namespace simclr::cli
