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
    std::vector<std::uint8_t> pixels; ///< views · N × side × side × 3: all first views, then all second views
};

struct LoaderOptions {
    std::uint32_t batch = 256; ///< N
    int threads = 1;
    int prefetch = 3; ///< batches prepared in advance, finished or being rendered, at least one per thread
    /// Bytes of prepared batches beyond the two that always exist: one in use and one being rendered.
    std::uint64_t memoryBudget = std::uint64_t{1} << 30;
    std::uint64_t seed = 1;
    std::uint16_t views = 2; ///< of each image; 1 for labelled training
};

/// Renders the batches of an epoch in its own background threads and returns them in order. Their content
/// depends only on seed, epoch and pipeline, not on the number of threads, which share large batches piece by
/// piece. The last, incomplete batch of an epoch is dropped: batch norm and the number of negatives need full
/// ones. Used from one thread.
///
/// Memory: views · N · side² · 3 bytes per batch, for the batch in use, the one being rendered, and as many
/// more, up to the larger of `prefetch` and `threads`, as LoaderOptions::memoryBudget allows. A batch
/// takes 2.5 GB for N 4096 at 224 px, 1.5 MB for N 256 at 32 px.
class TwoViewLoader {
  public:
    /// `samples` are dataset indices; throws InvalidInput if there are fewer than options.batch. Allocates
    /// the memory of all batches; throws std::bad_alloc.
    TwoViewLoader(DatasetPtr dataset, std::vector<std::uint32_t> samples, ViewRenderer renderer,
                  LoaderOptions options);
    /// Stops the threads and waits for them.
    ~TwoViewLoader();

    std::int64_t batchesPerEpoch() const;

    /// Starts to render `epoch` from its batch `firstBatch`; the current epoch is abandoned, after the images
    /// that threads are working on.
    void startEpoch(std::uint32_t epoch, std::int64_t firstBatch = 0);

    /// Waits for the next batch; nullptr after the last of the epoch. Valid until the next call. Rethrows an
    /// exception of a loader thread for this batch.
    const ViewBatch *next();

    /// Total seconds that calls of next() have waited for a batch.
    double secondsWaited() const;

    /// Samples found broken since the last call. In a batch, each is replaced by another sample of the same
    /// epoch.
    std::vector<BrokenFile> takeBroken();

    /// Order of the samples in an epoch, a permutation of `samples`.
    static std::vector<std::uint32_t> epochOrder(std::vector<std::uint32_t> samples, std::uint64_t seed,
                                                 std::uint32_t epoch);

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace simclr
