// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/options/description.h"
#include "core/run/run.h"

#include <QString>

namespace simclr::ui {

/// The user's choices for the evaluation of a run.
struct EvaluationChoice {
    bool linear = true;
    bool knn = true;
    bool linearSgd = false;
    bool fineTune = false;
    bool supervised = false;
    bool allLabels = true;
    bool tenPercent = false;
    bool onePercent = false;
    std::string features = "h";
    std::string split = "test";
    std::string images = "own"; ///< or "open": those open in the window, for transfer
    std::int64_t seed = 0;
};

/// The one description of EvaluationChoice.
const Description<EvaluationChoice> &evaluationChoiceDescription();

EvaluationRequest requestOf(const EvaluationChoice &choice, const EvaluationOptions &options);

/// A sentence on what is missing; empty if nothing is.
QString missingIn(const EvaluationRequest &request);

} // namespace simclr::ui
