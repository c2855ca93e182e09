// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/run_report.h"

#include "core/report/curves_section.h"
#include "core/report/html_writer.h"
#include "core/report/pipeline_section.h"
#include "core/report/report_style.h"
#include "core/report/report_text.h"
#include "core/report/results_section.h"
#include "core/report/settings_section.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/version.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

namespace simclr {

namespace {

/// More are neither read nor printed.
constexpr std::size_t mostRuns = 50;

std::vector<RunRecord> recordsOf(const RunStore &store, std::span<const RunId> ids) {
    if (ids.empty())
        throw InvalidInput("no run is given");
    if (ids.size() > mostRuns)
        throw InvalidInput("a page contains at most " + std::to_string(mostRuns) + " runs, not " +
                           std::to_string(ids.size()));
    std::vector<RunRecord> records;
    for (const RunId id : ids) {
        if (std::ranges::find(records, id, &RunRecord::id) != records.end())
            throw InvalidInput("run " + std::to_string(id) + " is given twice");
        records.push_back(store.runs().one(id));
    }
    return records;
}

std::string titleOf(const std::vector<RunRecord> &runs) {
    return runs.size() == 1 ? runs.front().name : "Comparison of " + std::to_string(runs.size()) + " runs";
}

double secondsSince1970() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

/// Opens the images of runs on the same ones only once.
OpenImages openedOnce(const OpenImages &open) {
    if (!open)
        return {};
    auto opened = std::make_shared<std::map<std::pair<std::string, std::string>, DatasetPtr>>();
    return [open, opened](const DatasetRecord &record) {
        DatasetPtr &dataset = (*opened)[{record.source, record.fingerprint}];
        if (!dataset)
            dataset = open(record);
        return dataset;
    };
}

void writeHead(HtmlWriter &html, const std::string &title) {
    const auto head = html.element("head");
    html.emptyElement("meta", {{"charset", "utf-8"}});
    html.emptyElement("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    html.element("title", {}, title);
    const auto style = html.element("style");
    html.markup(reportStyle);
}

void writeBody(HtmlWriter &html, const RunStore &store, const std::vector<RunRecord> &runs,
               const ReportOptions &options) {
    const auto body = html.element("body");
    const auto main = html.element("main");
    html.element("h1", {}, titleOf(runs));
    html.element("p", {{"class", "muted"}},
                 "Exported by SimCLR Workbench " + std::string(programVersion) + " on " +
                     momentText(secondsSince1970()) + ".");
    writeRuns(html, runs);
    writeResults(html, store, runs);
    writeVerdicts(html, runs, options.schema);
    writeDifferences(html, runs, options.schema);
    writeCurves(html, store, runs, options.schema, options.stop);
    writePipelines(html, runs, {.open = openedOnce(options.open), .stop = options.stop});
    writeConfiguration(html, runs, options.schema);
    writeEnvironment(html, runs);
    writeNotes(html, runs);
}

} // namespace

std::string runReport(const RunStore &store, std::span<const RunId> ids, const ReportOptions &options) {
    const std::vector<RunRecord> runs = recordsOf(store, ids);
    HtmlWriter html;
    html.markup("<!DOCTYPE html>");
    {
        const auto page = html.element("html", {{"xmlns", "http://www.w3.org/1999/xhtml"}, {"lang", "en"}});
        writeHead(html, titleOf(runs));
        writeBody(html, store, runs, options);
    }
    return html.html() + "\n";
}

void writeRunReport(const RunStore &store, std::span<const RunId> runs, const std::filesystem::path &file,
                    const ReportOptions &options) {
    const std::string page = runReport(store, runs, options);
    if (options.stop.stop_requested())
        throw Interrupted("the export was cancelled");
    writeFileAtomically(file, page);
}

} // namespace simclr
