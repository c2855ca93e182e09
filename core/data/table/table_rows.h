// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/data/sample_columns.h"
#include "core/data/split_names.h"
#include "core/data/table/class_column.h"

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace simclr {

/// An image that a table names. Rows that say the same of it are one.
struct TableImage {
    std::string name;                       ///< of an existing file, as FileFinder gives it
    std::int32_t label = ClassColumn::none; ///< number in TableRows::labels
    std::optional<SplitKind> split;         ///< nothing if the table has no splits or none for this image
    std::size_t line = 0;
    bool isContradicted = false; ///< rows disagree on its label or split
};

/// The rows of a table of images, with the files that exist.
struct TableRows {
    std::string labelColumn; ///< its name, valid UTF-8; empty without
    std::vector<TableImage> images;
    SampleColumns columns; ///< of each image; the columns without a meaning of their own
    ClassColumn labels;
    std::vector<BrokenFile> broken; ///< images that do not exist or are contradicted; the first 1000
    std::size_t missing = 0;        ///< number of rows whose image does not exist
    std::size_t shortRows = 0;      ///< number of rows with fewer cells than the header
    std::size_t contradicted = 0;   ///< number of images
    std::size_t repeated = 0;       ///< number of rows about an image that an earlier row is about
    std::size_t notInTable = 0;     ///< number of images beside those of the table
};

/// Reads and checks all rows. Throws as readLabelTable() does.
TableRows readTableRows(const std::filesystem::path &file, const std::stop_token &stop);

} // namespace simclr
