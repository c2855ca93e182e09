// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/sweep.h"
#include "app/cli/text_table.h"

#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct QueueArguments {
    OutputOptions output;
    bool all = false;
};

std::string titleOf(const JobRecord &record) {
    try {
        return jobTitle(jobFromJson(record.description, "job " + record.id));
    } catch (const InvalidInput &) {
        return "damaged job";
    }
}

bool isListed(const JobRecord &record, bool all) {
    return all || (record.state != JobState::Done && record.state != JobState::Cancelled);
}

Json optionalTime(const std::optional<double> &time) {
    return time ? Json(*time) : Json();
}

Json toJson(const JobRecord &record) {
    return {{"id", record.id},
            {"state", nameOf(record.state)},
            {"title", titleOf(record)},
            {"message", record.message},
            {"submitted", record.submitted},
            {"started", optionalTime(record.started)},
            {"finished", optionalTime(record.finished)},
            {"job", record.description}};
}

void printTable(const std::vector<JobRecord> &jobs) {
    using enum TextTable::Alignment;
    TextTable table({Right, Left, Left, Left});
    table.addRow({"", "state", "job", "reason"});
    std::size_t number = 0;
    for (const JobRecord &record : jobs)
        table.addRow({std::to_string(++number), nameOf(record.state), printable(titleOf(record)),
                      printable(record.message)});
    std::cout << table.text() << std::flush;
}

int listJobs(const QueueArguments &arguments) {
    RunStore store = openExisting(arguments.output.database);
    try { // jobs whose process has ended no longer run
        store.jobs().takeOver([](const JobRecord &) { return false; });
    } catch (const StorageError &) { // it can only be read
    }
    std::vector<JobRecord> jobs;
    for (JobRecord &record : store.jobs().all())
        if (isListed(record, arguments.all))
            jobs.push_back(std::move(record));
    if (arguments.output.json) {
        Json list = Json::array();
        for (const JobRecord &record : jobs)
            list.push_back(toJson(record));
        printJson(list);
    } else if (jobs.empty()) {
        std::cout << "No job waits, runs or has failed." << std::endl;
    } else {
        printTable(jobs);
    }
    return exitDone;
}

} // namespace

void addQueue(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<QueueArguments>();
    CLI::App *command =
        app.add_subcommand("queue", "List the jobs that wait, run or have failed, in their order.");
    command->add_flag("--all", arguments->all, "Also those that are done or were cancelled");
    addOutputOptions(*command, arguments->output);
    command->callback([arguments, &action] { action = [arguments] { return listJobs(*arguments); }; });
}

} // namespace simclr::cli
