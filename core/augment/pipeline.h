// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/options/parameter.h"
#include "core/util/json.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// One operation in a pipeline, as stored. It may name an operation unknown to this version: then `foreign`
/// keeps its JSON, so that loading and saving loses nothing.
struct PipelineStep {
    std::string operation;
    bool enabled = true;
    double probability = 1;               ///< in [0, 1]
    Values parameters;                    ///< complete for a known operation, empty for an unknown one
    Json foreign = nullptr;               ///< the whole step of an unknown operation, otherwise null
    std::vector<PipelineStep> steps = {}; ///< the steps of a combination

    bool isKnown() const { return foreign.is_null(); }
    bool operator==(const PipelineStep &) const = default;
};

/// An ordered list of operations that renders every view; or two lists, one per branch, if the two views of
/// an image are augmented differently. A plain value that is edited, saved and stored with a run.
/// ViewRenderer makes it executable.
struct Pipeline {
    /// Version 1 had neither combinations nor a second branch.
    static constexpr int formatVersion = 2;
    /// Maximum nesting depth of combinations.
    static constexpr int deepest = 8;

    std::string name;
    std::vector<PipelineStep> steps;                           ///< of both views, or of the first
    std::optional<std::vector<PipelineStep>> secondSteps = {}; ///< of the second view, if it has its own

    /// The steps of view 0 or 1.
    const std::vector<PipelineStep> &stepsOf(int view) const {
        return view == 1 && secondSteps ? *secondSteps : steps;
    }

    bool operator==(const Pipeline &) const = default;
};

/// A step of a known operation with its initial probability and parameters. Throws InvalidInput for an
/// unknown id.
PipelineStep makeStep(const std::string &operation);

Json toJson(const Pipeline &pipeline);

/// Reads a pipeline; `origin` names it in messages. Missing parameters take their initial values. Throws
/// InvalidInput for wrong types, values out of range, or a newer format version; unknown operations are kept.
Pipeline pipelineFromJson(const Json &json, const std::string &origin);

Pipeline readPipeline(const std::filesystem::path &path, FileKinds kinds = FileKinds::Regular);
void writePipeline(const Pipeline &pipeline, const std::filesystem::path &path);

/// Whether some step may change an image: otherwise both views of an image are identical.
bool changesImages(const Pipeline &pipeline);

/// Whether one of its steps, also in combinations, is of this operation, enabled and has a probability above
/// 0.
bool uses(const Pipeline &pipeline, const std::string &operation);

/// Throws InvalidInput if the pipeline cannot be used for training: an unknown enabled operation, a
/// probability outside [0, 1], or inconsistent parameters. `origin` names it in messages, or its own name if
/// that is empty.
void checkPipeline(const Pipeline &pipeline, const std::string &origin = {});

/// A pipeline included in the program.
struct PipelinePreset {
    std::string id; ///< as typed on the command line: "simclr-cifar10"
    std::string help;
    Pipeline pipeline;
};

/// In the order in which they are offered, the program's own recipes first.
const std::vector<PipelinePreset> &pipelinePresets();

/// A preset by its id, or the file (or pipe, as the shell's `<(…)`) at that path. Throws InvalidInput or
/// IoError.
Pipeline pipelineByName(const std::string &presetOrPath);

/// The same, checked by checkPipeline().
Pipeline usablePipeline(const std::string &presetOrPath);

} // namespace simclr
