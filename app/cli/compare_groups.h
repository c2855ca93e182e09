// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/common.h"

#include <string>
#include <vector>

namespace simclr::cli {

/// What `simclr compare --groups` compares.
struct GroupArguments {
    bool isByAllButSeed = false;
    std::vector<std::string> by; ///< paths of options, outermost first
    std::string baseline;        ///< number of one of its runs, or its title; empty: the first group
    std::string protocol = "linear";
    std::string split = "test";
    double points = 2; ///< the difference for which the number of seeds is estimated

    bool areWanted() const { return isByAllButSeed || !by.empty(); }
};

/// `arguments` must outlive the command.
void addGroupOptions(CLI::App &command, GroupArguments &arguments);

/// Prints the groups of these runs, or of all runs if there are none, and how they compare with the baseline.
/// Returns the exit status.
int compareGroupsOf(const std::vector<RunId> &runs, const GroupArguments &arguments,
                    const OutputOptions &output);

} // namespace simclr::cli
