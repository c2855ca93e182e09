// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/pipelines/pipeline_samples.h"

#include "core/augment/view_renderer.h"
#include "core/image/resample.h"
#include "core/util/parallel.h"
#include "ui/design/preview/preview_samples.h"
#include "ui/text/run_text.h"

#include <algorithm>
#include <optional>

namespace simclr::ui {

namespace {

constexpr int largestOriginal = 320;

/// The pipeline of a run, without its name.
ComparedPipeline pipelineOf(const RunRecord &run) {
    ComparedPipeline compared{{run}, {}, {}};
    try {
        compared.pipeline = pipelineFromJson(run.pipeline, displayName(run));
        compared.pipeline.name.clear();
    } catch (const std::exception &error) {
        compared.problem = QString::fromStdString(error.what());
    }
    return compared;
}

/// The renderer of each pipeline; nothing with the reason, if it cannot be rendered.
std::vector<std::optional<ViewRenderer>> renderersOf(PipelineSamples &samples) {
    std::vector<std::optional<ViewRenderer>> renderers;
    for (const ComparedPipeline &each : samples.request.pipelines) {
        QString problem = each.problem;
        std::optional<ViewRenderer> renderer;
        try {
            if (problem.isEmpty())
                renderer.emplace(each.pipeline, samples.request.viewSize);
        } catch (const std::exception &error) {
            problem = QString::fromStdString(error.what());
        }
        renderers.push_back(std::move(renderer));
        samples.problems.push_back(problem);
    }
    return renderers;
}

void renderRow(PipelineRow &row, const PipelineRequest &request, std::uint32_t sample,
               const std::vector<std::optional<ViewRenderer>> &renderers) {
    row.name = QString::fromStdString(request.dataset->sampleName(sample));
    row.views.resize(renderers.size());
    try {
        const Image full = request.dataset->image(sample);
        row.original = fitted(full, largestOriginal);
        for (std::size_t i = 0; i < renderers.size(); ++i)
            for (std::uint16_t view = 0; renderers[i] && view < 2; ++view)
                renderers[i]->render(full, {request.seed, request.epoch, sample, view}, row.views[i][view]);
    } catch (const std::exception &error) {
        row.problem = QString::fromStdString(error.what());
    }
}

} // namespace

QString ComparedPipeline::title() const {
    QStringList ids;
    for (const RunRecord &run : runs)
        ids.append(QString::number(run.id));
    return QStringLiteral("%1 · %2").arg(ids.join(QStringLiteral(", ")), pipelineName(runs.front()));
}

std::vector<ComparedPipeline> comparedPipelines(const std::vector<RunRecord> &runs) {
    std::vector<ComparedPipeline> all;
    for (const RunRecord &run : runs) {
        if (run.totalEpochs == 0)
            continue; // imported
        ComparedPipeline next = pipelineOf(run);
        const auto same = std::ranges::find_if(all, [&next](const ComparedPipeline &each) {
            return each.problem.isEmpty() && next.problem.isEmpty() && each.pipeline == next.pipeline;
        });
        if (same == all.end())
            all.push_back(std::move(next));
        else
            same->runs.push_back(run);
    }
    return all;
}

PipelineSamplesPtr renderPipelines(const PipelineRequest &request, const std::stop_token &stop) {
    auto samples = std::make_shared<PipelineSamples>();
    samples->request = request;
    const auto renderers = renderersOf(*samples);
    const std::vector<std::uint32_t> chosen = previewSamples(*request.dataset, request.images);
    samples->rows.resize(chosen.size());
    parallelFor(chosen.size(), std::max(1, coreCount() - 1), [&](std::size_t i) {
        if (!stop.stop_requested())
            renderRow(samples->rows[i], request, chosen[i], renderers);
    });
    return samples;
}

} // namespace simclr::ui
