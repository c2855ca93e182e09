// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"

namespace simclr {

/// Why a training option must not change when a run is continued; empty if it may change.
std::string reasonToKeep(const std::string &option);

/// The options that may change, with their description.
Schema changeableOptions();

/// The configuration of `run` with the device and the changes of `resume`. Throws InvalidInput if an option
/// must not change, naming it and the reason.
RunConfiguration resumedConfiguration(const RunRecord &run, const ResumeOptions &resume);

/// What resumedConfiguration() changes: {"epochs": [20, 200], …}; empty if nothing changes.
Json changesOf(const RunRecord &run, const ResumeOptions &resume);

} // namespace simclr
