// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <QString>
#include <QStringList>
#include <filesystem>
#include <vector>

namespace simclr::ui {

/// Columns of a CSV file with a row per image, to colour a map by. A plain value.
struct ColumnFile {
    QStringList columns;                      ///< all but the one that names the images
    std::vector<std::vector<QString>> values; ///< of each column, by index in the dataset; empty: no row
    std::size_t matched = 0;                  ///< images with a row
    QString problem;                          ///< a sentence; then everything else is empty

    /// The values of one column for some images.
    std::vector<QString> of(const QString &column, const std::vector<std::uint32_t> &samples) const;
};

/// Reads a file whose images are named by a column "file", "path", "image", "name" or "filename" (as the
/// dataset names them, or by the last part if that is unique), or numbered from 0 by "index" or "sample".
ColumnFile readColumnFile(const std::filesystem::path &file, const Dataset &images);

} // namespace simclr::ui
