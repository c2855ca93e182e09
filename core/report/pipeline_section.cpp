// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/pipeline_section.h"

#include "core/augment/operation.h"
#include "core/report/data_uri.h"
#include "core/report/report_text.h"
#include "core/util/error.h"

#include <algorithm>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace simclr {

namespace {

/// A pipeline, and the runs that were trained with it.
struct UsedPipeline {
    Json json;
    std::vector<const RunRecord *> runs;
};

/// Pipelines of different names with equal steps are one.
Json withoutName(Json pipeline) {
    if (pipeline.is_object())
        pipeline.erase("name");
    return pipeline;
}

std::vector<UsedPipeline> pipelinesOf(std::span<const RunRecord> runs) {
    std::vector<UsedPipeline> pipelines;
    for (const RunRecord &run : runs) {
        if (!run.pipeline.is_object())
            continue; // imported curves
        const auto known = std::ranges::find_if(pipelines, [&](const UsedPipeline &each) {
            return withoutName(each.json) == withoutName(run.pipeline);
        });
        if (known != pipelines.end())
            known->runs.push_back(&run);
        else
            pipelines.push_back({run.pipeline, {&run}});
    }
    return pipelines;
}

std::string valueText(const Value &value) {
    if (const auto *range = std::get_if<Range>(&value))
        return shortNumber(range->low) + "–" + shortNumber(range->high);
    if (const auto *number = std::get_if<double>(&value))
        return shortNumber(*number);
    return toText(value);
}

std::string parametersText(const OperationType &type, const PipelineStep &step) {
    std::string text;
    for (const Parameter &parameter : type.schema)
        if (const auto value = step.parameters.find(parameter.id); value != step.parameters.end())
            text += (text.empty() ? "" : ", ") + parameter.title + " " + valueText(value->second) +
                    (parameter.unit.empty() ? "" : " " + parameter.unit);
    return text;
}

void writeSteps(HtmlWriter &html, const std::vector<PipelineStep> &steps);

void writeStep(HtmlWriter &html, const PipelineStep &step) {
    const OperationType *type = findOperationType(step.operation);
    const auto item = html.element("li");
    html.element("b", {}, type != nullptr ? type->title : step.operation);
    html.text(" with probability " + shortNumber(step.probability) + (step.enabled ? "" : ", switched off"));
    if (type != nullptr)
        html.element("div", {{"class", "muted"}}, parametersText(*type, step));
    if (!step.steps.empty())
        writeSteps(html, step.steps);
}

void writeSteps(HtmlWriter &html, const std::vector<PipelineStep> &steps) {
    const auto list = html.element("ol");
    for (const PipelineStep &step : steps)
        writeStep(html, step);
}

void writeBranches(HtmlWriter &html, const Pipeline &pipeline) {
    if (pipeline.secondSteps)
        html.element("h4", {}, "View 1");
    writeSteps(html, pipeline.steps);
    if (!pipeline.secondSteps)
        return;
    html.element("h4", {}, "View 2");
    writeSteps(html, *pipeline.secondSteps);
}

void writePicture(HtmlWriter &html, const Image &image, const std::string &description) {
    html.emptyElement("img", {{"src", dataUri(image)}, {"alt", description}});
}

void writeViews(HtmlWriter &html, const RenderedViews &rendered, const RunRecord &run) {
    if (!rendered.remark.empty())
        html.element("p", {{"class", "muted"}}, rendered.remark);
    if (rendered.images.empty())
        return;
    {
        const auto row = html.element("div", {{"class", "views"}});
        for (const ShownViews &each : rendered.images) {
            const auto group = html.element("div", {{"class", "views-of"}, {"title", each.name}});
            writePicture(html, each.original, each.name);
            writePicture(html, each.first, "view 1 of " + each.name);
            writePicture(html, each.second, "view 2 of " + each.name);
        }
    }
    html.element("p", {{"class", "muted"}},
                 "Each image with its two views in the first epoch of run " + std::to_string(run.id) + ".");
}

std::string runsText(const UsedPipeline &pipeline) {
    std::string text = pipeline.runs.size() == 1 ? "Run " : "Runs ";
    for (const RunRecord *run : pipeline.runs)
        text += (run == pipeline.runs.front() ? "" : ", ") + std::to_string(run->id);
    return text;
}

void writePipeline(HtmlWriter &html, const UsedPipeline &used, const ViewsToShow &views) {
    const RunRecord &run = *used.runs.front();
    const auto seed = static_cast<std::uint64_t>(run.seed);
    const auto section = html.element("section", {{"class", "pipeline"}});
    try {
        const Pipeline pipeline = pipelineFromJson(used.json, "the pipeline of the run");
        html.element("h3", {}, pipeline.name.empty() ? "Pipeline without a name" : pipeline.name);
        html.element("p", {{"class", "muted"}}, runsText(used));
        if (views.open)
            writeViews(html, renderViews(run, pipeline, seed, views.open, views.images, views.stop), run);
        writeBranches(html, pipeline);
    } catch (const InvalidInput &error) { // of a newer version
        html.element("p", {}, std::string("The pipeline cannot be shown: ") + error.what() + ".");
    }
}

} // namespace

void writePipelines(HtmlWriter &html, std::span<const RunRecord> runs, const ViewsToShow &views) {
    const std::vector<UsedPipeline> pipelines = pipelinesOf(runs);
    if (pipelines.empty())
        return;
    html.element("h2", {}, pipelines.size() == 1 ? "Pipeline" : "Pipelines");
    for (const UsedPipeline &pipeline : pipelines)
        writePipeline(html, pipeline, views);
}

} // namespace simclr
