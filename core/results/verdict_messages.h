// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/message.h"

#include <array>

namespace simclr {

/// The sentence on a comparison of groups of seeds, and its parts.
inline constexpr std::array verdictTexts{
    MessageText{"plus", "+%1"},
    MessageText{"minus", "−%1"},
    MessageText{"points", "%1 points %2"}, ///< "+0.9 points linear"
    MessageText{"amount", "%1 %2"},        ///< "−0.05 loss"

    MessageText{"welch", "Welch, %1 and %2 seeds"},
    MessageText{"welch_each", "Welch, %Ln seeds each", "Welch, 1 seed each"},
    MessageText{"paired", "paired by seed, %Ln seeds", "paired by seed, 1 seed"},
    MessageText{"corrected", "%1, corrected for %Ln comparisons", "%1, corrected for 1 comparison"}, ///< Holm
    MessageText{"compared", "%1 %2, 95 % CI %3 to %4 (%5)"}, ///< group, difference, both ends, test

    MessageText{"higher", "%1: higher."},
    MessageText{"lower", "%1: lower."},
    MessageText{"no_evidence", "%1: no evidence."},
    MessageText{"no_evidence_yet", "%1: no evidence; %2."},
    MessageText{"would_show_points", "about %Ln seeds would show %1 points",
                "about 1 seed would show %1 points"},
    MessageText{"would_show", "about %Ln seeds would show %1", "about 1 seed would show %1"},

    MessageText{"too_few_seeds", "%1: not decidable; both groups need at least 3 seeds, and have %2 and %3."},
    MessageText{"shared_runs", "%1: not decidable; a run is in both groups."},
    MessageText{"other_images", "%1: not decidable; the groups were measured on different images."},
    MessageText{"no_spread", "%1: not decidable; the values do not vary between seeds."},
};
inline constexpr MessagesOf<verdictTexts> verdictMessage;

} // namespace simclr
