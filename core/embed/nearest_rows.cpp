// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/nearest_rows.h"

#include "core/embed/nearest_lists.h"
#include "core/embed/row_products.h"
#include "core/embed/tiles.h"
#include "core/layout/map_random.h"
#include "core/model/linear_classifier.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <numeric>

namespace simclr {

namespace {

/// A random order of the rows, so that the first tile is a fair sample of all.
std::vector<std::uint32_t> randomOrder(std::size_t rows, std::uint64_t seed) {
    std::vector<std::uint32_t> order(rows);
    std::iota(order.begin(), order.end(), 0u);
    RandomStream random = mapRandom(seed, MapDraw::Order);
    random.shuffle(order);
    return order;
}

/// The rows in this order: unit vectors for the cosine, centred for Euclidean distances, whose products would
/// otherwise lose their digits.
torch::Tensor prepared(const FeatureTable &table, const std::vector<std::uint32_t> &order,
                       FeatureDistance distance) {
    const torch::Tensor rows = tensorOf(table);
    const std::vector<std::int64_t> indices(order.begin(), order.end());
    const torch::Tensor ordered = rows.index_select(0, torch::tensor(indices, torch::kInt64));
    return distance == FeatureDistance::Cosine
               ? unitRows(ordered)
               : ordered - rows.mean(0, false, torch::kFloat64).to(torch::kFloat32);
}

/// What is subtracted from products so that higher scores are nearer: ‖b‖² / 2, or 0 for the cosine.
std::vector<float> offsetsOf(const torch::Tensor &rows, FeatureDistance distance) {
    std::vector<float> offsets(static_cast<std::size_t>(rows.size(0)), 0);
    if (distance == FeatureDistance::Cosine)
        return offsets;
    const torch::Tensor halves = ((rows * rows).sum(1) / 2).contiguous();
    std::copy_n(halves.data_ptr<float>(), offsets.size(), offsets.begin());
    return offsets;
}

} // namespace

/// Positions are places in the random order.
class NeighbourSearch::Search {
  public:
    Search(const FeatureTable &table, const NeighbourOptions &options)
        : m_table(table),
          m_options(options),
          m_order(randomOrder(table.rows(), options.seed)),
          m_rows(prepared(table, m_order, options.distance)),
          m_offsets(offsetsOf(m_rows, options.distance)),
          m_tiles(m_rows),
          m_k(std::min({options.k, table.rows() - 1, Tiles::height - 1})),
          m_best(table.rows(), m_k) {}

    bool step() {
        if (m_done == m_tiles.count() || m_k == 0)
            return false;
        std::vector<NearestLists> ofFirst(m_tiles.count() - m_done,
                                          NearestLists(m_tiles.rowsOf(m_done), m_k));
        parallelFor(ofFirst.size(), m_options.threads,
                    [&](std::size_t i) { compare(m_done, m_done + i, ofFirst[i]); });
        for (const NearestLists &part : ofFirst)
            take(part);
        ++m_done;
        return true;
    }

    int steps() const { return m_k == 0 ? 0 : static_cast<int>(m_tiles.count()); }
    int stepsDone() const { return static_cast<int>(m_done); }

    NeighbourTable table() const {
        NeighbourTable result;
        result.k = m_k;
        result.flat.resize(m_table.rows() * m_k);
        parallelFor(m_tiles.count(), m_options.threads, [&](std::size_t tile) {
            const std::size_t begin = Tiles::begin(tile);
            for (std::size_t position = begin; position < begin + m_tiles.rowsOf(tile); ++position)
                describe(position, result);
        });
        return result;
    }

  private:
    /// Every row of the tile `second` with every row of `first`, both ways. The lists of `second` belong to
    /// this call alone; those of `first` are shared with other calls, so that `ofFirst` receives its
    /// candidates.
    void compare(std::size_t first, std::size_t second, NearestLists &ofFirst) {
        const torch::NoGradGuard noGrad;
        const OneThread oneThread;
        const torch::Tensor products = rowProducts(m_tiles[second], m_tiles[first]);
        for (std::size_t j = 0; j < m_tiles.rowsOf(second); ++j)
            scan({products.data_ptr<float>() + j * m_tiles.rowsOf(first), m_tiles.rowsOf(first)}, first,
                 Tiles::begin(second) + j, first == second, ofFirst);
    }

    /// The products of the row at `position` with the rows of the tile `first`. Within a tile the products
    /// are there both ways, so that only one way is used.
    void scan(std::span<const float> products, std::size_t first, std::size_t position, bool isWithin,
              NearestLists &ofFirst) {
        const std::size_t begin = Tiles::begin(first);
        const float own = m_offsets[position];
        for (std::size_t i = 0; i < products.size(); ++i) {
            const float score = products[i] - m_offsets[begin + i];
            if (score >= m_best.worst(position) && begin + i != position)
                m_best.offer(position, {score, m_order[begin + i]});
            const float reverse = products[i] - own;
            if (!isWithin && reverse >= ofFirst.worst(i))
                ofFirst.offer(i, {reverse, m_order[position]});
        }
    }

    void take(const NearestLists &part) {
        for (std::size_t i = 0; i < m_tiles.rowsOf(m_done); ++i)
            for (const NearestLists::Candidate &candidate : part.of(i))
                if (candidate.score >= m_best.worst(Tiles::begin(m_done) + i))
                    m_best.offer(Tiles::begin(m_done) + i, candidate);
    }

    /// Products round; the distances that are reported and sorted by are exact.
    void describe(std::size_t position, NeighbourTable &result) const {
        const std::uint32_t row = m_order[position];
        Neighbour *first = result.flat.data() + row * m_k;
        std::size_t i = 0;
        for (const NearestLists::Candidate &candidate : m_best.of(position))
            first[i++] = {candidate.row, static_cast<float>(distanceOf(m_options.distance, m_table.row(row),
                                                                       m_table.row(candidate.row)))};
        std::sort(first, first + m_k, isNearer);
    }

    const FeatureTable &m_table;
    NeighbourOptions m_options;
    std::vector<std::uint32_t> m_order; ///< row at each position
    torch::Tensor m_rows;               ///< (n, d), by position
    std::vector<float> m_offsets;       ///< by position
    Tiles m_tiles;
    std::size_t m_k;
    NearestLists m_best; ///< by position
    std::size_t m_done = 0;
};

NeighbourSearch::NeighbourSearch(const FeatureTable &table, const NeighbourOptions &options) {
    requireUsable(table);
    m_search = onProcessor([&] { return std::make_unique<Search>(table, options); });
}

NeighbourSearch::~NeighbourSearch() = default;

bool NeighbourSearch::step() {
    return onProcessor([&] { return m_search->step(); });
}

int NeighbourSearch::steps() const {
    return m_search->steps();
}

int NeighbourSearch::stepsDone() const {
    return m_search->stepsDone();
}

NeighbourTable NeighbourSearch::table() const {
    return m_search->table();
}

std::optional<NeighbourTable> nearestRows(const FeatureTable &table, const NeighbourOptions &options,
                                          const std::stop_token &stop) {
    NeighbourSearch search(table, options);
    while (!stop.stop_requested())
        if (!search.step())
            return search.table();
    return std::nullopt;
}

} // namespace simclr
