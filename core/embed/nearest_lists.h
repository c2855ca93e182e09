// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace simclr {

/// For each of some rows the best candidates so far: those of the highest score, of equal ones the smaller
/// row. The result does not depend on the order in which candidates are offered.
class NearestLists {
  public:
    struct Candidate {
        float score = -std::numeric_limits<float>::infinity();
        std::uint32_t row = std::numeric_limits<std::uint32_t>::max(); ///< of the table; the largest: none
    };

    NearestLists(std::size_t lists, std::size_t k)
        : m_k(k), m_candidates(lists * k), m_worst(lists, -std::numeric_limits<float>::infinity()) {}

    /// Candidates below this score are not among the best.
    float worst(std::size_t list) const { return m_worst[list]; }

    void offer(std::size_t list, const Candidate &candidate) {
        Candidate *first = m_candidates.data() + list * m_k;
        std::size_t place = m_k;
        while (place > 0 && isBetter(candidate, first[place - 1]))
            --place;
        if (place == m_k)
            return;
        for (std::size_t i = m_k - 1; i > place; --i)
            first[i] = first[i - 1];
        first[place] = candidate;
        m_worst[list] = first[m_k - 1].score;
    }

    std::span<const Candidate> of(std::size_t list) const { return {m_candidates.data() + list * m_k, m_k}; }

  private:
    static bool isBetter(const Candidate &one, const Candidate &other) {
        return one.score > other.score || (one.score == other.score && one.row < other.row);
    }

    std::size_t m_k;
    std::vector<Candidate> m_candidates; ///< (lists, k), best first
    std::vector<float> m_worst;
};

} // namespace simclr
