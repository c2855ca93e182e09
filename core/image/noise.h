// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <cstdint>

namespace simclr {

/// Adds to every level of `image` its own normally distributed number of mean 0 and standard deviation
/// `sigma` levels (0…128), then rounds and clips to 0…255. Equal seeds give equal noise on every machine:
/// level i takes its random bits from a counter (SplitMix64: Steele, Lea and Flood, OOPSLA 2014), and the
/// normal number is the sum of two from a table of 4096 equally likely ones, in whole numbers; it reaches to
/// 5 σ. No sigma leaves the picture as it is.
void addGaussianNoise(Image &image, double sigma, std::uint64_t seed);

} // namespace simclr
