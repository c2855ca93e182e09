// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <span>
#include <vector>

namespace simclr {

/// Trivial signatures by which a network could match two views without learning their content.
using Signature = std::vector<float>;

/// Histogram over 8 × 8 × 8 bins of RGB, each pixel distributed over its nearest bins (trilinear); sums to 1.
/// Crops of one image have similar histograms (section 3.1, Fig. 6).
Signature colorHistogram(const Image &image);

/// Grey levels of 8 × 8 areas, minus their mean and divided by their norm, so that brightness and contrast do
/// not matter; all zero for an image of a single grey.
Signature greyThumbnail(const Image &image);

/// Fraction of `first` whose nearest neighbour in `second` has the same index. Distances are sums of absolute
/// differences; ties share the hit equally. Chance is 1 / n. Both hold n signatures of one length. In [0, 1];
/// 0 if they are empty.
double pairsFound(std::span<const Signature> first, std::span<const Signature> second);

} // namespace simclr
