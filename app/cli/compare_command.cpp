// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/run_text.h"
#include "app/cli/text_table.h"

#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct CompareArguments {
    std::vector<RunId> runs;
    OutputOptions output;
};

Json resultsToJson(const std::vector<RunRecord> &runs) {
    Json results = Json::array();
    for (const ResultRow &row : resultRows(runs)) {
        Json values = Json::array();
        for (const ResultRecord *result : row.values)
            values.push_back(result ? Json{{"epoch", result->epoch}, {"value", result->value}} : Json());
        results.push_back({{"protocol", row.protocol},
                           {"split", row.split},
                           {"encoder", originName(row.origin)},
                           {"values", std::move(values)}});
    }
    return results;
}

Json toJson(const std::vector<RunRecord> &runs) {
    Json list = Json::array();
    for (const RunRecord &run : runs)
        list.push_back(simclr::toJson(run, true));
    Json differences = Json::array();
    for (const ConfigDifference &difference : configDifferences(runs))
        differences.push_back({{"path", difference.path}, {"values", difference.values}});
    return {
        {"runs", std::move(list)}, {"differences", std::move(differences)}, {"results", resultsToJson(runs)}};
}

std::string resultText(const ResultRow &row, const RunRecord &run, const ResultRecord *result) {
    if (!result)
        return "—";
    return percentText(&result->value) + (row.isBaseline ? "" : " (" + encoderText(run, *result) + ")");
}

std::string toText(const std::vector<RunRecord> &runs) {
    std::vector<TextTable::Alignment> alignments(runs.size() + 1, TextTable::Alignment::Left);
    TextTable table(alignments);
    const auto addRow = [&](const std::string &heading, const auto &cellOf) {
        std::vector<std::string> row{heading};
        for (const RunRecord &run : runs)
            row.push_back(cellOf(run));
        table.addRow(std::move(row));
    };
    addRow("run", [](const RunRecord &run) { return std::to_string(run.id); });
    addRow("name", [](const RunRecord &run) { return run.name; });
    addRow("status", [](const RunRecord &run) { return statusName(run.status); });
    addRow("images/s", [](const RunRecord &run) {
        return run.imagesPerSecond ? fixedText(*run.imagesPerSecond, 0) : std::string("—");
    });
    for (const ConfigDifference &difference : configDifferences(runs)) {
        std::vector<std::string> row{difference.path};
        row.insert(row.end(), difference.values.begin(), difference.values.end());
        table.addRow(std::move(row));
    }
    for (const ResultRow &result : resultRows(runs)) {
        std::vector<std::string> row{
            result.protocol + ", " + result.split +
            (result.isBaseline ? ", " + originName(result.origin) + " encoder" : "")};
        for (std::size_t i = 0; i < runs.size(); ++i)
            row.push_back(resultText(result, runs[i], result.values[i]));
        table.addRow(std::move(row));
    }
    return table.text();
}

int compare(const CompareArguments &arguments) {
    const RunStore store = openExisting(arguments.output.database);
    std::vector<RunRecord> runs;
    for (const RunId id : arguments.runs)
        runs.push_back(store.run(id));
    if (arguments.output.json)
        printJson(toJson(runs));
    else
        std::cout << toText(runs) << std::flush;
    return exitDone;
}

} // namespace

void addCompare(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<CompareArguments>();
    CLI::App *command =
        app.add_subcommand("compare", "Show in which settings runs differ, and their accuracies.");
    command->add_option("runs", arguments->runs, "Numbers of two or more runs")
        ->required()
        ->expected(2, 1000);
    addOutputOptions(*command, arguments->output);
    command->callback([arguments, &action] { action = [arguments] { return compare(*arguments); }; });
}

} // namespace simclr::cli
