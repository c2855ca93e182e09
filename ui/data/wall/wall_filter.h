// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/data/data_study.h"

#include <QString>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace simclr::ui {

/// A text in a further column of a table of images.
struct ColumnValue {
    std::string column;
    std::string value; ///< empty: the images without one

    bool operator==(const ColumnValue &) const = default;
};

/// Which images the wall shows.
struct WallFilter {
    enum class Size {
        Any,
        Smaller,   ///< the shorter side is below the training size: enlarged for training
        Larger,    ///< or not
        Unreadable ///< measuring could not read them
    };

    std::optional<int> label; ///< class index, or Dataset::unlabelled
    std::optional<ImageSplit> split;
    Size size = Size::Any;
    QString text; ///< part of the name, in any case
    std::optional<ColumnValue> columnValue;

    bool operator==(const WallFilter &) const = default;
};

/// What a filter compares with.
struct FilteredImages {
    DatasetPtr dataset;
    StudiedSplitsPtr splits;  ///< null: unknown; then no image is in a split
    StatisticsPtr statistics; ///< null: sizes are unknown; then no image has one
    int trainingSide = 32;    ///< pixels
};

/// In the order of the dataset. Takes a fraction of a second for a million images. Incomplete if `stop` was
/// requested.
std::vector<std::uint32_t> matchingSamples(const FilteredImages &images, const WallFilter &filter,
                                           const std::stop_token &stop);

} // namespace simclr::ui
