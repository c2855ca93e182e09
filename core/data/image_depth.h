// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/encoded_files.h"
#include "core/data/image_list.h"
#include "core/image/codec.h"

#include <optional>
#include <vector>

namespace simclr {

/// The rule that converts the deep images of a dataset to 8 bits, and its basis.
struct ImageDepth {
    DepthRule rule;
    std::size_t images = 0;   ///< number of deep images
    std::size_t measured = 0; ///< number of deep images measured, including broken ones

    /// For the report; nothing if no image is deep.
    std::optional<Message> note() const;
};

/// The smallest depth that holds the values of all `deep` images, or of 512 evenly spaced ones: the selection
/// depends only on the images, so that the rule is the same on every machine. Broken images are skipped.
/// `deep`: numbers of images in `images` and `files`.
ImageDepth measureDepth(const std::vector<std::uint32_t> &deep, const ImageList &images,
                        const EncodedFiles &files, const OpenOptions &options);

} // namespace simclr
