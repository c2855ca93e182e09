// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/view_renderer.h"
#include "core/data/dataset.h"

#include <memory>

namespace simclr {

/// Views of each of N images: two, unless LoaderOptions asks for another number.
struct ViewBatch {
    std::int64_t index = 0;             ///< of the batch in its epoch, from 0
    std::vector<std::uint32_t> samples; ///< N dataset indices
    std::vector<std::uint8_t>
        pixels; ///< views · N × side × side × 3: first all first views, then all second ones
};

struct LoaderOptions {
    std::uint32_t batch = 256; ///< N
    int threads = 1;
    int prefetch = 3; ///< batches that may wait, finished or being drawn, at least one a thread
    /// Bytes of waiting batches beyond the two that are always there: one in use and one being drawn.
    std::uint64_t memoryBudget = std::uint64_t{1} << 30;
    std::uint64_t seed = 1;
    std::uint16_t views = 2; ///< of each image; 1 for labelled training
};

/// Draws the batches of an epoch in background threads of its own and hands them over in order. What it hands
/// over depends on seed, epoch and pipeline alone, not on the number of threads, which share large batches
/// piece by piece. The last, incomplete batch of an epoch is dropped: batch norm and the number of negatives
/// need full ones. Used from one thread.
///
/// Memory: views · N · side² · 3 bytes a batch, for the batch in use, the one being drawn, and as many more,
/// up to the larger of `prefetch` and `threads`, as LoaderOptions::memoryBudget has room for. N 4096 at 224
/// px takes 2.5 GB, N 256 at 32 px 1.5 MB a batch.
class TwoViewLoader {
  public:
    /// `samples` are dataset indices; there must be at least options.batch of them, else InvalidInput is
    /// thrown. Takes the memory for all of them; throws std::bad_alloc.
    TwoViewLoader(DatasetPtr dataset, std::vector<std::uint32_t> samples, ViewRenderer renderer,
                  LoaderOptions options);
    /// Stops the threads and waits for them.
    ~TwoViewLoader();

    std::int64_t batchesPerEpoch() const;

    /// Starts to draw `epoch` from its batch `firstBatch`; what was under way is given up, after the images
    /// that threads are just drawing.
    void startEpoch(std::uint32_t epoch, std::int64_t firstBatch = 0);

    /// The next batch, waiting for it; nullptr after the last of the epoch. Valid until the next call.
    /// Rethrows what went wrong in a loader thread with this batch.
    const ViewBatch *next();

    /// Seconds that calls of next() have waited for a batch, in all.
    double secondsWaited() const;

    /// Samples found broken since the last call. In a batch, another sample of the same epoch stood in for
    /// each.
    std::vector<BrokenFile> takeBroken();

    /// Order of the samples in an epoch, a permutation of `samples`.
    static std::vector<std::uint32_t> epochOrder(std::vector<std::uint32_t> samples, std::uint64_t seed,
                                                 std::uint32_t epoch);

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace simclr
