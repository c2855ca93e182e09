// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/torch.h"

#include <vector>

namespace simclr {

/// The rows of a matrix in tiles of equal height, the last one lower.
class Tiles {
  public:
    static constexpr std::size_t height = 1024;

    /// `rows` (n, d), fp32.
    explicit Tiles(const torch::Tensor &rows) : m_tiles(rows.split(height)) {}

    std::size_t count() const { return m_tiles.size(); }
    const torch::Tensor &operator[](std::size_t tile) const { return m_tiles[tile]; }
    std::size_t rowsOf(std::size_t tile) const { return static_cast<std::size_t>(m_tiles[tile].size(0)); }
    /// The first row of a tile.
    static std::size_t begin(std::size_t tile) { return tile * height; }

  private:
    std::vector<torch::Tensor> m_tiles;
};

} // namespace simclr
