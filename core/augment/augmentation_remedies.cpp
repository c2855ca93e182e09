// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/augmentation_remedies.h"

#include <algorithm>
#include <array>

namespace simclr {

namespace {

using Steps = std::vector<PipelineStep>;

/// Each parameter of the jitter at strength s = 1 (App. A).
constexpr std::array<std::pair<const char *, double>, 4> unitOfStrength{
    {{"brightness", 0.8}, {"contrast", 0.8}, {"saturation", 0.8}, {"hue", 0.2}}};

void visitAll(Steps &steps, const StepVisitor &visit) {
    for (PipelineStep &step : steps) {
        visit(step);
        visitAll(step.steps, visit);
    }
}

void visitActive(const Steps &steps, const std::function<void(const PipelineStep &)> &visit) {
    for (const PipelineStep &step : steps)
        if (step.enabled && step.probability > 0) {
            visit(step);
            visitActive(step.steps, visit);
        }
}

template <typename Change>
Pipeline changedBranches(Pipeline pipeline, Change change) {
    change(pipeline.steps);
    if (pipeline.secondSteps)
        change(*pipeline.secondSteps);
    return pipeline;
}

template <typename Change>
Pipeline changedSteps(Pipeline pipeline, const std::string &operation, Change change) {
    forEachStep(pipeline, [&](PipelineStep &step) {
        if (step.operation == operation)
            change(step);
    });
    return pipeline;
}

/// Insertion position after the last of these operations; the beginning if there is none.
std::ptrdiff_t behind(const Steps &steps, std::initializer_list<const char *> operations) {
    std::ptrdiff_t place = 0;
    for (std::size_t i = 0; i < steps.size(); ++i)
        if (std::ranges::find(operations, steps[i].operation) != operations.end())
            place = static_cast<std::ptrdiff_t>(i) + 1;
    return place;
}

bool applies(const Steps &steps, const std::string &operation) {
    return uses(Pipeline{{}, steps}, operation);
}

/// Score of the most important operations in it.
int weight(const Steps &steps) {
    return (applies(steps, "random_resized_crop") ? 4 : 0) + (applies(steps, "color_jitter") ? 2 : 0) +
           (changesImages(Pipeline{{}, steps}) ? 1 : 0);
}

void setStrength(PipelineStep &jitter, double strength) {
    for (const auto &[name, unit] : unitOfStrength)
        jitter.parameters[name] = unit * strength;
}

/// Whether the operation is active; a switched-off step of it is switched on first.
bool drawsOrSwitchesOn(Steps &steps, const std::string &operation) {
    if (applies(steps, operation))
        return true;
    const auto found = std::ranges::find_if(steps, [&](const PipelineStep &step) {
        return step.operation == operation && !step.enabled && step.probability > 0;
    });
    if (found == steps.end())
        return false;
    found->enabled = true;
    return true;
}

void addColorDrop(Steps &steps) {
    if (drawsOrSwitchesOn(steps, "color_drop"))
        return;
    const std::ptrdiff_t jitter = behind(steps, {"color_jitter"});
    steps.insert(jitter > 0 ? steps.begin() + jitter : steps.end(), makeStep("color_drop"));
}

void addFirst(Steps &steps, const char *operation) {
    if (!drawsOrSwitchesOn(steps, operation))
        steps.insert(steps.begin(), makeStep(operation));
}

} // namespace

void forEachStep(Pipeline &pipeline, const StepVisitor &visit) {
    visitAll(pipeline.steps, visit);
    if (pipeline.secondSteps)
        visitAll(*pipeline.secondSteps, visit);
}

void forEachActiveStep(const Pipeline &pipeline, const std::function<void(const PipelineStep &)> &visit) {
    visitActive(pipeline.steps, visit);
    if (pipeline.secondSteps)
        visitActive(*pipeline.secondSteps, visit);
}

Pipeline withoutOperation(Pipeline pipeline, const std::string &operation) {
    return changedSteps(std::move(pipeline), operation, [](PipelineStep &step) { step.enabled = false; });
}

Pipeline withoutUnknown(Pipeline pipeline) {
    forEachStep(pipeline, [](PipelineStep &step) { step.enabled = step.enabled && step.isKnown(); });
    return pipeline;
}

Pipeline withCrop(Pipeline pipeline) {
    return changedBranches(std::move(pipeline), [](Steps &steps) { addFirst(steps, "random_resized_crop"); });
}

Pipeline withFlip(Pipeline pipeline) {
    return changedBranches(std::move(pipeline), [](Steps &steps) {
        if (!drawsOrSwitchesOn(steps, "horizontal_flip"))
            steps.insert(steps.begin() + behind(steps, {"random_resized_crop"}), makeStep("horizontal_flip"));
    });
}

Pipeline withColorDrop(Pipeline pipeline) {
    return changedBranches(std::move(pipeline), addColorDrop);
}

Pipeline withBlur(Pipeline pipeline) {
    return changedBranches(std::move(pipeline), [](Steps &steps) {
        if (!applies(steps, "gaussian_blur"))
            steps.push_back(makeStep("gaussian_blur"));
    });
}

Pipeline withColorDistortion(Pipeline pipeline, double strength) {
    return changedBranches(std::move(pipeline), [&](Steps &steps) {
        if (!applies(steps, "color_jitter")) {
            PipelineStep jitter = makeStep("color_jitter");
            setStrength(jitter, strength);
            steps.insert(steps.begin() +
                             behind(steps, {"random_resized_crop", "horizontal_flip", "vertical_flip"}),
                         std::move(jitter));
        }
        addColorDrop(steps);
    });
}

Pipeline withJitterStrength(Pipeline pipeline, double strength) {
    return changedSteps(std::move(pipeline), "color_jitter",
                        [&](PipelineStep &step) { setStrength(step, strength); });
}

Pipeline withSmallestArea(Pipeline pipeline, double area) {
    return changedSteps(std::move(pipeline), "random_resized_crop", [&](PipelineStep &step) {
        step.parameters["area"] = Range{area, 1};
    });
}

Pipeline withOneBranch(Pipeline pipeline) {
    if (pipeline.secondSteps && weight(*pipeline.secondSteps) > weight(pipeline.steps))
        pipeline.steps = *pipeline.secondSteps;
    pipeline.secondSteps.reset();
    return pipeline;
}

double jitterStrength(const PipelineStep &jitter) {
    double sum = 0;
    for (const auto &[name, unit] : unitOfStrength)
        sum += std::get<double>(jitter.parameters.at(name)) / unit / unitOfStrength.size();
    return sum;
}

} // namespace simclr
