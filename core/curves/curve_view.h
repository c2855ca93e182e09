// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace simclr {

/// A curve that somebody else owns: `xs` ascending and finite, `ys` of the same length. A value that is not
/// finite is a gap: no line is drawn to it or from it.
struct CurveView {
    std::span<const double> xs;
    std::span<const double> ys;
};

} // namespace simclr
