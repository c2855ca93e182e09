// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QString>
#include <vector>

namespace simclr::ui {

/// A way in which all explored runs were evaluated: the newest result of each run by one protocol, on one
/// split, under the same conditions. One result per run, in their order.
struct ResultChoice {
    std::vector<Result> results;
};

/// Whether two results differ at most in the encoder that they evaluate.
bool areAlike(const ResultKey &one, const ResultKey &other);

/// What all of these runs have, without the results of untrained encoders: on test images first, then by
/// protocol, plain ones first.
std::vector<ResultChoice> resultChoices(const std::vector<RunRecord> &runs);

/// "linear, test", and for one run also the encoder.
QString choiceTitle(const std::vector<RunRecord> &runs, const ResultChoice &choice);

/// The images that a result was measured on, as pairablePredictions() numbers them: of a run that learned
/// from others, only the labelled ones. Without a source if they are not the run's own.
DatasetRecord imagesOf(const RunRecord &run, const Result &result);

/// Whether all results are of the same images, so that they can be compared image by image.
bool areOfSameImages(const std::vector<RunRecord> &runs, const ResultChoice &choice);

} // namespace simclr::ui
