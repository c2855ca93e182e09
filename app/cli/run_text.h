// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <string>

namespace simclr::cli {

/// A result of every run that is compared: the newest one of the protocol and split, of the encoders that
/// came out, or of those that training began with.
struct ResultRow {
    std::string protocol;
    std::string split;
    ResultScope scope;
    bool isBaseline = false;                       ///< of the encoders before their training
    WeightsOrigin origin = WeightsOrigin::Trained; ///< of a baseline
    std::vector<const ResultRecord *> values;      ///< one a run; null where it has none
};

std::vector<ResultRow> resultRows(const std::vector<RunRecord> &runs);

/// The newest result of this scope of the encoder that came out, or with `isBaseline` of the one that training
/// began with; null where there is none.
const ResultRecord *findResult(const RunRecord &run, const std::string &protocol, const std::string &split,
                               bool isBaseline, const ResultScope &scope = {});

/// The id of a protocol, and in words what sets its scope apart.
std::string resultName(const std::string &protocol, const ResultScope &scope);

/// "epoch 10", "random" or "imported".
std::string encoderText(const RunRecord &run, const ResultRecord &result);

/// All runs as a table.
std::string runsTable(const std::vector<RunRecord> &runs);

/// One run in full, as a person reads it.
std::string runDetails(const RunRecord &run);

/// A few lines on how a run ended.
std::string runSummary(const RunRecord &run);

} // namespace simclr::cli
