// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"

namespace simclr {

/// Why an option of training stays as it is when a run is continued; empty where it may change.
std::string reasonToKeep(const std::string &option);

/// The options that may change, with their description.
Schema changeableOptions();

/// The configuration of `run` as `resume` asks for it, on its device and with its changes. Throws
/// InvalidInput where an option is to change that stays as it is, naming it and the reason.
RunConfiguration resumedConfiguration(const RunRecord &run, const ResumeOptions &resume);

/// What resumedConfiguration() changes: {"epochs": [20, 200], …}; empty where the run is to go on as it was.
Json changesOf(const RunRecord &run, const ResumeOptions &resume);

} // namespace simclr
