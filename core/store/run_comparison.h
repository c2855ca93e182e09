// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/mcnemar.h"
#include "core/store/run_store.h"

#include <optional>
#include <string>
#include <vector>

namespace simclr {

/// One accuracy of every run that is compared: the newest of its protocol, split and scope, of the encoders
/// that came out, or of those that training began with.
struct ResultRow {
    Result example;          ///< one of the values: for what they all share, and its title
    bool isBaseline = false; ///< of the encoders before their training
    WeightsOrigin origin = WeightsOrigin::Trained; ///< of a baseline, and of "supervised"
    std::vector<std::optional<Result>> values;     ///< one a run; nothing where it has none
    std::optional<McNemar> test; ///< of the two runs, where compareResults() could pair their predictions
};

/// The newest plain result of the encoder that came out, or with `wantsBaseline` of the one that training
/// began with; null where there is none.
const Result *findResult(const RunRecord &run, Protocol protocol, Split split, bool wantsBaseline);

/// Every row in which at least one of the runs has a result, in a fixed order, without tests.
std::vector<ResultRow> resultRows(const std::vector<RunRecord> &runs);

/// The same, where there are two runs with McNemar's test in each row that both have on the same images, if
/// predictions were kept. Reads them from `store`, which the runs must come from. Throws StorageError.
std::vector<ResultRow> compareResults(const RunStore &store, const std::vector<RunRecord> &runs);

} // namespace simclr
