// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/field_table.h"
#include "app/cli/query_mistake.h"
#include "app/cli/run_text.h"
#include "app/cli/runs_export.h"
#include "core/store/run_query.h"

#include <iostream>
#include <memory>
#include <unordered_map>
#include <utility>

namespace simclr::cli {

namespace {

struct RunsArguments {
    OutputOptions output;
    TableOptions tables;
    std::string where;
    std::vector<std::string> sort;
    std::vector<std::string> columns;
    bool trash = false;

    bool isPlain() const { return where.empty() && sort.empty() && columns.empty(); }
};

/// Before the first run the default database does not exist, which is not an error.
bool isBeforeFirstRun(const std::string &database) {
    std::error_code failure;
    return database == usualDatabase() && !std::filesystem::exists(database, failure) && !failure;
}

RunSelection selectionOf(const RunsArguments &arguments) {
    RunSelection selection;
    selection.filter = orMistake(arguments.where, [&] { return parseFilter(arguments.where); });
    for (const std::string &key : arguments.sort)
        selection.order.push_back(orMistake(key, [&] { return parseSortKey(key); }));
    return selection;
}

/// Names are checked one text after the other, so that a mistake is shown in the text that contains it.
std::vector<RunId> selectedIds(const RunQuery &query, const RunsArguments &arguments) {
    const RunSelection selection = selectionOf(arguments);
    for (std::size_t i = 0; i < selection.order.size(); ++i)
        orMistake(arguments.sort[i], [&] { return query.kind(selection.order[i].field); });
    return orMistake(arguments.where, [&] { return query.ids(selection); });
}

/// In the order of `ids`; they may be in the trash.
std::vector<RunRecord> recordsOf(const Runs &runs, const std::vector<RunId> &ids) {
    std::unordered_map<RunId, RunRecord> byId;
    for (const TrashedRuns which : {TrashedRuns::LeftOut, TrashedRuns::Only})
        for (RunRecord &run : runs.all(which))
            byId.emplace(run.id, std::move(run));
    std::vector<RunRecord> records;
    for (const RunId id : ids)
        if (const auto run = byId.find(id); run != byId.end())
            records.push_back(std::move(run->second));
    return records;
}

void printRecords(const std::vector<RunRecord> &runs, const RunsArguments &arguments, const char *none) {
    if (arguments.output.json) {
        Json list = Json::array();
        for (const RunRecord &run : runs)
            list.push_back(toJson(run, true));
        printJson(list);
    } else if (const auto format = arguments.tables.format()) {
        std::cout << toText(runsValues(runs), *format) << std::flush;
    } else if (runs.empty()) {
        std::cout << none << std::endl;
    } else {
        std::cout << runsTable(runs) << std::flush;
    }
}

int listAllRuns(const RunsArguments &arguments) {
    const TrashedRuns which = arguments.trash ? TrashedRuns::Only : TrashedRuns::LeftOut;
    const std::vector<RunRecord> runs = isBeforeFirstRun(arguments.output.database)
                                            ? std::vector<RunRecord>()
                                            : openExisting(arguments.output.database).runs().all(which);
    printRecords(runs, arguments,
                 arguments.trash ? "The trash is empty."
                                 : "There are no runs yet; \"simclr train\" creates one.");
    return exitDone;
}

void printSelected(const RunStore &store, const RunsArguments &arguments) {
    Connection connection(store.connection().file(), Connection::Access::ReadOnly);
    const RunQuery query(connection);
    const std::vector<RunId> ids = selectedIds(query, arguments);
    const auto format = arguments.tables.format();
    if (arguments.columns.empty())
        printRecords(recordsOf(store.runs(), ids), arguments, "No run matches.");
    else if (format)
        std::cout << toText(fieldValues(query, ids, arguments.columns), *format) << std::flush;
    else
        printFields(query, ids, arguments.columns, arguments.output.json);
}

int listRuns(const RunsArguments &arguments) {
    if (arguments.isPlain() || isBeforeFirstRun(arguments.output.database))
        return listAllRuns(arguments);
    try {
        printSelected(openExisting(arguments.output.database), arguments);
    } catch (const QueryMistake &mistake) {
        complainOf(mistake);
        return exitWrongInput;
    }
    return exitDone;
}

} // namespace

void addRuns(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<RunsArguments>();
    CLI::App *command = app.add_subcommand("runs", "List runs, newest first.");
    addOutputOptions(*command, arguments->output);
    addTableOptions(*command, arguments->tables);
    CLI::Option *where = command->add_option(
        "--where", arguments->where,
        "Filter, such as \"linear > 80% and encoder = resnet18 and tag in (paper, final)\"");
    CLI::Option *sort =
        command
            ->add_option("--sort", arguments->sort,
                         "FIELD or FIELD:desc, such as \"best(loss)\" or linear:desc; may be repeated")
            ->allow_extra_args(false);
    CLI::Option *column =
        command
            ->add_option("--column", arguments->columns,
                         "Print this field of each run instead of the usual columns; may be repeated")
            ->allow_extra_args(false);
    command->add_flag("--trash", arguments->trash, "List the runs in the trash instead")
        ->excludes(where)
        ->excludes(sort)
        ->excludes(column);
    command->footer(
        "Fields are name, status, tag, created, duration, …, options of the configuration, accuracies\n"
        "(linear, knn.validation) and metrics (best(loss)); docs/filter.md describes the language.\n\n" +
        std::string(exitStatusHelp));
    command->callback([arguments, &action] { action = [arguments] { return listRuns(*arguments); }; });
}

} // namespace simclr::cli
