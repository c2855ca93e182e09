// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"

#include <string>

namespace simclr {

/// The same text for pipelines with the same steps and parameters, whatever their names: SHA-256 over
/// canonical JSON (members sorted, whole numbers as such) without name, format and disabled steps.
std::string pipelineHash(const Json &pipeline);

} // namespace simclr
