// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <string>

namespace simclr::cli {

/// A result of every run that is compared: the newest one of the protocol and split, of the trained encoders
/// or of the random ones.
struct ResultRow {
    std::string protocol;
    std::string split;
    ResultScope scope;
    bool isBaseline = false;                  ///< of the randomly initialised encoder
    std::vector<const ResultRecord *> values; ///< one a run; null where it has none
};

std::vector<ResultRow> resultRows(const std::vector<RunRecord> &runs);

/// The newest result of this scope of the trained encoder, or with `isBaseline` that of the random one; null
/// where there is none.
const ResultRecord *findResult(const RunRecord &run, const std::string &protocol, const std::string &split,
                               bool isBaseline, const ResultScope &scope = {});

/// The id of a protocol, and in words what sets its scope apart.
std::string resultName(const std::string &protocol, const ResultScope &scope);

/// All runs as a table.
std::string runsTable(const std::vector<RunRecord> &runs);

/// One run in full, as a person reads it.
std::string runDetails(const RunRecord &run);

/// A few lines on how a run ended.
std::string runSummary(const RunRecord &run);

} // namespace simclr::cli
