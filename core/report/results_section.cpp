// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/results_section.h"

#include "core/report/html_table.h"
#include "core/report/report_text.h"
#include "core/results/result_text.h"
#include "core/store/run_comparison.h"
#include "core/util/error.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

namespace simclr {

namespace {

std::string rowTitle(const ResultRow &row) {
    return resultTitle(row.example) + ", " + nameOf(row.example.key.split) +
           (row.isBaseline ? ", " + originName(row.origin) + " encoder" : "");
}

// ---- one run

void writeResultsOf(HtmlWriter &html, const RunRecord &run) {
    std::vector<HtmlRow> rows;
    for (const ResultRow &row : resultRows({run})) {
        const Result &result = *row.values.front();
        rows.push_back({{.text = resultTitle(result), .detail = missingImagesText(result)},
                        {.text = nameOf(result.key.split)},
                        {.text = encoderText(run, result)},
                        numberCell(shareText(result.value)),
                        numberCell(intervalText(run, result))});
    }
    writeTable(html, {"Protocol", "Split", "Encoder", "Accuracy", "95 % interval"}, rows);
}

// ---- several runs

std::optional<double> bestOf(const ResultRow &row) {
    std::optional<double> best;
    for (const std::optional<Result> &result : row.values)
        if (result && (!best || result->value > *best))
            best = result->value;
    return row.isBaseline ? std::nullopt : best;
}

/// "+1.2" points more than the first run that has a value; empty for that run.
std::string differenceText(const ResultRow &row, std::size_t run) {
    const auto first =
        std::ranges::find_if(row.values, [](const auto &result) { return result.has_value(); });
    if (row.isBaseline || first == row.values.begin() + static_cast<std::ptrdiff_t>(run))
        return {};
    const double points = 100 * (row.values[run]->value - (*first)->value);
    return (points < 0 ? "−" + fixedText(-points, 1) : "+" + fixedText(points, 1)) + " points";
}

HtmlCell accuracyCell(const ResultRow &row, const RunRecord &run, std::size_t place) {
    const std::optional<Result> &result = row.values[place];
    if (!result)
        return numberCell("–");
    const std::string difference = differenceText(row, place);
    const std::string interval = intervalText(run, *result);
    HtmlCell cell = numberCell(shareText(result->value),
                               difference + (difference.empty() || interval.empty() ? "" : "; ") + interval);
    cell.isBest = bestOf(row) == result->value;
    return cell;
}

void writeRunsAsRows(HtmlWriter &html, const std::vector<RunRecord> &runs,
                     const std::vector<ResultRow> &results) {
    std::vector<std::string> header{"Run"};
    std::ranges::transform(results, std::back_inserter(header), rowTitle);
    std::vector<HtmlRow> rows;
    for (std::size_t run = 0; run < runs.size(); ++run) {
        HtmlRow row{{.text = runs[run].name, .detail = "run " + std::to_string(runs[run].id)}};
        for (const ResultRow &result : results)
            row.push_back(accuracyCell(result, runs[run], run));
        rows.push_back(std::move(row));
    }
    writeTable(html, header, rows);
}

void writeRunsAsColumns(HtmlWriter &html, const std::vector<RunRecord> &runs,
                        const std::vector<ResultRow> &results) {
    std::vector<std::string> header{"Accuracy"};
    for (const RunRecord &run : runs)
        header.push_back(run.name + " (" + std::to_string(run.id) + ")");
    std::vector<HtmlRow> rows;
    for (const ResultRow &result : results) {
        HtmlRow row{{.text = rowTitle(result)}};
        for (std::size_t run = 0; run < runs.size(); ++run)
            row.push_back(accuracyCell(result, runs[run], run));
        rows.push_back(std::move(row));
    }
    writeTable(html, header, rows);
}

/// Paper is higher than wide.
void writeAccuracies(HtmlWriter &html, const std::vector<RunRecord> &runs,
                     const std::vector<ResultRow> &results) {
    if (runs.size() > results.size())
        writeRunsAsRows(html, runs, results);
    else
        writeRunsAsColumns(html, runs, results);
    html.element(
        "p", {{"class", "muted"}},
        "Below each accuracy: the difference to the first run that has one, and the 95 % interval for this "
        "encoder from the number of images. The interval does not cover other seeds.");
}

std::string probabilityText(double p) {
    return p < 0.0001 ? "< 0.0001" : fixedText(p, 4);
}

void writeTests(HtmlWriter &html, const std::vector<RunRecord> &runs, const std::vector<ResultRow> &results) {
    std::vector<HtmlRow> rows;
    for (const ResultRow &row : results)
        if (row.test)
            rows.push_back({{.text = rowTitle(row)},
                            numberCell(groupedNumber(static_cast<double>(row.test->common))),
                            numberCell(groupedNumber(static_cast<double>(row.test->firstOnly))),
                            numberCell(groupedNumber(static_cast<double>(row.test->secondOnly))),
                            numberCell(probabilityText(row.test->p))});
    if (rows.empty())
        return;
    html.element("h3", {}, "These two encoders: McNemar's test");
    writeTable(html,
               {"Accuracy", "Images", "Only run " + std::to_string(runs[0].id) + " is right",
                "Only run " + std::to_string(runs[1].id) + " is right", "p"},
               rows);
    html.element("p", {{"class", "muted"}},
                 "p compares these two encoders only, not their methods: two runs of one method also differ, "
                 "by their seeds.");
}

/// Without tests if the stored predictions are not consistent.
std::vector<ResultRow> comparedResults(HtmlWriter &html, const RunStore &store,
                                       const std::vector<RunRecord> &runs) {
    try {
        return compareResults(store, runs);
    } catch (const Error &error) { // damaged or inconsistent predictions
        html.element("p", {}, std::string("McNemar's test is left out: ") + error.what() + ".");
        return resultRows(runs);
    }
}

} // namespace

void writeResults(HtmlWriter &html, const RunStore &store, const std::vector<RunRecord> &runs) {
    html.element("h2", {}, "Results");
    const std::vector<ResultRow> results = comparedResults(html, store, runs);
    if (results.empty())
        return html.element("p", {{"class", "muted"}},
                            runs.size() == 1 ? "The run has not been evaluated."
                                             : "None of the runs has been evaluated.");
    if (runs.size() == 1)
        return writeResultsOf(html, runs.front());
    writeAccuracies(html, runs, results);
    if (runs.size() == 2)
        writeTests(html, runs, results);
}

} // namespace simclr
