// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/view_renderer.h"

#include "core/image/resample.h"
#include "core/util/error.h"

namespace simclr {

ViewRenderer::ViewRenderer(const Pipeline &pipeline, int viewSize) : m_viewSize(viewSize) {
    checkPipeline(pipeline);
    for (const PipelineStep &step : pipeline.steps)
        if (step.enabled)
            m_steps.push_back({step.probability, findOperationType(step.operation)->make(step.parameters)});
}

void ViewRenderer::render(const Image &source, const ViewKey &key, Image &view) const {
    if (source.isEmpty())
        throw InvalidInput("a view cannot be drawn of an empty picture");
    RandomStream draws({key.seed, Purpose::View, key.epoch, key.sample, key.view});
    bool isDrawn = false;
    for (const Step &step : m_steps) {
        if (!draws.chance(step.probability))
            continue;
        if (isDrawn)
            step.operation->apply(view, draws, m_viewSize);
        else
            step.operation->applyTo(source, view, draws, m_viewSize);
        isDrawn = true;
    }
    if (!isDrawn)
        view = source;
    if (view.width() != m_viewSize || view.height() != m_viewSize)
        view = centerSquare(view, m_viewSize);
}

} // namespace simclr
