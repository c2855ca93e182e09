// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace simclr::ui {

/// Some samples of a dataset: one bit per sample.
class SampleSet {
  public:
    SampleSet() = default;
    explicit SampleSet(std::size_t samples) : m_bits(samples) {}

    std::size_t count() const { return m_count; }
    bool contains(std::uint32_t sample) const { return sample < m_bits.size() && m_bits[sample]; }
    void set(std::uint32_t sample, bool isIn) {
        if (sample >= m_bits.size() || m_bits[sample] == isIn)
            return;
        m_bits[sample] = isIn;
        m_count += isIn ? 1 : std::size_t(-1);
    }
    void clear() {
        if (m_count > 0)
            std::fill(m_bits.begin(), m_bits.end(), false);
        m_count = 0;
    }
    /// In ascending order.
    std::vector<std::uint32_t> samples() const {
        std::vector<std::uint32_t> list;
        list.reserve(m_count);
        for (std::uint32_t sample = 0; sample < m_bits.size() && list.size() < m_count; ++sample)
            if (m_bits[sample])
                list.push_back(sample);
        return list;
    }

  private:
    std::vector<bool> m_bits;
    std::size_t m_count = 0;
};

} // namespace simclr::ui
