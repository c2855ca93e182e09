// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/image_list.h"
#include "core/data/sample_columns.h"

#include <filesystem>
#include <memory>
#include <stop_token>

namespace simclr {

/// The images that a table names, relative to its folder.
struct TableListing {
    ImageListing listing;
    std::shared_ptr<const SampleColumns> columns; ///< of each image of the listing; its further columns
};

/// Reads a CSV or TSV file with a header and a row for each image, as docs/data.md describes it. Images that
/// do not exist, and images for which rows disagree, are among `broken`. Throws IoError, OpeningCancelled,
/// and InvalidInput, naming the file and where it applies the line: no column of paths, no image found,
/// labels that are measurements, an unknown split, what CsvRows refuses.
TableListing readLabelTable(const std::filesystem::path &file, const std::stop_token &stop);

} // namespace simclr
