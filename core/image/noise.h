// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <cstdint>

namespace simclr {

/// Adds independent Gaussian noise of mean 0 and standard deviation `sigma` levels (0…128) to every level of
/// `image`, then rounds and clips to 0…255. Equal seeds give equal noise on every machine: level i takes its
/// random bits from a counter (SplitMix64: Steele, Lea and Flood, OOPSLA 2014), and the normal number is the
/// sum of two from a table of 4096 equally likely ones, in integer arithmetic; it reaches 5 σ. A sigma of 0
/// leaves the image unchanged.
void addGaussianNoise(Image &image, double sigma, std::uint64_t seed);

} // namespace simclr
