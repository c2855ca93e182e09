// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <string>

namespace simclr::cli {

/// "epoch 10", "random" or "imported".
std::string encoderTitle(const RunRecord &run, const Result &result);

/// " [59.0–65.1]": the 95 % interval that follows an accuracy; empty if the number of images is unknown.
std::string bracketedInterval(const RunRecord &run, const Result &result);

/// All runs as a table.
std::string runsTable(const std::vector<RunRecord> &runs);

/// Tags, marks and notes of runs as a table.
std::string annotationsTable(const std::vector<RunRecord> &runs);

/// One run in full, as text.
std::string runDetails(const RunRecord &run);

/// A few lines on how a run ended.
std::string runSummary(const RunRecord &run);

} // namespace simclr::cli
