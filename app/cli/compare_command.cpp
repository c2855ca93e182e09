// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/compare_groups.h"
#include "app/cli/exit_status.h"
#include "app/cli/run_text.h"
#include "app/cli/text_table.h"
#include "core/results/result_text.h"
#include "core/store/run_comparison.h"
#include "core/util/error.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

namespace simclr::cli {

namespace {

struct CompareArguments {
    std::vector<RunId> runs;
    GroupArguments groups;
    OutputOptions output;
};

Json testToJson(const std::optional<McNemar> &test) {
    if (!test)
        return nullptr;
    return {{"images", test->common},
            {"first_only_right", test->firstOnly},
            {"second_only_right", test->secondOnly},
            {"compares", "these two encoders only"},
            {"exact", test->isExact},
            {"p", test->p}};
}

std::string rowTitle(const ResultRow &row) {
    return resultTitle(row.example) + ", " + nameOf(row.example.key.split) +
           (row.isBaseline ? ", " + originName(row.origin) + " encoder" : "");
}

std::string probabilityText(double p) {
    return p < 0.0001 ? "< 0.0001" : fixedText(p, 4);
}

/// Empty if there is no test.
std::string testsText(const std::vector<RunRecord> &runs, const std::vector<ResultRow> &rows) {
    using enum TextTable::Alignment;
    TextTable table({Left, Right, Right, Right, Right});
    table.addRow({"these two encoders only (McNemar's test)", "images", "b", "c", "p"});
    bool isEmpty = true;
    for (const ResultRow &row : rows)
        if (row.test) {
            isEmpty = false;
            table.addRow({rowTitle(row), std::to_string(row.test->common),
                          std::to_string(row.test->firstOnly), std::to_string(row.test->secondOnly),
                          probabilityText(row.test->p)});
        }
    if (isEmpty)
        return {};
    return "\n" + table.text() + "b: only run " + std::to_string(runs[0].id) + " is right, c: only run " +
           std::to_string(runs[1].id) +
           " is right\nThis does not compare methods: two runs of one method also differ, by their seeds. "
           "Compare several seeds of each with --groups.\n";
}

/// The part of a row's value that is not in the row.
Json valueToJson(const RunRecord &run, const Result &result) {
    const Json whole = simclr::toJson(run, result);
    Json json;
    for (const char *member : {"epoch", "value", "images", "interval"})
        json[member] = whole.at(member);
    return json;
}

Json resultsToJson(const std::vector<RunRecord> &runs, const std::vector<ResultRow> &rows) {
    Json results = Json::array();
    for (const ResultRow &row : rows) {
        Json values = Json::array();
        for (const std::optional<Result> &result : row.values)
            values.push_back(result ? valueToJson(runs[values.size()], *result) : Json());
        const ResultScope &scope = row.example.key.scope;
        results.push_back({{"protocol", nameOf(row.example.key.protocol)},
                           {"split", nameOf(row.example.key.split)},
                           {"features", nameOf(scope.features)},
                           {"labels", scope.labels},
                           {"seed", scope.seed},
                           {"dataset", scope.dataset.empty() ? Json() : Json(datasetText(row.example))},
                           {"options", scopeDetails(row.example.key)},
                           {"encoder", originName(row.origin)},
                           {"mcnemar", testToJson(row.test)},
                           {"values", std::move(values)}});
    }
    return results;
}

Json toJson(const std::vector<RunRecord> &runs, const std::vector<ResultRow> &rows) {
    Json list = Json::array();
    for (const RunRecord &run : runs)
        list.push_back(simclr::toJson(run, true));
    Json differences = Json::array();
    for (const ConfigDifference &difference : configDifferences(runs))
        differences.push_back({{"path", difference.path}, {"values", difference.values}});
    return {{"runs", std::move(list)},
            {"differences", std::move(differences)},
            {"results", resultsToJson(runs, rows)}};
}

std::string resultText(const ResultRow &row, const RunRecord &run, const std::optional<Result> &result) {
    if (!result)
        return "—";
    return percentText(&result->value) + (row.isBaseline ? "" : " (" + encoderTitle(run, *result) + ")") +
           bracketedInterval(run, *result);
}

void addRunRows(TextTable &table, const std::vector<RunRecord> &runs) {
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
}

std::string toText(const std::vector<RunRecord> &runs, const std::vector<ResultRow> &rows) {
    TextTable table(std::vector(runs.size() + 1, TextTable::Alignment::Left));
    addRunRows(table, runs);
    for (const ConfigDifference &difference : configDifferences(runs)) {
        std::vector<std::string> row{difference.path};
        row.insert(row.end(), difference.values.begin(), difference.values.end());
        table.addRow(std::move(row));
    }
    for (const ResultRow &result : rows) {
        std::vector<std::string> row{rowTitle(result)};
        for (std::size_t i = 0; i < runs.size(); ++i)
            row.push_back(resultText(result, runs[i], result.values[i]));
        table.addRow(std::move(row));
    }
    return table.text() +
           (rows.empty() ? "" : "[ ]: 95 % interval for this encoder, from the number of images\n");
}

void refuseRepeatedRuns(const std::vector<RunId> &runs) {
    for (auto run = runs.begin(); run != runs.end(); ++run)
        if (std::find(runs.begin(), run, *run) != run)
            throw InvalidInput("run " + std::to_string(*run) + " is given twice");
}

int compareRuns(const CompareArguments &arguments) {
    const RunStore store = openExisting(arguments.output.database);
    std::vector<RunRecord> runs;
    for (const RunId id : arguments.runs)
        runs.push_back(store.runs().one(id));
    const std::vector<ResultRow> rows = compareResults(store, runs);
    if (arguments.output.json)
        printJson(toJson(runs, rows));
    else
        std::cout << toText(runs, rows) << testsText(runs, rows) << std::flush;
    return exitDone;
}

int compare(const CompareArguments &arguments) {
    refuseRepeatedRuns(arguments.runs);
    return arguments.groups.areWanted() ? compareGroupsOf(arguments.runs, arguments.groups, arguments.output)
                                        : compareRuns(arguments);
}

void requireRuns(const CompareArguments &arguments) {
    if (arguments.runs.empty() && !arguments.groups.areWanted())
        throw CLI::ValidationError("the numbers of two or more runs are required, or --groups");
}

} // namespace

void addCompare(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<CompareArguments>();
    CLI::App *command = app.add_subcommand(
        "compare",
        "Show the settings in which runs differ, and their accuracies with 95 % intervals. The test of two "
        "runs compares these two encoders only. With --groups, compare methods over several seeds each: the "
        "difference of the means with its 95 % interval, and whether it is more than the seeds' spread.");
    command->add_option("runs", arguments->runs, "Numbers of two or more runs; optional with --groups")
        ->expected(2, 1000);
    addGroupOptions(*command, arguments->groups);
    addOutputOptions(*command, arguments->output);
    command->callback([arguments, &action] {
        requireRuns(*arguments);
        action = [arguments] { return compare(*arguments); };
    });
}

} // namespace simclr::cli
