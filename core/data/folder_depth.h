// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/folder_listing.h"
#include "core/image/codec.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace simclr {

/// The rule that converts the deep images of a folder to 8 bits, and its basis.
struct FolderDepth {
    DepthRule rule;
    std::size_t images = 0;   ///< number of deep images
    std::size_t measured = 0; ///< number of deep images measured, including broken ones

    /// For the report; nothing if no image is deep.
    std::optional<Message> note() const;
};

/// The smallest depth that holds the values of all `deep` images, or of 512 evenly spaced ones: the selection
/// depends only on the folder, so that the rule is the same on every machine. Broken images are skipped.
FolderDepth measureDepth(const std::vector<const ListedFile *> &deep, const DecodeLimits &limits, int threads,
                         const std::stop_token &stop);

} // namespace simclr
