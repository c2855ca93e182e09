// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/near_duplicates.h"

#include "core/embed/row_products.h"
#include "core/embed/tiles.h"
#include "core/layout/neighbours.h"
#include "core/model/linear_classifier.h"
#include "core/util/parallel.h"

#include <algorithm>

namespace simclr {

namespace {

bool isMoreSimilar(const SimilarPair &one, const SimilarPair &other) {
    if (one.cosine != other.cosine)
        return one.cosine > other.cosine;
    return std::pair(one.first, one.second) < std::pair(other.first, other.second);
}

/// The search for pairs in tiles, from left to right below the diagonal.
class PairSearch {
  public:
    PairSearch(const FeatureTable &table, const DuplicateOptions &options)
        : m_table(table), m_options(options), m_tiles(unitRows(tensorOf(table))) {}

    bool search(const std::stop_token &stop) {
        for (std::size_t first = 0; first < m_tiles.count(); ++first) {
            if (stop.stop_requested())
                return false;
            std::vector<NearDuplicates> parts(m_tiles.count() - first);
            parallelFor(parts.size(), m_options.threads,
                        [&](std::size_t i) { parts[i] = compare(first, first + i); });
            for (const NearDuplicates &part : parts)
                take(part);
        }
        return true;
    }

    /// The pairs in order, with cosines in double precision.
    NearDuplicates result() && {
        for (SimilarPair &pair : m_result.pairs)
            pair.cosine = static_cast<float>(
                1 - distanceOf(FeatureDistance::Cosine, m_table.row(pair.first), m_table.row(pair.second)));
        std::ranges::sort(m_result.pairs, isMoreSimilar);
        return std::move(m_result);
    }

  private:
    NearDuplicates compare(std::size_t first, std::size_t second) const {
        const torch::NoGradGuard noGrad;
        const OneThread oneThread;
        const torch::Tensor cosines = rowProducts(m_tiles[second], m_tiles[first]);
        NearDuplicates part;
        for (std::size_t j = 0; j < m_tiles.rowsOf(second); ++j)
            scan({cosines.data_ptr<float>() + j * m_tiles.rowsOf(first), m_tiles.rowsOf(first)},
                 Tiles::begin(first), Tiles::begin(second) + j, part);
        trim(part);
        return part;
    }

    /// The cosines of row `second` with the rows from `begin`, of which those before `second` count.
    void scan(std::span<const float> cosines, std::size_t begin, std::size_t second,
              NearDuplicates &part) const {
        const std::size_t count = second < begin + cosines.size() ? second - begin : cosines.size();
        const auto threshold = static_cast<float>(m_options.threshold);
        for (std::size_t i = 0; i < count; ++i) {
            if (cosines[i] <= threshold)
                continue;
            const SimilarPair pair{static_cast<std::uint32_t>(begin + i), static_cast<std::uint32_t>(second),
                                   cosines[i]};
            if (m_options.onlyLeaks && !isLeak(m_table, pair))
                continue;
            ++part.found;
            part.pairs.push_back(pair);
        }
    }

    void take(const NearDuplicates &part) {
        m_result.found += part.found;
        m_result.pairs.insert(m_result.pairs.end(), part.pairs.begin(), part.pairs.end());
        trim(m_result);
    }

    void trim(NearDuplicates &list) const {
        if (list.pairs.size() <= m_options.most)
            return;
        std::ranges::nth_element(list.pairs, list.pairs.begin() + static_cast<std::ptrdiff_t>(m_options.most),
                                 isMoreSimilar);
        list.pairs.resize(m_options.most);
    }

    const FeatureTable &m_table;
    const DuplicateOptions &m_options;
    Tiles m_tiles;
    NearDuplicates m_result;
};

} // namespace

bool isLeak(const FeatureTable &table, const SimilarPair &pair) {
    const ImageSplit first = table.splits[pair.first];
    const ImageSplit second = table.splits[pair.second];
    const auto isSeen = [](ImageSplit split) {
        return split == ImageSplit::Train || split == ImageSplit::Learn;
    };
    return first != second && first != ImageSplit::None && second != ImageSplit::None &&
           !(isSeen(first) && isSeen(second));
}

std::optional<NearDuplicates> nearDuplicates(const FeatureTable &table, const DuplicateOptions &options,
                                             const std::stop_token &stop) {
    requireUsable(table);
    return onProcessor([&]() -> std::optional<NearDuplicates> {
        PairSearch search(table, options);
        if (!search.search(stop))
            return std::nullopt;
        return std::move(search).result();
    });
}

} // namespace simclr
