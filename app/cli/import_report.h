// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/common.h"
#include "core/exchange/curves_import.h"

namespace simclr::cli {

/// Prints what an import did, each problem on stderr, and returns the exit status.
int printReport(const ImportReport &report, const OutputOptions &output);

} // namespace simclr::cli
