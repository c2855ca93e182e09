// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/folder_listing.h"
#include "core/image/codec.h"

#include <stop_token>
#include <vector>

namespace simclr {

/// The rule by which the deep images of a folder become 8-bit ones, and how it was found.
struct FolderDepth {
    DepthRule rule;
    std::size_t images = 0;   ///< that are deep
    std::size_t measured = 0; ///< of them; those that are broken count too

    /// A sentence for the report; empty where no image is deep.
    std::string note() const;
};

/// The least depth that holds the values of all `deep` images, or of 512 of them spread evenly: which ones
/// depends on the folder alone, so that it is the same rule on every machine. Images that are broken are
/// passed over.
FolderDepth measureDepth(const std::vector<const ListedFile *> &deep, const DecodeLimits &limits, int threads,
                         const std::stop_token &stop);

} // namespace simclr
