// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/close_pairs.h"

#include "core/util/core_count.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <bit>
#include <iterator>

namespace simclr {

namespace {

constexpr std::size_t tileSize = 2048;

// The processor's own instruction, if it has one: the plain form takes several times as long.
#if defined(__x86_64__) && defined(__GNUC__)
#define SIMCLR_POPCNT __attribute__((target("popcnt")))
bool hasPopcnt() {
    return __builtin_cpu_supports("popcnt") != 0;
}
#else
#define SIMCLR_POPCNT
bool hasPopcnt() {
    return false;
}
#endif

using Found = std::vector<std::uint32_t>;

/// The indices in `hashes` of those close to `hash`, appended.
void findClose(std::span<const std::uint64_t> hashes, std::uint64_t hash, int distance, Found &found) {
    for (std::size_t i = 0; i < hashes.size(); ++i)
        if (std::popcount(hashes[i] ^ hash) <= distance)
            found.push_back(static_cast<std::uint32_t>(i));
}

SIMCLR_POPCNT void findCloseFast(std::span<const std::uint64_t> hashes, std::uint64_t hash, int distance,
                                 Found &found) {
    for (std::size_t i = 0; i < hashes.size(); ++i)
        if (__builtin_popcountll(hashes[i] ^ hash) <= distance)
            found.push_back(static_cast<std::uint32_t>(i));
}

/// The search in rows of tiles: each row is one tile of second indices with all tiles before it.
class TiledSearch {
  public:
    using Accept = std::function<bool(std::uint32_t, std::uint32_t)>;

    TiledSearch(std::span<const std::uint64_t> hashes, const ClosePairOptions &options, const Accept &accept)
        : m_hashes(hashes), m_options(options), m_accept(accept) {}

    std::vector<IndexPair> row(std::size_t tile, const std::stop_token &stop) const {
        const std::size_t begin = tile * tileSize;
        const std::size_t end = std::min(begin + tileSize, m_hashes.size());
        std::vector<IndexPair> pairs;
        for (std::size_t before = 0; before <= begin && !stop.stop_requested(); before += tileSize)
            for (std::size_t second = begin; second < end; ++second)
                compare(before, second, pairs);
        std::ranges::sort(pairs, {},
                          [](const IndexPair &pair) { return std::pair(pair.second, pair.first); });
        return pairs;
    }

  private:
    /// With those of the tile that starts at `before`, and only with those before `second`.
    void compare(std::size_t before, std::size_t second, std::vector<IndexPair> &pairs) const {
        const std::size_t count = std::min(tileSize, second - std::min(before, second));
        Found found;
        (m_isFast ? findCloseFast : findClose)(m_hashes.subspan(before, count), m_hashes[second],
                                               m_options.distance, found);
        for (const std::uint32_t i : found)
            if (pairs.size() <= m_options.most &&
                m_accept(static_cast<std::uint32_t>(before) + i, static_cast<std::uint32_t>(second)))
                pairs.push_back({static_cast<std::uint32_t>(before) + i, static_cast<std::uint32_t>(second)});
    }

    std::span<const std::uint64_t> m_hashes;
    const ClosePairOptions &m_options;
    const Accept &m_accept;
    bool m_isFast = hasPopcnt();
};

void take(ClosePairs &all, const std::vector<IndexPair> &part, std::size_t most) {
    const std::size_t room = most - all.pairs.size();
    all.isCut = all.isCut || part.size() > room;
    std::copy_n(part.begin(), std::min(room, part.size()), std::back_inserter(all.pairs));
}

} // namespace

std::optional<ClosePairs> closePairs(std::span<const std::uint64_t> hashes, const ClosePairOptions &options,
                                     const std::function<bool(std::uint32_t, std::uint32_t)> &accept,
                                     const std::stop_token &stop) {
    const TiledSearch search(hashes, options, accept);
    const std::size_t tiles = (hashes.size() + tileSize - 1) / tileSize;
    const std::size_t atOnce = 4 * static_cast<std::size_t>(coreCount());
    ClosePairs all;
    for (std::size_t first = 0; first < tiles && !all.isCut; first += atOnce) {
        std::vector<std::vector<IndexPair>> rows(std::min(atOnce, tiles - first));
        parallelFor(rows.size(), options.threads,
                    [&](std::size_t i) { rows[i] = search.row(first + i, stop); });
        if (stop.stop_requested())
            return std::nullopt;
        for (const std::vector<IndexPair> &row : rows)
            take(all, row, options.most);
        options.progress(std::min(hashes.size(), (first + rows.size()) * tileSize));
    }
    return all;
}

} // namespace simclr
