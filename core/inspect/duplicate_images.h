// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/layout/feature_table.h"

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace simclr {

/// What findDuplicateImages() is doing.
enum class DuplicateStage {
    Reading,   ///< all images, once
    Comparing, ///< their hashes
    Confirming ///< the pairs found, image by image
};

struct DuplicateImageOptions {
    /// Most bits in which the perceptual hashes of a candidate differ, of 64; a larger value finds stronger
    /// changes, and takes longer.
    int distance = 14;
    /// Smallest similarity of a pair, see similarityOf(), (0, 1]; 1: equal images only. Of the pairs found in
    /// CIFAR-10, nearly all above 0.7 show the same picture, and half of those around 0.6.
    double similarity = 0.7;
    std::size_t most = 1'000'000; ///< candidates; the search ends there
    int threads = 0;              ///< 0: one per core; has no effect on the result
    /// Called from one thread with the number of finished images or pairs, and of all.
    std::function<void(DuplicateStage, std::size_t, std::size_t)> progress = [](DuplicateStage, std::size_t,
                                                                                std::size_t) {};
};

/// Two samples; first < second.
struct DuplicatePair {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    double similarity = 0; ///< 1 for equal images
    bool isExact = false;  ///< all pixels are equal

    bool operator==(const DuplicatePair &) const = default;
};

struct DuplicateImages {
    std::vector<DuplicatePair> pairs; ///< sorted; of equal images, each with the first one
    /// Samples that are connected by pairs, in ascending order; the groups by their first sample.
    std::vector<std::vector<std::uint32_t>> groups;
    std::size_t compared = 0;       ///< images
    std::vector<BrokenFile> broken; ///< images that cannot be read, at most the first 1000
    std::size_t brokenCount = 0;
    bool isCut = false; ///< there are more pairs
};

/// Finds images that are equal, or equal but for their size, brightness, contrast, tint, compression, a small
/// shift or crop. Candidates have perceptual hashes with a small Hamming distance (picture_sketch.h); a pair
/// is confirmed by the correlation of the two images at 32 × 32 pixels, of shifts by up to two pixels the
/// best. Mirrored and rotated images are not found. Of equal images only the first is compared with others.
/// Memory: some 230 bytes per image. Nothing if `stop` was requested. Throws IoError if no image can be read.
std::optional<DuplicateImages> findDuplicateImages(const Dataset &dataset,
                                                   const DuplicateImageOptions &options,
                                                   const std::stop_token &stop = {});

/// How many pairs and images are concerned, by split.
struct DuplicateCounts {
    static constexpr auto splits = static_cast<std::size_t>(ImageSplit::None) + 1;
    /// Pairs by the splits of their images, the lower one first: pairs[Train][Test].
    std::size_t pairs[splits][splits] = {};
    std::size_t exact = 0;       ///< pairs of equal images
    std::size_t surplus = 0;     ///< images of groups, without the first of each
    std::size_t testInTrain = 0; ///< test images in a group with an image that is trained on
    std::size_t validationInTrain = 0;
    std::size_t testInValidation = 0;

    std::size_t of(ImageSplit one, ImageSplit other) const;
    /// Pairs of images in different splits.
    std::size_t leaks() const;
};

/// `splitOfEach` has an entry for each sample of the dataset.
DuplicateCounts countDuplicates(const DuplicateImages &found, std::span<const ImageSplit> splitOfEach);

/// Whether a group has images that are trained on and others that are held out.
bool isLeak(std::span<const std::uint32_t> group, std::span<const ImageSplit> splitOfEach);

/// Which images of the groups to leave out.
/// What is left is split again, so that equal labelled images which are in one split now may be in two then:
/// whichever is chosen, no group has images that a later run could both train on and hold out.
enum class LeaveOut {
    /// All but one of each group; test images are kept first, then labelled ones.
    AllButOne,
    /// Those in training, if others are held out. The test images of the source are kept, or one image that
    /// could be held out, or, if all are only learned from, these.
    TrainingCopies,
    /// Those in validation and test, if others are trained on. One labelled training image is kept, or the
    /// images that are only learned from, or, if all are test images of the source, these.
    HeldOutCopies
};

/// In ascending order.
std::vector<std::uint32_t> samplesToLeaveOut(const DuplicateImages &found, const Dataset &dataset,
                                             std::span<const ImageSplit> splitOfEach, LeaveOut which);

} // namespace simclr
