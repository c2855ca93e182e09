// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"

#include <compare>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace simclr {

/// The position of a step: its branch, and its index at every depth of the combinations around it. As an
/// insertion position it means the gap before the step there, or the end of the list.
struct StepPath {
    int branch = 0;           ///< 1 only if the second view has its own steps
    std::vector<int> indices; ///< from the outside inwards

    StepPath() = default;
    /// A step, or a gap, of the branch itself.
    StepPath(int row, int inBranch = 0) : branch(inBranch), indices{row} {}

    int row() const { return indices.empty() ? -1 : indices.back(); }
    int depth() const { return static_cast<int>(indices.size()) - 1; }
    /// Another one of the same list.
    StepPath sibling(int row) const;
    /// One of the steps of the combination at this position.
    StepPath child(int row) const;
    /// The combination around it; no indices if there is none.
    StepPath parent() const;
    /// Whether it is `outer` or inside it.
    bool isWithin(const StepPath &outer) const;

    bool operator==(const StepPath &) const = default;
    auto operator<=>(const StepPath &) const = default;
};

/// The step at a path, or nullptr.
const PipelineStep *stepAt(const Pipeline &pipeline, const StepPath &path);
PipelineStep *stepAt(Pipeline &pipeline, const StepPath &path);

/// The list that a path points into: of a branch, or of a combination; nullptr if there is none.
const std::vector<PipelineStep> *listAround(const Pipeline &pipeline, const StepPath &path);

/// Those of `paths` that exist and are not inside another one, in the order of the pipeline, each once.
std::vector<StepPath> outermost(const Pipeline &pipeline, std::vector<StepPath> paths);

/// Copies of these steps, in the order given.
std::vector<PipelineStep> stepsAt(const Pipeline &pipeline, std::span<const StepPath> paths);

/// Puts steps into the gap at `at`; an index beyond the list means its end. Throws InvalidInput if there is
/// no such list, or if combinations would be nested deeper than Pipeline::deepest.
void insertSteps(Pipeline &pipeline, const StepPath &at, const std::vector<PipelineStep> &steps);

/// Removes the steps at `paths`, including the steps of combinations.
void removeSteps(Pipeline &pipeline, const std::vector<StepPath> &paths);

/// Inserts a copy after each of the steps at `paths`. Returns the positions of the copies, in the order of
/// the pipeline.
std::vector<StepPath> duplicateSteps(Pipeline &pipeline, const std::vector<StepPath> &paths);

/// Moves the steps at `paths`, in their order, into the gap at `to`, a position before the move. Returns the
/// new position of the first one. Does and returns nothing if there is none or `to` is inside one of them.
/// Throws InvalidInput as insertSteps() does.
std::optional<StepPath> moveSteps(Pipeline &pipeline, const std::vector<StepPath> &paths, StepPath to);

/// Steps as text for the clipboard: a list of steps as in a pipeline file.
std::string stepsToText(const std::vector<PipelineStep> &steps);

/// Reads steps from clipboard text: a list of steps, one step, or a whole pipeline, of which the steps of the
/// first view are used. Throws InvalidInput, naming `origin`.
std::vector<PipelineStep> stepsFromText(const std::string &text, const std::string &origin);

} // namespace simclr
