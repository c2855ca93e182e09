// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/operation.h"

#include <utility>

namespace simclr {

/// An operation that computes a new image from the old one: only applyTo() has to be written, and it must not
/// apply other operations.
struct Redrawing : Operation {
    void apply(Image &image, RandomStream &draws, int viewSize) const final {
        thread_local Image target;
        applyTo(image, target, draws, viewSize);
        std::swap(image, target);
    }

    void applyTo(const Image &source, Image &target, RandomStream &draws, int viewSize) const override = 0;
};

} // namespace simclr
