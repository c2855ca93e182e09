// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/feature_table.h"
#include "core/store/records.h"
#include "ui/runs/explore/feature_cache.h"

#include <QString>
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

namespace simclr::ui {

/// What images are compared by.
enum class ComparedBy {
    H,         ///< the encoder's output
    Z,         ///< the output of the projection head
    Thumbnails ///< no encoder: 16 × 16 pixels
};

struct DuplicateRequest {
    RunRecord run; ///< whose images, splits and encoder
    ComparedBy by = ComparedBy::H;
    double threshold = 0.98;
    bool onlyLeaks = false;
    std::string device; ///< as in FeatureRequest
    /// Called in the thread of the search.
    std::function<void(std::size_t done, std::size_t all)> progress = [](std::size_t, std::size_t) {};
};

/// Two images that are nearly equal.
struct ImagePair {
    std::uint32_t first = 0; ///< indices in the dataset
    std::uint32_t second = 0;
    ImageSplit firstSplit = ImageSplit::None;
    ImageSplit secondSplit = ImageSplit::None;
    float cosine = 0;
    bool isLeak = false; ///< what is measured on one was seen in the other
};

struct DuplicateAnswer {
    DatasetPtr images;
    std::vector<ImagePair> pairs; ///< the most similar first, at most 100,000
    std::size_t compared = 0;     ///< images
    std::uint64_t found = 0;      ///< all pairs above the threshold
    std::size_t unreadable = 0;   ///< images that were left out
    bool areRunImages = true;     ///< not changed since the training
    QString remark;               ///< a sentence on a damaged checkpoint
    QString problem;              ///< a sentence
};

using DuplicatesPtr = std::shared_ptr<const DuplicateAnswer>;

/// Computes features unless they are kept, and searches; takes long. Returns a problem instead of throwing,
/// and nullptr if `stop` was requested.
DuplicatesPtr findDuplicates(const DuplicateRequest &request, FeatureCache &features, DatasetCache &images,
                             const std::stop_token &stop);

} // namespace simclr::ui
