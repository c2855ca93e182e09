// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/message_lists.h"

#include "core/util/files.h"

#include <span>

namespace simclr {

namespace {

MessageArgument joined(std::span<const MessageArgument> items) {
    if (items.empty())
        return std::string();
    MessageArgument list = items.front();
    for (const MessageArgument &item : items.subspan(1))
        list = listMessage("list_next", list, item);
    return list;
}

} // namespace

Message quotedName(std::string_view name) {
    return listMessage("quoted", toValidUtf8(name));
}

MessageArgument listed(const std::vector<MessageArgument> &items) {
    return joined(items);
}

MessageArgument enumerated(const std::vector<MessageArgument> &items) {
    constexpr std::size_t mostNamed = 8;
    if (items.size() <= mostNamed)
        return joined(items);
    return listMessage("list_more", items.size() - mostNamed, joined(std::span(items).first(mostNamed)));
}

} // namespace simclr
