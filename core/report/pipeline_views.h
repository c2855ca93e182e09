// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"
#include "core/data/dataset.h"
#include "core/image/image.h"
#include "core/store/records.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace simclr {

/// Opens the images of a run; throws an Error if they are not available.
using OpenImages = std::function<DatasetPtr(const DatasetRecord &)>;

/// An image and its two views.
struct ShownViews {
    std::string name; ///< of the image
    Image original;
    Image first;
    Image second;
};

/// A few images of a run with the views that training renders of them in its first epoch, or why there are
/// none.
struct RenderedViews {
    std::vector<ShownViews> images;
    std::string remark; ///< one sentence; empty if there is nothing to say
};

/// `count` images, balanced over the classes, that the dataset does not reserve for testing, rendered at the
/// size of the run's views with the random numbers of `seed`. Images that cannot be read are left out; if
/// there are none, the remark says why. Throws Interrupted if `stop` is requested.
RenderedViews renderViews(const RunRecord &run, const Pipeline &pipeline, std::uint64_t seed,
                          const OpenImages &open, std::uint32_t count, const std::stop_token &stop);

} // namespace simclr
