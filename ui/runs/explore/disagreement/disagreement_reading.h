// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/mcnemar.h"
#include "ui/runs/explore/gallery/gallery_item.h"
#include "ui/runs/explore/result_choice.h"

#include <array>
#include <memory>
#include <vector>

namespace simclr::ui {

/// Which of two runs predicts an image right.
enum class RightRuns { First, Second, None, Both };

/// The images that two runs were both evaluated on, by who is right.
struct DisagreementReading {
    std::array<std::vector<GalleryItem>, 4> items; ///< by RightRuns
    McNemar test;
    QString problem; ///< a sentence; then there are no images

    const std::vector<GalleryItem> &of(RightRuns right) const { return items[std::size_t(right)]; }
};

using DisagreementPtr = std::shared_ptr<const DisagreementReading>;

/// Reads the predictions of two runs; takes a moment for many images. An item has the wrong prediction, if
/// there is one; of two different ones both. Returns a problem
/// instead of throwing.
DisagreementPtr readDisagreement(const std::vector<RunRecord> &runs, const ResultChoice &choice);

} // namespace simclr::ui
