// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <span>
#include <vector>

namespace simclr {

/// What a network could know a picture by without having learnt anything about it.
using Signature = std::vector<float>;

/// Histogram over 8 × 8 × 8 boxes of RGB, each pixel shared out among its nearest boxes; sums to 1. Crops of
/// one image resemble each other in it (section 3.1, Fig. 6).
Signature colorHistogram(const Image &image);

/// Grey levels of 8 × 8 areas, less their mean and divided by their length, so that brightness and contrast
/// do not matter; all zero where the picture is of one grey.
Signature greyThumbnail(const Image &image);

/// How often, among `first`, the nearest of all `second` is the one with the same index. Distances are sums
/// of absolute differences; of several at the same distance each counts as a part. Chance is 1 / n. Both hold
/// n signatures of one length. In [0, 1]; 0 where there are none.
double pairsFound(std::span<const Signature> first, std::span<const Signature> second);

} // namespace simclr
