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

/// The effect of one step on one view.
struct TracedStep {
    std::size_t step = 0;   ///< index among the steps of the view's branch
    bool isApplied = false; ///< sampled with the step's probability
    SampleLog sampled;      ///< the sampled parameters; empty if it was not applied
    Image after;            ///< the image after the step
};

/// The time of rendering one view.
struct ViewCost {
    double seconds = 0;              ///< in total, including the final resize
    std::vector<double> stepSeconds; ///< of each enabled step; 0 if it was not applied
};

/// An executable pipeline. Both the preview and the training loader render views with it, so equal keys
/// give equal bytes in both. Immutable: one object serves any number of threads.
class ViewRenderer {
  public:
    /// Views are viewSize × viewSize pixels. Throws InvalidInput as checkPipeline() does.
    ViewRenderer(const Pipeline &pipeline, int viewSize);

    int viewSize() const { return m_viewSize; }

    /// Renders the view `key` of `source` into `view`; view 1 with the second branch if there is one. A
    /// result of another size is converted by centerSquare(), so that every view is viewSize × viewSize.
    void render(const Image &source, const ViewKey &key, Image &view) const;

    /// The same view step by step, without disabled steps. render() gives the image after the last one,
    /// converted by centerSquare() if it has another size.
    std::vector<TracedStep> trace(const Image &source, const ViewKey &key) const;

    /// render() with timing. If `sampled` is given, it receives the parameters sampled by the step with the
    /// index `told`.
    ViewCost renderTimed(const Image &source, const ViewKey &key, Image &view, std::size_t told = 0,
                         SampleLog *sampled = nullptr) const;
    /// Index of each enabled step among the steps of the pipeline.
    std::vector<std::size_t> stepsOf(int view) const;

  private:
    struct Step {
        std::size_t index;
        double probability;
        std::shared_ptr<const Operation> operation;
    };
    using Branch = std::vector<Step>;

    /// Visits the steps of the view `key`; `visit(step, isApplied, draws, apply)` applies each to `view` if
    /// it was sampled. Returns whether any was applied.
    template <typename Visit>
    bool walk(const Image &source, const ViewKey &key, Image &view, Visit visit) const;

    void makeSquare(Image &view) const;
    const Branch &branchOf(const ViewKey &key) const { return m_branches[key.view == 1 ? 1 : 0]; }

    std::array<Branch, 2> m_branches;
    int m_viewSize;
};

} // namespace simclr
