// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/runs_export.h"

#include "core/store/run_comparison.h"

namespace simclr::cli {

namespace {

TableCell whole(std::int64_t number) {
    return NumberCell{static_cast<double>(number), {}, 0};
}

TableCell numberOrNothing(const std::optional<double> &number, int decimals) {
    return number ? TableCell(NumberCell{*number, {}, decimals}) : TableCell();
}

TableCell accuracy(const RunRecord &run, Protocol protocol) {
    const Result *result = findResult(run, protocol, Split::Test, false);
    return result ? TableCell(NumberCell{result->value, {}, 3}) : TableCell();
}

} // namespace

std::optional<TableFormat> TableOptions::format() const {
    if (csv)
        return TableFormat::Csv;
    if (markdown)
        return TableFormat::Markdown;
    return latex ? std::optional(TableFormat::Latex) : std::nullopt;
}

void addTableOptions(CLI::App &command, TableOptions &options) {
    CLI::Option *csv = command.add_flag("--csv", options.csv, "Print CSV");
    CLI::Option *markdown = command.add_flag("--markdown", options.markdown, "Print a Markdown table");
    CLI::Option *latex = command.add_flag("--latex", options.latex, "Print a LaTeX table (booktabs)");
    CLI::Option *json = command.get_option("--json");
    csv->excludes(markdown)->excludes(latex)->excludes(json);
    markdown->excludes(latex)->excludes(json);
    latex->excludes(json);
}

ValueTable runsValues(const std::vector<RunRecord> &runs) {
    ValueTable table;
    table.header = {"id", "name", "status", "dataset", "epochs", "linear test", "kNN test", "images/s"};
    for (const RunRecord &run : runs)
        table.rows.push_back({whole(run.id), run.name, statusName(run.status), run.dataset.title,
                              run.totalEpochs == 0 ? TableCell() : NumberCell{run.lastEpoch, {}, 1},
                              accuracy(run, Protocol::Linear), accuracy(run, Protocol::Knn),
                              numberOrNothing(run.imagesPerSecond, 0)});
    return table;
}

} // namespace simclr::cli
