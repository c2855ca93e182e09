// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/settings_section.h"

#include "core/report/html_table.h"
#include "core/report/report_text.h"
#include "core/results/flat_settings.h"
#include "core/util/json.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

namespace simclr {

namespace {

std::string joined(const std::vector<std::string> &texts) {
    std::string all;
    for (const std::string &text : texts)
        all += (all.empty() ? "" : ", ") + text;
    return all;
}

std::string progressText(const RunRecord &run) {
    return run.totalEpochs == 0 ? "–" : shortNumber(run.lastEpoch) + " of " + std::to_string(run.totalEpochs);
}

HtmlRow runRow(const RunRecord &run) {
    const std::string duration = run.finished ? durationText(*run.finished - run.created) : "–";
    return {{.text = run.name, .detail = joined(run.tags)},
            numberCell(std::to_string(run.id)),
            {.text = statusName(run.status), .detail = run.failure},
            numberCell(std::to_string(run.seed)),
            numberCell(progressText(run)),
            numberCell(run.imagesPerSecond ? groupedNumber(*run.imagesPerSecond) : "–"),
            {.text = momentText(run.created)},
            numberCell(duration)};
}

/// "Batch size" for "config.batch"; what is no option by its path.
std::string titleOf(const std::string &path, const Schema &schema) {
    constexpr std::string_view prefix = "config.";
    const Parameter *parameter =
        path.starts_with(prefix) ? find(schema, path.substr(prefix.size())) : nullptr;
    return parameter != nullptr ? parameter->title : path;
}

std::string unitOf(const std::string &path, const Schema &schema) {
    constexpr std::string_view prefix = "config.";
    const Parameter *parameter =
        path.starts_with(prefix) ? find(schema, path.substr(prefix.size())) : nullptr;
    return parameter != nullptr && !parameter->unit.empty() ? " " + parameter->unit : "";
}

std::vector<FlatSettings> configsOf(const std::vector<RunRecord> &runs) {
    std::vector<FlatSettings> all;
    for (const RunRecord &run : runs)
        flatten(run.config, "config", all.emplace_back());
    return all;
}

/// A line of the environment that all runs share, or one for each.
template <typename ValueOf>
void addFact(std::vector<HtmlRow> &rows, const std::vector<RunRecord> &runs, const std::string &title,
             ValueOf valueOf) {
    std::vector<std::string> different;
    for (const RunRecord &run : runs)
        if (const std::string value = valueOf(run);
            !value.empty() && std::ranges::find(different, value) == different.end())
            different.push_back(value);
    if (!different.empty())
        rows.push_back({{.text = title}, {.text = joined(different)}});
}

std::string imagesText(const RunRecord &run) {
    const DatasetRecord &images = run.dataset;
    if (images.trainImages == 0)
        return {};
    const std::string learned = images.learnsFromOthers()
                                    ? groupedNumber(images.learnedImages()) + " learned from without labels; "
                                    : std::string();
    return learned + groupedNumber(images.trainImages) + " for training, " +
           groupedNumber(images.validationImages) + " for validation, " + groupedNumber(images.testImages) +
           " for testing, " + groupedNumber(images.classes) + " classes";
}

std::string librariesText(const RunRecord &run) {
    std::string text;
    if (run.libraries.is_object())
        for (const auto &[name, version] : run.libraries.items())
            text += (text.empty() ? "" : ", ") + name + " " + scalarText(version);
    return text;
}

} // namespace

void writeRuns(HtmlWriter &html, const std::vector<RunRecord> &runs) {
    std::vector<HtmlRow> rows;
    for (const RunRecord &run : runs)
        rows.push_back(runRow(run));
    writeTable(html, {"Name", "Run", "Status", "Seed", "Epochs", "Images/s", "Started", "Duration"}, rows);
}

void writeDifferences(HtmlWriter &html, const std::vector<RunRecord> &runs, const Schema &schema) {
    if (runs.size() < 2)
        return;
    html.element("h2", {}, "What differs");
    const std::vector<ConfigDifference> differences = configDifferences(runs);
    if (differences.empty())
        return html.element("p", {{"class", "muted"}}, "All runs have the same configuration.");
    std::vector<std::string> header{"Setting"};
    for (const RunRecord &run : runs)
        header.push_back(run.name + " (" + std::to_string(run.id) + ")");
    std::vector<HtmlRow> rows;
    for (const ConfigDifference &difference : differences) {
        HtmlRow row{{.text = titleOf(difference.path, schema)}};
        for (const std::string &value : difference.values)
            row.push_back({.text = value});
        rows.push_back(std::move(row));
    }
    writeTable(html, header, rows);
}

void writeConfiguration(HtmlWriter &html, const std::vector<RunRecord> &runs, const Schema &schema) {
    const std::vector<FlatSettings> all = configsOf(runs);
    std::vector<HtmlRow> rows;
    for (const std::string &path : mergedPaths(all))
        if (isUniform(path, all))
            rows.push_back(
                {{.text = titleOf(path, schema)}, {.text = all.front().value(path) + unitOf(path, schema)}});
    if (rows.empty())
        return;
    html.element("h2", {}, runs.size() == 1 ? "Configuration" : "Configuration that all runs share");
    writeTable(html, {"Option", "Value"}, rows);
}

void writeEnvironment(HtmlWriter &html, const std::vector<RunRecord> &runs) {
    std::vector<HtmlRow> rows;
    addFact(rows, runs, "Images", [](const RunRecord &run) { return run.dataset.title; });
    addFact(rows, runs, "Source", [](const RunRecord &run) { return run.dataset.source; });
    addFact(rows, runs, "Splits", imagesText);
    addFact(rows, runs, "SHA-256 of the images",
            [](const RunRecord &run) { return run.dataset.fingerprint; });
    addFact(rows, runs, "Device", [](const RunRecord &run) { return run.device; });
    addFact(rows, runs, "Precision", [](const RunRecord &run) { return run.precision; });
    addFact(rows, runs, "SimCLR Workbench", [](const RunRecord &run) { return run.programVersion; });
    addFact(rows, runs, "Libraries", librariesText);
    html.element("h2", {}, "Images and environment");
    writeTable(html, {"", ""}, rows);
}

void writeNotes(HtmlWriter &html, const std::vector<RunRecord> &runs) {
    if (std::ranges::all_of(runs, [](const RunRecord &run) { return run.note.empty() && run.notes.empty(); }))
        return;
    html.element("h2", {}, "Notes and events");
    for (const RunRecord &run : runs) {
        if (run.note.empty() && run.notes.empty())
            continue;
        html.element("h3", {}, run.name + " (run " + std::to_string(run.id) + ")");
        if (!run.note.empty())
            html.element("p", {{"class", "note"}}, run.note);
        const auto list = html.element("ul");
        for (const NoteRecord &event : run.notes)
            html.element("li", {}, momentText(event.time) + ": " + event.message);
    }
}

} // namespace simclr
