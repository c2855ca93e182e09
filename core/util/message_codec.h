// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"
#include "core/util/message.h"

#include <span>
#include <vector>

namespace simclr {

/// Writes messages as JSON and reads them again, for caches of this program: by the id of their text, so that
/// they can still be shown in the user's language.
class MessageCodec {
  public:
    using Table = std::span<const MessageText>;

    /// `tables`: in which the texts of all messages are.
    explicit MessageCodec(std::vector<Table> tables) : m_tables(std::move(tables)) {}

    static Json toJson(const Message &message);
    /// Throws InvalidInput if the text is unknown or has another number of arguments, Json::exception if
    /// members are missing.
    Message fromJson(const Json &json) const;

  private:
    MessageArgument argumentFrom(const Json &json) const;

    std::vector<Table> m_tables;
};

} // namespace simclr
