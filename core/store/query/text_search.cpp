// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/text_search.h"

#include "core/util/fold_case.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <new>
#include <sqlite3.h>
#include <string_view>

namespace simclr {

namespace {

std::string_view textOf(sqlite3_value *value) {
    const auto *text = reinterpret_cast<const char *>(sqlite3_value_text(value)); // before its length
    return {text == nullptr ? "" : text, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

/// No exception may pass through SQLite.
void textContains(sqlite3_context *context, int /*count*/, sqlite3_value **arguments) noexcept {
    if (sqlite3_value_type(arguments[0]) == SQLITE_NULL || sqlite3_value_type(arguments[1]) == SQLITE_NULL)
        return sqlite3_result_null(context);
    try {
        const bool isFound = foldCase(textOf(arguments[0])).find(textOf(arguments[1])) != std::string::npos;
        sqlite3_result_int(context, isFound ? 1 : 0);
    } catch (const std::bad_alloc &) {
        sqlite3_result_error_nomem(context);
    }
}

} // namespace

void addTextSearch(SQLite::Database &database) {
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    const int result = sqlite3_create_function_v2(database.getHandle(), "text_contains", 2, flags, nullptr,
                                                  textContains, nullptr, nullptr, nullptr);
    if (result != SQLITE_OK && result != SQLITE_BUSY) // busy: it is in use, so it exists
        throw SQLite::Exception(database.getHandle(), result);
}

} // namespace simclr
