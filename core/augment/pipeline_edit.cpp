// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/pipeline_edit.h"

#include "core/augment/operation.h"
#include "core/util/error.h"

#include <algorithm>

namespace simclr {

namespace {

using Steps = std::vector<PipelineStep>;

Steps &branchOf(Pipeline &pipeline, int branch) {
    return branch == 1 && pipeline.secondSteps ? *pipeline.secondSteps : pipeline.steps;
}

bool combines(const PipelineStep &step) {
    const OperationType *type = step.isKnown() ? findOperationType(step.operation) : nullptr;
    return type != nullptr && type->isCombination();
}

Steps *listAt(Pipeline &pipeline, const StepPath &path) {
    if (path.indices.empty())
        return nullptr;
    Steps *list = &branchOf(pipeline, path.branch);
    for (std::size_t depth = 0; depth + 1 < path.indices.size(); ++depth) {
        const int index = path.indices[depth];
        if (index < 0 || index >= static_cast<int>(list->size()))
            return nullptr;
        PipelineStep &step = (*list)[static_cast<std::size_t>(index)];
        if (!combines(step))
            return nullptr;
        list = &step.steps;
    }
    return list;
}

/// 0 without combinations.
int depthOf(const Steps &steps) {
    int deepest = 0;
    for (const PipelineStep &step : steps)
        if (combines(step))
            deepest = std::max(deepest, 1 + depthOf(step.steps));
    return deepest;
}

/// Moves `path` by `by` if the step at `changed` precedes it, or one of the combinations around it, in the
/// same list: adjusts it when that step is removed (-1) or gets a copy (+1).
void shiftFor(const StepPath &changed, int by, StepPath &path) {
    const auto depth = static_cast<std::size_t>(changed.depth());
    const bool isBeside =
        changed.branch == path.branch && depth < path.indices.size() &&
        std::equal(changed.indices.begin(), changed.indices.end() - 1, path.indices.begin());
    if (isBeside && changed.row() < path.indices[depth])
        path.indices[depth] += by;
}

} // namespace

StepPath StepPath::sibling(int row) const {
    StepPath path = *this;
    path.indices.back() = row;
    return path;
}

StepPath StepPath::child(int row) const {
    StepPath path = *this;
    path.indices.push_back(row);
    return path;
}

StepPath StepPath::parent() const {
    StepPath path = *this;
    path.indices.pop_back();
    return path;
}

bool StepPath::isWithin(const StepPath &outer) const {
    return branch == outer.branch && indices.size() >= outer.indices.size() &&
           std::equal(outer.indices.begin(), outer.indices.end(), indices.begin());
}

PipelineStep *stepAt(Pipeline &pipeline, const StepPath &path) {
    Steps *list = listAt(pipeline, path);
    const bool isThere = list != nullptr && path.row() >= 0 && path.row() < static_cast<int>(list->size());
    return isThere ? &(*list)[static_cast<std::size_t>(path.row())] : nullptr;
}

const PipelineStep *stepAt(const Pipeline &pipeline, const StepPath &path) {
    return stepAt(const_cast<Pipeline &>(pipeline), path); // stepAt() does not change it
}

const Steps *listAround(const Pipeline &pipeline, const StepPath &path) {
    return listAt(const_cast<Pipeline &>(pipeline), path);
}

std::vector<StepPath> outermost(const Pipeline &pipeline, std::vector<StepPath> paths) {
    std::ranges::sort(paths); // a combination comes before what is in it
    std::vector<StepPath> kept;
    for (const StepPath &path : paths)
        if (stepAt(pipeline, path) != nullptr && (kept.empty() || !path.isWithin(kept.back())))
            kept.push_back(path);
    return kept;
}

Steps stepsAt(const Pipeline &pipeline, std::span<const StepPath> paths) {
    Steps steps;
    for (const StepPath &path : paths)
        if (const PipelineStep *step = stepAt(pipeline, path))
            steps.push_back(*step);
    return steps;
}

void insertSteps(Pipeline &pipeline, const StepPath &at, const Steps &steps) {
    Steps *list = listAt(pipeline, at);
    if (list == nullptr)
        throw InvalidInput("pipeline \"" + pipeline.name + "\" has no such position");
    if (at.depth() + depthOf(steps) > Pipeline::deepest)
        throw InvalidInput("combinations can be nested at most " + std::to_string(Pipeline::deepest) +
                           " deep");
    const int row = std::clamp(at.row(), 0, static_cast<int>(list->size()));
    list->insert(list->begin() + row, steps.begin(), steps.end());
}

void removeSteps(Pipeline &pipeline, const std::vector<StepPath> &paths) {
    std::vector<StepPath> gone = outermost(pipeline, paths);
    std::ranges::reverse(gone); // so that the positions of the others stay valid
    for (const StepPath &path : gone) {
        Steps &list = *listAt(pipeline, path);
        list.erase(list.begin() + path.row());
    }
}

std::vector<StepPath> duplicateSteps(Pipeline &pipeline, const std::vector<StepPath> &paths) {
    std::vector<StepPath> copied;
    std::vector<StepPath> copies;
    for (StepPath path : outermost(pipeline, paths)) {
        for (const StepPath &earlier : copied)
            shiftFor(earlier, +1, path);
        const PipelineStep step = *stepAt(pipeline, path);
        copied.push_back(path);
        copies.push_back(path.sibling(path.row() + 1));
        insertSteps(pipeline, copies.back(), {step});
    }
    return copies;
}

std::optional<StepPath> moveSteps(Pipeline &pipeline, const std::vector<StepPath> &paths, StepPath to) {
    const std::vector<StepPath> moved = outermost(pipeline, paths);
    const bool isInside = std::ranges::any_of(
        moved, [&](const StepPath &path) { return to.depth() > path.depth() && to.isWithin(path); });
    const Steps *target = listAround(pipeline, to);
    if (moved.empty() || isInside || target == nullptr)
        return std::nullopt;
    to.indices.back() = std::clamp(to.row(), 0, static_cast<int>(target->size()));
    const Steps steps = stepsAt(pipeline, moved);
    Pipeline after = pipeline;
    removeSteps(after, moved);
    for (auto path = moved.rbegin(); path != moved.rend(); ++path)
        shiftFor(*path, -1, to);
    insertSteps(after, to, steps);
    pipeline = std::move(after);
    return to;
}

std::string stepsToText(const Steps &steps) {
    return toText(toJson(Pipeline{"", steps})["steps"]);
}

Steps stepsFromText(const std::string &text, const std::string &origin) {
    Json json = parseJson(text, origin);
    if (json.is_object() && !json.contains("steps"))
        json = Json::array({std::move(json)});
    if (json.is_object() && json.contains("operation"))
        json = Json::array({std::move(json)}); // a combination
    if (json.is_array())
        json = Json{{"steps", std::move(json)}};
    return pipelineFromJson(json, origin).steps;
}

} // namespace simclr
