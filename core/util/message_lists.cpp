// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/message_lists.h"

#include "core/util/files.h"

#include <span>

namespace simclr {

MessageArgument listed(std::span<const MessageArgument> items) {
    if (items.empty())
        return std::string();
    MessageArgument list = items.front();
    for (const MessageArgument &item : items.subspan(1))
        list = listMessage("list_next", list, item);
    return list;
}

Message quotedName(std::string_view name) {
    return listMessage("quoted", toValidUtf8(name));
}

MessageArgument enumerated(const std::vector<MessageArgument> &items) {
    constexpr std::size_t mostNamed = 8;
    if (items.size() <= mostNamed)
        return listed(items);
    return listMessage("list_more", items.size() - mostNamed, listed(std::span(items).first(mostNamed)));
}

} // namespace simclr
