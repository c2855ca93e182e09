// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace simclr {

/// Adjusted p values of several comparisons, in their order (Holm 1979): deciding each one at level α keeps
/// the probability of any false decision below α, whatever depends on what. The k-th smallest of m values
/// becomes max over j ≤ k of min(1, (m − j + 1) p₍ⱼ₎). NaN stays NaN and is not counted in m.
std::vector<double> holmAdjusted(std::span<const double> p);

} // namespace simclr
