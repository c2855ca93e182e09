// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/util/json.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace simclr {

/// A named list of images of a dataset to keep or to leave out, stored as a file. Opened with it, a dataset
/// has only the images that it leaves (SelectedDataset).
struct Selection {
    enum class Mode {
        Keep,    ///< only the listed images
        LeaveOut ///< all but the listed ones
    };

    /// An image of the list. It is found again by its name and content if the images have changed since.
    struct Entry {
        std::uint32_t sample = 0;
        std::string name;
        std::uint64_t content = 0; ///< see Dataset::contentOf(); 0: unknown

        bool operator==(const Entry &) const = default;
    };

    /// A dataset that the images were joined from.
    struct Part {
        std::string fingerprint;
        std::uint32_t firstSample = 0; ///< in the joined images

        bool operator==(const Part &) const = default;
    };

    std::string name;        ///< as the user sees it
    std::string imagesTitle; ///< of the dataset that it was made of, for messages
    std::string fingerprint; ///< of that dataset
    Mode mode = Mode::LeaveOut;
    std::vector<Entry> entries; ///< by sample
    std::vector<Part> parts{};  ///< of joined images: by firstSample; of others: empty

    bool operator==(const Selection &) const = default;
};

/// Only `samples` of the dataset. If it is a selected one itself, the selection is of all its images.
Selection keeping(const Dataset &dataset, std::span<const std::uint32_t> samples, const std::string &name);

/// All but `samples`. If the dataset is a selected one, what that leaves out is left out, too; the mode stays
/// what it was.
Selection leavingOut(const Dataset &dataset, std::span<const std::uint32_t> samples, const std::string &name);

/// Reads a selection. Throws IoError, or InvalidInput if the file is none, is damaged, or of a newer version.
Selection loadSelection(const std::filesystem::path &file);

/// Writes the file as a whole, and creates its folder. Throws IoError, or InvalidInput if more than some 2.6
/// million images are listed, which could not be read again.
void saveSelection(const Selection &selection, const std::filesystem::path &file);

/// What a selection means for a dataset.
struct ResolvedSelection {
    std::vector<std::uint32_t> kept; ///< samples in ascending order
    std::size_t missing = 0;         ///< listed images that the dataset does not have, or that have changed
    bool isOfChangedImages = false;  ///< some were found by name and content only
};

/// Finds the listed images in the dataset: by number, if it is the one that the selection was made of or if
/// both have a part in common (labelled images were added, replaced or removed); the others by name and
/// content. Throws InvalidInput if it has none of them and no part in common, because it is another dataset,
/// or if no image would be left.
ResolvedSelection resolve(const Selection &selection, const Dataset &dataset);

} // namespace simclr
