// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/confusion.h"
#include "ui/runs/explore/result_choice.h"

#include <memory>
#include <stop_token>

namespace simclr::ui {

/// The stored predictions of one result, and what follows from them.
struct RunConfusion {
    Predictions predictions;
    ConfusionMatrix matrix;
    std::vector<ClassAccuracy> accuracies;
};

/// What the Confusion view shows.
struct ConfusionReading {
    std::vector<RunConfusion> runs; ///< one per run, of equally many classes; empty if there is a problem
    std::vector<MistakenImage> worst;
    std::size_t evaluations = 0; ///< that `worst` counts
    QString problem;             ///< a sentence
};

using ConfusionPtr = std::shared_ptr<const ConfusionReading>;

/// Reads from the database of the runs; takes a moment for many images. The worst images are those that most
/// of the evaluations of the same encoders on the same split got wrong: of all runs if their images are the
/// same, otherwise of the first. Returns a problem instead of throwing.
ConfusionPtr readConfusion(const std::vector<RunRecord> &runs, const ResultChoice &choice,
                           const std::stop_token &stop);

} // namespace simclr::ui
