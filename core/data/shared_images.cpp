// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/shared_images.h"

#include "core/util/counted.h"

#include <unordered_map>

namespace simclr {

std::string sharedImagesNote(const std::vector<ImageContent> &training,
                             const std::vector<ImageContent> &others, const std::string &split) {
    constexpr std::size_t mostExamples = 3;
    std::unordered_map<std::uint64_t, const ImageContent *> known;
    for (const ImageContent &image : training)
        if (image.content != 0)
            known.emplace(image.content, &image);
    std::size_t shared = 0;
    std::string examples;
    for (const ImageContent &image : others) {
        const auto found = known.find(image.content);
        if (found == known.end())
            continue;
        if (++shared <= mostExamples)
            examples += (shared == 1 ? "" : ", ") + image.name + " is " + found->second->name;
    }
    if (shared == 0)
        return {};
    return counted(static_cast<std::int64_t>(shared), split + " image is also a training image",
                   split + " images are also training images") +
           ": " + examples + (shared > mostExamples ? ", …" : "");
}

} // namespace simclr
