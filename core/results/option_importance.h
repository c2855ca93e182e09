// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/flat_settings.h"
#include "core/statistics/spearman.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace simclr {

/// How an option goes together with a value over runs that were chosen by a person, not at random: an
/// association, no proof of an effect.
struct OptionImportance {
    std::string path;
    std::size_t choices = 0; ///< different values of the option among the runs
    /// Spearman's, of numbers and of truth values (false before true); nothing for an option whose values
    /// have no order. Runs without the option are left out.
    std::optional<SpearmanCorrelation> correlation;
    /// Permutation importance of a random forest, see ForestImportance; nothing for fewer than eight runs.
    std::optional<double> forest;
};

struct OptionImportances {
    std::size_t runs = 0;                  ///< with the value: n
    std::optional<double> explained;       ///< R² of the forest in runs that it has not seen
    std::vector<OptionImportance> options; ///< the most important first
};

/// Of all options in which the runs that have a finite value differ (differingSettings()). `settings` and
/// `values` have one entry per run; settings that cannot matter are to be left out before, see
/// withoutMachineOptions(). Equal arguments give equal results.
OptionImportances optionImportance(const std::vector<FlatSettings> &settings,
                                   const std::vector<std::optional<double>> &values);

} // namespace simclr
