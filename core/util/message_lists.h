// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/message.h"

#include <array>
#include <span>

namespace simclr {

inline constexpr std::array listTexts{
    MessageText{"list_next", "%1, %2"},
    MessageText{"list_more", "%1 and %Ln more", "%1 and 1 more"},
    MessageText{"quoted", "\"%1\""},
    MessageText{"two_sentences", "%1 %2"},
};
inline constexpr MessagesOf<listTexts> listMessage;

/// A file's or folder's name in quotation marks, as valid UTF-8.
Message quotedName(std::string_view name);

/// "a, b, c": all items.
MessageArgument listed(std::span<const MessageArgument> items);

/// "a, b, c and 4 more": at most eight of them.
MessageArgument enumerated(const std::vector<MessageArgument> &items);

} // namespace simclr
