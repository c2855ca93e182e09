// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/shared_images.h"

#include "core/data/dataset_messages.h"
#include "core/util/message_lists.h"

#include <unordered_map>

namespace simclr {

namespace {

Message noteOf(HeldOut split, SharedUse use, std::size_t shared, const MessageArgument &list) {
    if (use == SharedUse::Learning)
        return split == HeldOut::Test ? datasetMessage("learned_from_test", shared, list)
                                      : datasetMessage("learned_from_validation", shared, list);
    return split == HeldOut::Test ? datasetMessage("shared_with_test", shared, list)
                                  : datasetMessage("shared_with_validation", shared, list);
}

} // namespace

std::optional<Message> sharedImagesNote(const std::vector<ImageContent> &training,
                                        const std::vector<ImageContent> &others, HeldOut split,
                                        SharedUse use) {
    constexpr std::size_t mostExamples = 3;
    std::unordered_map<std::uint64_t, const ImageContent *> known;
    for (const ImageContent &image : training)
        if (image.content != 0)
            known.emplace(image.content, &image);
    std::size_t shared = 0;
    std::vector<MessageArgument> examples;
    for (const ImageContent &image : others) {
        const auto found = known.find(image.content);
        if (found != known.end() && ++shared <= mostExamples)
            examples.emplace_back(datasetMessage("same_image", image.name, found->second->name));
    }
    if (shared == 0)
        return std::nullopt;
    MessageArgument list = listed(examples);
    if (shared > mostExamples)
        list = datasetMessage("and_others", list);
    return noteOf(split, use, shared, list);
}

} // namespace simclr
