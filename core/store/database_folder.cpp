// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database_folder.h"

#include "core/util/error.h"
#include "core/util/files.h"

#include <cctype>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <unistd.h>

namespace simclr {

namespace fs = std::filesystem;

void prepareFolder(const fs::path &file) {
    const fs::path folder = fs::absolute(file).parent_path();
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure)
        throw StorageError("cannot create the folder " + displayName(folder) + " for the run database " +
                           displayName(file) + ": " + failure.message());
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        throw StorageError("cannot create the run database " + displayName(file) +
                           ": its folder cannot be written to: " + std::strerror(errno));
}

bool isFolderLocked(const fs::path &absolute) {
    return ::access(absolute.parent_path().c_str(), W_OK) != 0;
}

bool hasLog(const fs::path &absolute) {
    std::error_code failure;
    const auto size = fs::file_size(absolute.native() + "-wal", failure);
    return !failure && size > 0;
}

bool isImmutable(const fs::path &absolute) {
    std::error_code failure;
    const bool isOpenElsewhere = fs::exists(absolute.native() + "-shm", failure);
    return isFolderLocked(absolute) && !isOpenElsewhere && !hasLog(absolute);
}

std::string immutableUri(const fs::path &absolute) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char character : absolute.native()) {
        const auto byte = static_cast<unsigned char>(character);
        if (std::isalnum(byte) != 0 || character == '/')
            uri += character;
        else
            uri.append({'%', digits[byte / 16], digits[byte % 16]});
    }
    return uri + "?immutable=1";
}

} // namespace simclr
