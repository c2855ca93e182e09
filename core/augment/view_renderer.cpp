// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/view_renderer.h"

#include "core/image/resample.h"
#include "core/util/error.h"

#include <chrono>

namespace simclr {

namespace {

std::shared_ptr<const Operation> makeOperation(const PipelineStep &step) {
    const OperationType &type = *findOperationType(step.operation);
    if (!type.isCombination())
        return type.make(step.parameters);
    std::vector<WeighedOperation> parts;
    for (const PipelineStep &part : step.steps)
        if (part.enabled)
            parts.push_back(
                {findOperationType(part.operation)->title, part.probability, makeOperation(part)});
    return type.combine(step.parameters, std::move(parts));
}

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

void requirePicture(const Image &source) {
    if (source.isEmpty())
        throw InvalidInput("a view cannot be rendered from an empty image");
}

} // namespace

ViewRenderer::ViewRenderer(const Pipeline &pipeline, int viewSize) : m_viewSize(viewSize) {
    checkPipeline(pipeline);
    for (const int view : {0, 1}) {
        const std::vector<PipelineStep> &steps = pipeline.stepsOf(view);
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (steps[i].enabled)
                m_branches[static_cast<std::size_t>(view)].push_back(
                    {i, steps[i].probability, makeOperation(steps[i])});
    }
}

template <typename Visit>
bool ViewRenderer::walk(const Image &source, const ViewKey &key, Image &view, Visit visit) const {
    requirePicture(source);
    RandomStream draws({key.seed, Purpose::View, key.epoch, key.sample, key.view});
    bool isDrawn = false;
    for (const Step &step : branchOf(key)) {
        const bool isApplied = draws.chance(step.probability);
        visit(step, isApplied, draws, [&] {
            if (isDrawn)
                step.operation->apply(view, draws, m_viewSize);
            else
                step.operation->applyTo(source, view, draws, m_viewSize);
            isDrawn = true;
        });
    }
    return isDrawn;
}

void ViewRenderer::render(const Image &source, const ViewKey &key, Image &view) const {
    const auto visit = [](const Step &, bool isApplied, RandomStream &, auto apply) {
        if (isApplied)
            apply();
    };
    if (!walk(source, key, view, visit))
        view = source;
    makeSquare(view);
}

void ViewRenderer::makeSquare(Image &view) const {
    if (view.width() != m_viewSize || view.height() != m_viewSize)
        view = centerSquare(view, m_viewSize);
}

std::vector<TracedStep> ViewRenderer::trace(const Image &source, const ViewKey &key) const {
    std::vector<TracedStep> steps;
    Image view;
    const Image *latest = &source;
    walk(source, key, view, [&](const Step &step, bool isApplied, RandomStream &draws, auto apply) {
        TracedStep traced;
        traced.step = step.index;
        traced.isApplied = isApplied;
        if (isApplied) {
            draws.keepLog(&traced.sampled);
            apply();
            draws.keepLog(nullptr);
            latest = &view;
        }
        traced.after = *latest;
        steps.push_back(std::move(traced));
    });
    return steps;
}

ViewCost ViewRenderer::renderTimed(const Image &source, const ViewKey &key, Image &view, std::size_t told,
                                   SampleLog *sampled) const {
    ViewCost cost;
    cost.stepSeconds.reserve(branchOf(key).size());
    const auto start = Clock::now();
    const auto visit = [&](const Step &step, bool isApplied, RandomStream &draws, auto apply) {
        const auto stepStart = Clock::now();
        if (isApplied) {
            draws.keepLog(step.index == told ? sampled : nullptr);
            apply();
            draws.keepLog(nullptr);
        }
        cost.stepSeconds.push_back(isApplied ? secondsSince(stepStart) : 0);
    };
    if (!walk(source, key, view, visit))
        view = source;
    makeSquare(view);
    cost.seconds = secondsSince(start);
    return cost;
}

std::vector<std::size_t> ViewRenderer::stepsOf(int view) const {
    std::vector<std::size_t> indices;
    for (const Step &step : m_branches[view == 1 ? 1 : 0])
        indices.push_back(step.index);
    return indices;
}

} // namespace simclr
