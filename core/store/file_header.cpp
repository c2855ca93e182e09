// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/file_header.h"

#include "core/store/migrations.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <string_view>

namespace simclr {

namespace fs = std::filesystem;

namespace {

// Offsets in the 100-byte header, see sqlite.org/fileformat2.html, section 1.3.
constexpr std::size_t headerSize = 100;
constexpr std::size_t schemaCookieOffset = 40;
constexpr std::size_t userVersionOffset = 60;
constexpr std::size_t applicationIdOffset = 68;
constexpr std::string_view magic{"SQLite format 3", 16};

using Header = std::array<char, headerSize>;

std::int32_t numberAt(const Header &header, std::size_t offset) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i)
        number = (number << 8) | static_cast<unsigned char>(header[offset + i]);
    return static_cast<std::int32_t>(number);
}

} // namespace

void checkStoreVersion(int version, const fs::path &file) {
    if (version > storeVersion())
        throw StorageError("the run database " + displayName(file) +
                           " was written by a newer version of this program " + "(format " +
                           std::to_string(version) + ", this one knows " + std::to_string(storeVersion()) +
                           "); it was not changed");
}

void checkFilesBeside(const fs::path &file) {
    for (const char *suffix : {"-journal", "-wal", "-shm"}) {
        const fs::path beside = fs::path(file) += suffix;
        std::error_code ignored;
        if (fs::exists(beside, ignored) && !fs::is_regular_file(beside, ignored))
            throw StorageError("cannot open the run database " + displayName(file) + ": " +
                               displayName(beside) + " is not a regular file");
    }
}

void checkFileHeader(const fs::path &file) {
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored))
        throw StorageError(displayName(file) + " is not a run database: it is not a regular file");
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw StorageError("cannot open the run database " + displayName(file) + ": " + std::strerror(errno));
    Header header{};
    stream.read(header.data(), headerSize);
    if (stream.gcount() == 0)
        return; // an empty file is an empty database
    if (stream.gcount() < static_cast<std::streamsize>(headerSize) ||
        std::string_view(header.data(), magic.size()) != magic)
        throw StorageError(displayName(file) + " is not a run database: it is not a SQLite file");
    const int application = numberAt(header, applicationIdOffset);
    const int version = numberAt(header, userVersionOffset);
    // A process that was killed while it created the file leaves a header without our application id.
    const bool isBlank = application == 0 && version == 0 && numberAt(header, schemaCookieOffset) == 0;
    if (application != storeApplicationId && !isBlank)
        throw StorageError(displayName(file) + " is not a run database: it belongs to another program");
    checkStoreVersion(version, file);
}

} // namespace simclr
