// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/operation.h"

#include <QString>
#include <optional>

namespace simclr::ui {

/// How well an operation answers a search, the best first. A title counts as the id does.
enum class SearchRank {
    Title,         ///< is what was typed
    TitleStart,    ///< begins with it
    WordStarts,    ///< each word that was typed begins a word of it
    TitlePart,     ///< has it somewhere
    OtherName,     ///< is called so in another library
    OtherNamePart, ///< has it in such a name
    Text,          ///< has every word somewhere: title, names, help or category
};

/// Empty where the operation does not answer the search at all.
std::optional<SearchRank> searchRank(const OperationType &type, const QString &search);

} // namespace simclr::ui
