// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace SQLite {
class Database;
}

namespace simclr {

/// Gives the connection the SQL function text_contains(text, part): whether `text` contains `part`, which is
/// folded (foldCase), in any case; NULL if one of them is. Unlike LIKE it knows more letters than ASCII's and
/// no wildcards. May be called again. Throws SQLite::Exception.
void addTextSearch(SQLite::Database &database);

} // namespace simclr
