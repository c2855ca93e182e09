// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"

#include <compare>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace simclr {

/// Where a step stands: its branch, and its index at every depth of the combinations around it. As a place to
/// put steps at it names the gap before the step there, or the end of the list.
struct StepPath {
    int branch = 0;           ///< 1 only where the second view has steps of its own
    std::vector<int> indices; ///< from the outside inwards

    StepPath() = default;
    /// A step, or a gap, of the branch itself.
    StepPath(int row, int inBranch = 0) : branch(inBranch), indices{row} {}

    int row() const { return indices.empty() ? -1 : indices.back(); }
    int depth() const { return static_cast<int>(indices.size()) - 1; }
    /// Another one of the same list.
    StepPath sibling(int row) const;
    /// One of the steps of the combination that stands here.
    StepPath child(int row) const;
    /// The combination around it; no indices where there is none.
    StepPath parent() const;
    /// Whether it is `outer` or stands in it.
    bool isWithin(const StepPath &outer) const;

    bool operator==(const StepPath &) const = default;
    auto operator<=>(const StepPath &) const = default;
};

/// The step at a path, or nullptr.
const PipelineStep *stepAt(const Pipeline &pipeline, const StepPath &path);
PipelineStep *stepAt(Pipeline &pipeline, const StepPath &path);

/// The list that a path points into: of a branch, or of a combination; nullptr where there is none.
const std::vector<PipelineStep> *listAround(const Pipeline &pipeline, const StepPath &path);

/// Those of `paths` that exist and stand in no other of them, in the order of the pipeline, each once.
std::vector<StepPath> outermost(const Pipeline &pipeline, std::vector<StepPath> paths);

/// Copies of these steps, in the order given.
std::vector<PipelineStep> stepsAt(const Pipeline &pipeline, std::span<const StepPath> paths);

/// Puts steps into the gap at `at`; a row beyond the list means its end. Throws InvalidInput where there is
/// no such list, or where combinations would be nested deeper than Pipeline::deepest.
void insertSteps(Pipeline &pipeline, const StepPath &at, const std::vector<PipelineStep> &steps);

/// Removes the steps at `paths`, with all that they combine.
void removeSteps(Pipeline &pipeline, const std::vector<StepPath> &paths);

/// Puts a copy behind each of the steps at `paths`. Gives where the copies stand then, in the order of the
/// pipeline.
std::vector<StepPath> duplicateSteps(Pipeline &pipeline, const std::vector<StepPath> &paths);

/// Takes the steps at `paths` out and puts them, in their order, into the gap at `to`, which is meant as the
/// pipeline stands before. Gives where the first of them stands then. Nothing happens, and nothing is given,
/// where there is none or `to` is inside of one of them. Throws InvalidInput as insertSteps() does.
std::optional<StepPath> moveSteps(Pipeline &pipeline, const std::vector<StepPath> &paths, StepPath to);

/// Steps as text to hand around: a list of steps as in a pipeline file.
std::string stepsToText(const std::vector<PipelineStep> &steps);

/// Reads steps from what a person copied somewhere: a list of steps, one step, or a whole pipeline, of which
/// the steps of the first view are taken. Throws InvalidInput, naming `origin`.
std::vector<PipelineStep> stepsFromText(const std::string &text, const std::string &origin);

} // namespace simclr
