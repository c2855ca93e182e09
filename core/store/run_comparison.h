// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/mcnemar.h"
#include "core/store/run_store.h"

#include <optional>
#include <string>
#include <vector>

namespace simclr {

/// One accuracy of every run that is compared: the newest of its protocol, split and scope, of the trained
/// encoders, or of the encoders before training.
struct ResultRow {
    Result example;                                ///< one of the values, for the shared key and its title
    bool isBaseline = false;                       ///< of the encoders before their training
    WeightsOrigin origin = WeightsOrigin::Trained; ///< for a baseline, and for "supervised"
    std::vector<std::optional<Result>> values;     ///< one per run; nothing if it has none
    std::optional<McNemar> test; ///< of the two runs, if compareResults() could pair their predictions
};

/// The newest plain result of the trained encoder, or with `wantsBaseline` of the encoder before training;
/// null if there is none.
const Result *findResult(const RunRecord &run, Protocol protocol, Split split, bool wantsBaseline);

/// The fingerprint of the images that a result of this run is about. Runs that learned from different images
/// may have equal ones.
std::string imagesFingerprint(const RunRecord &run, const ResultKey &key);

/// The stored predictions of a result. Their samples are numbered as in a dataset of only the images that the
/// result is about, so that those of different runs can be paired if imagesFingerprint() is equal. Nothing if
/// none are stored. Throws StorageError, and InvalidInput if they are damaged.
std::optional<Predictions> pairablePredictions(const RunStore &store, const RunRecord &run,
                                               const ResultKey &key);

/// Every row in which at least one of the runs has a result, in a fixed order, without tests.
std::vector<ResultRow> resultRows(const std::vector<RunRecord> &runs);

/// The same; for two runs with McNemar's test in each row where both have predictions on the same images.
/// Reads them from `store`, which must contain the runs. Throws StorageError.
std::vector<ResultRow> compareResults(const RunStore &store, const std::vector<RunRecord> &runs);

} // namespace simclr
