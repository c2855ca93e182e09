// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/message.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace simclr {

/// The identity of an image, independent of its name.
struct ImageContent {
    std::uint64_t content = 0; ///< see Dataset::contentOf(); 0: unknown
    std::string name;
};

/// A split that should have no image in common with training.
enum class HeldOut { Validation, Test };

/// What the images that a held-out split should not contain are used for.
enum class SharedUse {
    Training, ///< classes are learned from them
    Learning, ///< the representation is learned from them, without labels
};

/// "3 test images are also training images: test/cat/1.jpg is train/cat/7.jpg, …"; nothing if none of
/// `others`, which belong to `split`, is.
std::optional<Message> sharedImagesNote(const std::vector<ImageContent> &training,
                                        const std::vector<ImageContent> &others, HeldOut split,
                                        SharedUse use = SharedUse::Training);

} // namespace simclr
