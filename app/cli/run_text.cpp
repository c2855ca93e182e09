// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_text.h"

#include "app/cli/text_table.h"
#include "core/data/data_source.h"
#include "core/results/result_text.h"
#include "core/store/run_comparison.h"
#include "core/util/counted.h"
#include "core/util/error.h"

#include <algorithm>
#include <sstream>
#include <utility>

namespace simclr::cli {

namespace {

using enum TextTable::Alignment;

std::string resultText(const RunRecord &run, Protocol protocol, Split split) {
    const Result *result = findResult(run, protocol, split, false);
    return percentText(result ? &result->value : nullptr);
}

std::string epochsText(const RunRecord &run) {
    if (run.totalEpochs == 0)
        return "—"; // imported
    return fixedText(run.lastEpoch, run.lastEpoch == static_cast<double>(run.totalEpochs) ? 0 : 1) + "/" +
           std::to_string(run.totalEpochs);
}

std::string speedText(const RunRecord &run) {
    return run.imagesPerSecond ? fixedText(*run.imagesPerSecond, 0) : "—";
}

/// "59.0–65.1", in percent.
std::string intervalText(const RunRecord &run, const Result &result) {
    const std::optional<ShareInterval> interval = accuracyInterval(run, result);
    return interval ? fixedText(interval->low * 100, 1) + "–" + fixedText(interval->high * 100, 1) : "—";
}

/// Marks an accuracy that was not measured on all images.
std::string missingText(const Result &result) {
    const std::int64_t skipped = skippedImages(result);
    return skipped == 0 ? std::string() : ", " + counted(skipped, "image missing", "images missing");
}

std::string resultsTable(const RunRecord &run) {
    TextTable table({Left, Left, Left, Right, Right});
    table.addRow({"protocol", "split", "encoder", "accuracy", "95 % interval"});
    for (const Result &result : run.results)
        table.addRow({resultTitle(result), nameOf(result.key.split), encoderTitle(run, result),
                      percentText(&result.value), intervalText(run, result) + missingText(result)});
    return table.text();
}

/// "paper, final".
std::string tagsText(const RunRecord &run) {
    std::string text;
    for (const std::string &tag : run.tags)
        text += (text.empty() ? "" : ", ") + tag;
    return text;
}

/// "starred, archived, in the trash".
std::string marksText(const RunRecord &run) {
    std::string text;
    const auto add = [&](bool isSet, const char *mark) {
        if (isSet)
            text += (text.empty() ? "" : ", ") + std::string(mark);
    };
    add(run.starred, "starred");
    add(run.archived, "archived");
    add(run.trashed.has_value(), "in the trash");
    return text;
}

bool hasMarks(const RunRecord &run) {
    return !run.tags.empty() || !marksText(run).empty();
}

std::vector<std::string> linesOf(const std::string &text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

/// One row per line of the note.
void addAnnotations(TextTable &table, const RunRecord &run) {
    if (!run.tags.empty())
        table.addRow({"tags", tagsText(run)});
    if (const std::string marks = marksText(run); !marks.empty())
        table.addRow({"marks", marks});
    std::string heading = "note";
    for (const std::string &line : linesOf(run.note))
        table.addRow({std::exchange(heading, {}), line});
}

void addSettings(TextTable &table, const std::string &heading, const Json &settings) {
    for (const auto &[key, value] : settings.items())
        table.addRow({heading + "." + key, value.is_string() ? value.get<std::string>() : toLine(value)});
}

/// One row for each part of the source.
void addSource(TextTable &table, const DatasetRecord &dataset) {
    try {
        const DataSource source = dataSourceFromText(dataset.source);
        table.addRow({"dataset.source", source.images});
        if (!source.labelled.empty())
            table.addRow({"dataset.labelled", source.labelled});
        if (!source.selection.empty())
            table.addRow({"dataset.selection", source.selection});
    } catch (const InvalidInput &) {
        table.addRow({"dataset.source", dataset.source});
    }
}

void addDataset(TextTable &table, const RunRecord &run) {
    addSource(table, run.dataset);
    Json others = toJson(run, true)["dataset"];
    others.erase("source");
    addSettings(table, "dataset", others);
}

} // namespace

std::string encoderTitle(const RunRecord &run, const Result &result) {
    const WeightsOrigin origin = originOf(run, result);
    return origin == WeightsOrigin::Trained ? "epoch " + std::to_string(result.key.place.epoch)
                                            : originName(origin);
}

std::string bracketedInterval(const RunRecord &run, const Result &result) {
    return accuracyInterval(run, result) ? " [" + intervalText(run, result) + "]" : "";
}

std::string runsTable(const std::vector<RunRecord> &runs) {
    std::vector<TextTable::Alignment> columns{Right, Left, Left, Left, Right, Right, Right, Right};
    if (std::ranges::any_of(runs, hasMarks))
        columns.insert(columns.end(), {Left, Left});
    TextTable table(columns); // which leaves out the cells of columns that it does not have
    table.addRow({"id", "name", "status", "dataset", "epochs", "linear test", "kNN test", "images/s", "tags",
                  "marks"});
    for (const RunRecord &run : runs)
        table.addRow({std::to_string(run.id), run.name, statusName(run.status), run.dataset.title,
                      epochsText(run), resultText(run, Protocol::Linear, Split::Test),
                      resultText(run, Protocol::Knn, Split::Test), speedText(run), tagsText(run),
                      marksText(run)});
    return table.text();
}

std::string annotationsTable(const std::vector<RunRecord> &runs) {
    TextTable table({Right, Left, Left, Left, Left});
    table.addRow({"id", "name", "tags", "marks", "note"});
    for (const RunRecord &run : runs) {
        const std::vector<std::string> lines = linesOf(run.note);
        const std::string more = lines.size() > 1 ? " …" : "";
        table.addRow({std::to_string(run.id), run.name, tagsText(run), marksText(run),
                      lines.empty() ? std::string() : lines.front() + more});
    }
    return table.text();
}

std::string runDetails(const RunRecord &run) {
    const Json json = toJson(run, false);
    TextTable table({Left, Left});
    table.addRow({"run", std::to_string(run.id)});
    table.addRow({"name", run.name});
    table.addRow({"status", statusName(run.status) + (run.failure.empty() ? "" : ": " + run.failure)});
    addAnnotations(table, run);
    if (run.origin) {
        table.addRow({"continues", originText(*run.origin)});
        table.addRow({"changes", changesText(*run.origin)});
    }
    table.addRow({"created", json["created"].get<std::string>()});
    if (run.finished)
        table.addRow({"finished", json["finished"].get<std::string>()});
    table.addRow({"epochs", epochsText(run)});
    table.addRow({"steps", std::to_string(run.lastStep) + "/" + std::to_string(run.totalSteps)});
    table.addRow({"images/s", speedText(run)});
    table.addRow({"device", run.device + ", " + run.precision});
    table.addRow({"seed", std::to_string(run.seed)});
    addDataset(table, run);
    addSettings(table, "config", run.config);
    table.addRow({"pipeline", toLine(run.pipeline)});
    if (!run.weightsSha256.empty())
        table.addRow({"weights_sha256", run.weightsSha256});
    for (const ArtifactRecord &artifact : run.artifacts)
        table.addRow({artifact.kind, artifact.path.text()});
    for (const NoteRecord &note : run.notes)
        table.addRow({"event", note.message});
    return table.text() + (run.results.empty() ? "" : "\n" + resultsTable(run));
}

std::string runSummary(const RunRecord &run) {
    std::string text = "run " + std::to_string(run.id) + " \"" + printable(run.name) + "\" " +
                       statusName(run.status) + " after " + epochsText(run) +
                       (run.totalEpochs == 1 ? " epoch" : " epochs");
    if (run.imagesPerSecond)
        text += ", " + speedText(run) + " images/s";
    return text + "\n" + (run.results.empty() ? "" : resultsTable(run));
}

} // namespace simclr::cli
