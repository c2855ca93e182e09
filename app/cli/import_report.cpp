// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/import_report.h"

#include "app/cli/exit_status.h"
#include "app/cli/text_table.h"
#include "core/util/counted.h"

#include <algorithm>
#include <iostream>

namespace simclr::cli {

namespace {

Json toJson(const ImportReport &report) {
    Json runs = Json::array();
    for (const ImportOutcome &run : report.runs)
        runs.push_back({{"run", run.run},
                        {"name", run.name},
                        {"outcome", outcomeName(run.kind)},
                        {"points", run.points},
                        {"problems", run.problems}});
    return {{"runs", runs}, {"problems", report.problems}};
}

std::int64_t count(const ImportReport &report, ImportOutcome::Kind kind) {
    return std::ranges::count(report.runs, kind, &ImportOutcome::kind);
}

void printTable(const ImportReport &report) {
    using enum TextTable::Alignment;
    TextTable table({Right, Left, Left, Right});
    table.addRow({"run", "name", "import", "points"});
    for (const ImportOutcome &run : report.runs)
        table.addRow({std::to_string(run.run), run.name, outcomeName(run.kind), std::to_string(run.points)});
    std::cout << table.text() << counted(count(report, ImportOutcome::Kind::Added), "run", "runs")
              << " added, " << count(report, ImportOutcome::Kind::Updated) << " updated, "
              << count(report, ImportOutcome::Kind::Known) << " known and unchanged" << std::endl;
}

} // namespace

int printReport(const ImportReport &report, const OutputOptions &output) {
    for (const std::string &problem : report.problems)
        complain(problem);
    for (const ImportOutcome &run : report.runs)
        for (const std::string &problem : run.problems)
            complain("run " + std::to_string(run.run) + ": " + problem);
    if (output.json)
        printJson(toJson(report));
    else
        printTable(report);
    return exitDone;
}

} // namespace simclr::cli
