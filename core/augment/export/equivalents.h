// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/export/step_writer.h"

#include <map>
#include <string>

namespace simclr::python {

// What the writers of kornia and Albumentations have in common.

/// A step that is written as a call of a function which applies the step's probability itself.
struct ChancedStep : StepPlace {
    int viewSize;
    /// "p=0.5".
    std::string chance() const;
};

/// Code that applies the step's probability.
StepText chanced(std::string code);

/// A call with the probability as its only argument.
StepText simpleCall(const ChancedStep &at, const char *function);

/// A Gaussian blur; `nothing` stands for one that has no effect in views of this size.
StepText blurCall(const ChancedStep &at, const char *function, const char *kernel, const char *sigma,
                  const char *nothing);

/// By operation. No code if the library does something else under the same name.
using Equivalents = std::map<std::string, StepText (*)(const ChancedStep &)>;

/// No code if there is no equivalent; `nothing` stands for a combination without effect.
StepText equivalentOf(const Equivalents &equivalents, const StepPlace &at, int viewSize, const char *nothing);

} // namespace simclr::python
