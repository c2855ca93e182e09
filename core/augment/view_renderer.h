// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/operation.h"
#include "core/augment/pipeline.h"

#include <memory>
#include <vector>

namespace simclr {

/// Names one view: the seed of the run, the epoch, the sample's index in its dataset, and which of the two
/// views.
struct ViewKey {
    std::uint64_t seed = 0;
    std::uint32_t epoch = 0;
    std::uint32_t sample = 0;
    std::uint16_t view = 0;
};

/// A pipeline made executable. Both the preview and the training loader draw views with it, so equal keys
/// give equal bytes in both. Immutable: one object serves any number of threads.
class ViewRenderer {
  public:
    /// Views are viewSize × viewSize pixels. Throws InvalidInput as checkPipeline() does.
    ViewRenderer(const Pipeline &pipeline, int viewSize);

    int viewSize() const { return m_viewSize; }

    /// Draws the view `key` of `source` into `view`. A pipeline that leaves another size is followed by the
    /// centre square, so that every view is viewSize × viewSize.
    void render(const Image &source, const ViewKey &key, Image &view) const;

  private:
    struct Step {
        double probability;
        std::shared_ptr<const Operation> operation;
    };

    std::vector<Step> m_steps;
    int m_viewSize;
};

} // namespace simclr
