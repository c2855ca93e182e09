// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/operation.h"
#include "core/augment/pipeline.h"

#include <array>
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

/// What one step did to one view.
struct TracedStep {
    std::size_t step = 0;   ///< index among the steps of the view's branch
    bool isApplied = false; ///< chance let it
    DrawLog drawn;          ///< what it drew; empty where it was not applied
    Image after;            ///< the picture behind it
};

/// What drawing one view took.
struct ViewCost {
    double seconds = 0;              ///< in all, its size made right included
    std::vector<double> stepSeconds; ///< of each step that is switched on; 0 where chance left it out
};

/// A pipeline made executable. Both the preview and the training loader draw views with it, so equal keys
/// give equal bytes in both. Immutable: one object serves any number of threads.
class ViewRenderer {
  public:
    /// Views are viewSize × viewSize pixels. Throws InvalidInput as checkPipeline() does.
    ViewRenderer(const Pipeline &pipeline, int viewSize);

    int viewSize() const { return m_viewSize; }

    /// Draws the view `key` of `source` into `view`; view 1 by the second branch where there is one. A
    /// pipeline that leaves another size is followed by the centre square, so that every view is viewSize ×
    /// viewSize.
    void render(const Image &source, const ViewKey &key, Image &view) const;

    /// The same view step by step; those that are switched off are left out. render() gives what is behind
    /// the last one, as its centre square where it has another size.
    std::vector<TracedStep> trace(const Image &source, const ViewKey &key) const;

    /// render() by the clock. Where `drawn` is given, it is told what the step with the index `told` drew.
    ViewCost renderTimed(const Image &source, const ViewKey &key, Image &view, std::size_t told = 0,
                         DrawLog *drawn = nullptr) const;
    /// Index of each step that is switched on among the steps of the pipeline.
    std::vector<std::size_t> stepsOf(int view) const;

  private:
    struct Step {
        std::size_t index;
        double probability;
        std::shared_ptr<const Operation> operation;
    };
    using Branch = std::vector<Step>;

    /// Goes through the steps of the view `key`, each of which `visit(step, isApplied, draws, apply)` applies
    /// to `view` where chance lets it. Gives whether any was.
    template <typename Visit>
    bool walk(const Image &source, const ViewKey &key, Image &view, Visit visit) const;

    void makeSquare(Image &view) const;
    const Branch &branchOf(const ViewKey &key) const { return m_branches[key.view == 1 ? 1 : 0]; }

    std::array<Branch, 2> m_branches;
    int m_viewSize;
};

} // namespace simclr
