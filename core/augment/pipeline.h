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

/// One operation in a pipeline, as written down. It may name an operation that this version does not know:
/// then `foreign` keeps its JSON whole, so that loading and saving loses nothing.
struct PipelineStep {
    std::string operation;
    bool enabled = true;
    double probability = 1;               ///< in [0, 1]
    Values parameters;                    ///< complete for a known operation, empty for an unknown one
    Json foreign = nullptr;               ///< the whole step of an unknown operation, otherwise null
    std::vector<PipelineStep> steps = {}; ///< what a combination combines

    bool isKnown() const { return foreign.is_null(); }
    bool operator==(const PipelineStep &) const = default;
};

/// An ordered list of operations from which every view is drawn; or two lists, one a branch, where the two
/// views of an image are to be drawn differently. A plain value: what is edited, saved and stored with a run.
/// ViewRenderer makes it executable.
struct Pipeline {
    /// 1 had neither combinations nor a second branch.
    static constexpr int formatVersion = 2;
    /// So deep may combinations be nested.
    static constexpr int deepest = 8;

    std::string name;
    std::vector<PipelineStep> steps;                           ///< of both views, or of the first
    std::optional<std::vector<PipelineStep>> secondSteps = {}; ///< of the second view, where it has its own

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

/// Whether some step may change a picture: without any, both views of an image are the same.
bool changesPictures(const Pipeline &pipeline);

/// Whether one of its steps, in a combination too, is of this operation, switched on and not without a
/// chance.
bool uses(const Pipeline &pipeline, const std::string &operation);

/// Throws InvalidInput where the pipeline cannot be trained with: an unknown operation that is switched on, a
/// probability outside [0, 1], or parameters that do not fit together. `origin` names it in messages; its own
/// name does where that is empty.
void checkPipeline(const Pipeline &pipeline, const std::string &origin = {});

/// A pipeline that comes with the program.
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

/// The same, checked to be one that can be trained with.
Pipeline usablePipeline(const std::string &presetOrPath);

} // namespace simclr
