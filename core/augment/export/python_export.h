// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// The Python library that a pipeline is written for.
enum class ExportTarget { Torchvision, TorchvisionV2, Kornia, Albumentations };

struct ExportTargetText {
    ExportTarget target;
    const char *id;    ///< as typed on the command line: "torchvision-v2"
    const char *title; ///< "torchvision.transforms.v2"
    const char *help;  ///< one sentence
};

/// Every target, the most common first.
std::span<const ExportTargetText> exportTargets();

/// The target with this id. Throws InvalidInput that names the known ones.
ExportTarget exportTargetById(std::string_view id);

/// A pipeline as a Python program.
struct PythonCode {
    std::string text;              ///< complete: imports, helpers, the views, and `two_views`; ASCII
    std::vector<std::string> gaps; ///< operations without an equivalent in the library, one sentence each
};

/// Writes views of viewSize × viewSize pixels. Names from the pipeline are used only in comments, escaped.
/// Unknown operations are left out and listed among the gaps.
PythonCode pythonOf(const Pipeline &pipeline, ExportTarget target, int viewSize);

} // namespace simclr
