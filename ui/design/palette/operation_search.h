// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/operation.h"

#include <QString>
#include <optional>

namespace simclr::ui {

/// How well an operation matches a search, the best first. Titles and ids count the same.
enum class SearchRank {
    Title,         ///< is the search text
    TitleStart,    ///< begins with it
    WordStarts,    ///< each word of the search text begins a word of it
    TitlePart,     ///< contains it
    OtherName,     ///< is the operation's name in another library
    OtherNamePart, ///< such a name contains it
    Text,          ///< contains every word somewhere: title, names, help or category
};

/// Empty if the operation does not match the search.
std::optional<SearchRank> searchRank(const OperationType &type, const QString &search);

} // namespace simclr::ui
