// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <cstdint>
#include <map>
#include <string>
#include <variant>

namespace simclr {

/// The value of an option in its own type; a truth is 0 or 1.
using OptionValue = std::variant<std::int64_t, double, std::string>;

/// By dotted path: {"encoder": "resnet18", "batch": 256, "pipeline": "SimCLR", …}.
using OptionValues = std::map<std::string, OptionValue>;

/// The options of a run: every value of its config that is not null; a list as its JSON text. A run that
/// trains also has "pipeline", the name of its pipeline, and "pipeline_hash" (pipelineHash).
OptionValues flatOptions(const NewRun &run);

} // namespace simclr
