// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace simclr {

/// Two indices, first < second.
struct IndexPair {
    std::uint32_t first = 0;
    std::uint32_t second = 0;

    auto operator<=>(const IndexPair &) const = default;
};

struct ClosePairOptions {
    int distance = 0;             ///< most bits in which the hashes of a pair differ, 0 to 64
    std::size_t most = 2'000'000; ///< pairs that are kept
    int threads = 0;              ///< 0: one per core; has no effect on the result
    /// Called from one thread with the number of compared hashes.
    std::function<void(std::size_t)> progress = [](std::size_t) {};
};

struct ClosePairs {
    std::vector<IndexPair> pairs; ///< sorted by second index, then by first
    bool isCut = false;           ///< there are more than the kept ones
};

/// All pairs of hashes at a Hamming distance of at most `distance` that `accept`, which is called from
/// several threads, confirms: every hash is compared with all before it, 64 bits at a time, in tiles that fit
/// into the cache. Takes time quadratic in their number: 2 s for 60,000 and 10 minutes for a million on two
/// cores. Nothing if `stop` was requested.
std::optional<ClosePairs> closePairs(std::span<const std::uint64_t> hashes, const ClosePairOptions &options,
                                     const std::function<bool(std::uint32_t, std::uint32_t)> &accept,
                                     const std::stop_token &stop = {});

} // namespace simclr
