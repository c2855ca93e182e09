// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace simclr {

/// The identity of an image, independent of its name.
struct ImageContent {
    std::uint64_t content = 0; ///< see Dataset::contentOf(); 0: unknown
    std::string name;
};

/// "3 test images are also training images: test/cat/1.jpg is train/cat/7.jpg, …"; empty if none of `others`,
/// which belong to `split`, is.
std::string sharedImagesNote(const std::vector<ImageContent> &training,
                             const std::vector<ImageContent> &others, const std::string &split);

} // namespace simclr
