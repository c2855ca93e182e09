// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

// The bytes of successive points of a curve, which are stored as one block. The steps, epochs and times are
// an axis, which all metrics measured at these steps share; each metric has a block of values.
//
// Axis (metric_axes.data): three packed sequences (packed_integers.h), one after another
//   steps    whole numbers, increasing
//   epochs   the bit patterns of the doubles
//   times    the bit patterns of the doubles
// Values (metric_blocks.data): one byte names the form
//   0  float32  4 bytes each, little-endian; only if every value of the block is exactly a float32
//   1  float64  8 bytes each, little-endian
//   2  packed   a packed sequence of the bit patterns of the doubles; for constant and smooth values
// The number of points is in the row, not in these bytes.
//
// Everything comes back bit for bit: NaN, infinities and −0.0, and times finer than a microsecond. An axis
// with a regular step takes about 5 bytes a step (epochs 1, times 3 to 4). zlib after a transposition of the
// bytes would save a third of float32 values and a fifth of float64; a day at 10 steps/s with ten metrics
// needs 44.5 MB of file without it (bench_store).

/// A block with more points is damaged; blocks are written with up to 1,120. It bounds the memory that a
/// hostile count can ask for.
inline constexpr std::size_t longestBlock = 2'048;

std::string axisBytes(std::span<const MetricPoint> points);
std::string valueBytes(std::span<const MetricPoint> points);

/// Throws DamagedRecord, with a reason that follows a colon ("it is truncated"), if the bytes are not those
/// of `count` points in the order of their steps.
std::vector<MetricPoint> blockPoints(std::string_view axis, std::string_view values, std::size_t count);

} // namespace simclr
