// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/statistics/mean_difference.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace simclr {

/// A value of one run: an accuracy of one protocol and split, or a metric.
struct SeedValue {
    std::int64_t run = 0;
    std::int64_t seed = 0;
    double value = 0;
    std::string images; ///< fingerprint of the dataset that it was measured on
};

/// Runs that differ in their seeds only. A run that is listed twice counts once. Runs of one seed are
/// replicates: they share initial weights, order and views, so that they are not independent; their mean is
/// one value. Values that are not finite are left out.
using SeedGroup = std::vector<SeedValue>;

enum class Verdict {
    NotDecidable, ///< no statement is possible, see Undecided
    NoEvidence,   ///< the seeds' spread explains the difference; this does not show that there is none
    Higher,       ///< than the baseline
    Lower,
};

/// "not_decidable", "no_evidence", "higher", "lower".
std::string nameOf(Verdict verdict);

/// Why a comparison is not decidable.
enum class Undecided {
    TooFewSeeds, ///< fewer than three in a group
    SharedRuns,  ///< a run is in both groups
    OtherImages, ///< not all values were measured on the same dataset
    NoSpread,    ///< the values (or their paired differences) are all equal, so that nothing is known about
                 ///< how they vary between seeds: an interval of width 0 would claim certainty
};

/// "too_few_seeds", "shared_runs", "other_images", "no_spread".
std::string nameOf(Undecided reason);

enum class SeedTest {
    Welch,  ///< for independent groups
    Paired, ///< the t test of the differences within each seed
};

/// "welch", "paired".
std::string nameOf(SeedTest test);

/// A group of seeds compared with a baseline.
struct SeedVerdict {
    Verdict verdict = Verdict::NotDecidable;
    std::optional<Undecided> reason; ///< if it is not decidable
    SeedTest test = SeedTest::Welch;
    std::size_t seeds = 0; ///< different ones with a value
    std::size_t baselineSeeds = 0;
    /// Mean over the seeds of the group minus that of the baseline; NaN if one has none.
    double difference = std::numeric_limits<double>::quiet_NaN();
    /// With its 95 % interval, which is that of this comparison alone; nothing if it is not decidable.
    std::optional<MeanDifference> estimate;
    std::size_t comparisons = 1;                                 ///< decidable ones that were made together
    double adjustedP = std::numeric_limits<double>::quiet_NaN(); ///< Holm's; the verdict is made by it
    double toShow = 0;                                           ///< a difference of interest, …
    /// … and how many seeds (of each group, or pairs) would show it with 80 % power; see sample_size.h. At
    /// least three; nothing if that is not decidable or unreasonable.
    std::optional<std::int64_t> seedsToShow;
};

/// Compares each group with the baseline at the level of 5 %, corrected over all of them (Holm 1979).
///
/// Paired if both groups have the same seeds: a seed determines the initial weights, the order, and the split
/// of images without given test images. Groups whose seeds agree only in part are compared by Welch's test
/// with all their seeds; a pairing would leave seeds out, and its difference would not be that of the means.
/// Which test is made never depends on the values.
///
/// `toShow` > 0 is the difference for seedsToShow, in the unit of the values. The intervals stay those of
/// each comparison alone, as tables usually state them: with several comparisons, an interval without 0 may
/// come with "no evidence".
std::vector<SeedVerdict> compareWithBaseline(const std::vector<SeedGroup> &groups, const SeedGroup &baseline,
                                             double toShow);

/// The same for one group.
SeedVerdict compareGroups(const SeedGroup &group, const SeedGroup &baseline, double toShow);

} // namespace simclr
