// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/encoded_dataset.h"
#include "core/data/encoded_opener.h"

#include <filesystem>

namespace simclr {

/// OpenOptions::indexFolder for programs that use this run database: "runs.sqlite.images" beside
/// "runs.sqlite".
std::filesystem::path indexFolderBeside(std::filesystem::path database);

/// A file in OpenOptions::indexFolder that contains what opening a folder of many images has found, so that
/// it opens quickly again. It is a cache: one that is damaged, was made with other options or another
/// version, or does not agree with the folder is ignored, and replaced after the next opening.
///
/// It agrees if all folders, label files and broken files have the states that they had, and so have 4096
/// evenly spaced images. An image that was changed without changing its folder is noticed when it is read
/// (ImagesChanged); then the index is deleted.
///
/// The file consists of a line with the version, the SHA-256 of all that follows, a JSON document with its
/// length, and arrays with their lengths in the byte order of the machine.
class DatasetIndex {
  public:
    /// For the folder `root`, which has this DatasetReport::source.
    DatasetIndex(std::filesystem::path root, const std::string &source, const OpenOptions &options);

    /// The dataset as it was; nullptr if there is no valid index.
    DatasetPtr open() const;

    /// Stores a dataset that was just opened from `listing`, and deletes all but the 32 indexes used last.
    /// Does nothing if it is in memory, has less than 256 images or has changed since then, if there is no
    /// folder for indexes, or if the file cannot be written.
    void save(const Dataset &dataset, const ImageListing &listing) const;

    const std::filesystem::path &file() const { return m_file; }

  private:
    std::string key() const;
    bool agrees(const WatchedPaths &watched, const EncodedSamples &samples) const;

    std::filesystem::path m_root;
    std::string m_source;
    const OpenOptions &m_options;
    std::filesystem::path m_file; ///< empty: none
};

} // namespace simclr
