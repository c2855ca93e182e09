// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/atomic_file.h"

#include "core/util/errno_error.h"
#include "core/util/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace simclr {

namespace fs = std::filesystem;

namespace {

fs::path temporaryName(fs::path path) {
    return path += ".tmp" + std::to_string(::getpid());
}

/// The actual location of a file: the target of its symbolic links. Devices, pipes and the like are not
/// replaced.
fs::path placeOf(const fs::path &path) {
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status))
        throw IoError("cannot write " + displayName(path) + ": it is not an ordinary file");
    fs::path place = path;
    for (int links = 0; fs::is_symlink(fs::symlink_status(place, failure)); ++links) {
        constexpr int mostLinks = 40; // the limit of Linux
        if (links == mostLinks)
            throw IoError("cannot write " + displayName(path) +
                          ": its symbolic links form a loop or are too many");
        place = place.parent_path() / fs::read_symlink(place, failure);
    }
    return place;
}

fs::path folderOf(const fs::path &path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// With errno as open() left it. Users know the file that they named, not the temporary one.
[[noreturn]] void throwCannotCreate(const fs::path &path) {
    const int code = errno;
    const std::string folder = displayName(folderOf(path));
    if (code == ENOENT)
        throw IoError("cannot write " + displayName(path) + ": the folder " + folder + " does not exist");
    if (code == ENOTDIR)
        throw IoError("cannot write " + displayName(path) + ": " + folder + " is not a folder");
    errno = code;
    throwErrno("cannot write", path);
}

/// Makes the new name survive a power failure too; a folder that cannot be synced is not an error.
void syncFolder(const fs::path &path) {
    const int descriptor = ::open(folderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    ::fsync(descriptor);
    ::close(descriptor);
}

} // namespace

AtomicFile::AtomicFile(fs::path path) : m_path(placeOf(path)), m_temporary(temporaryName(m_path)) {
    m_descriptor = ::open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (m_descriptor < 0)
        throwCannotCreate(m_path);
}

AtomicFile::~AtomicFile() {
    ::close(m_descriptor);
    if (!m_isCommitted)
        ::unlink(m_temporary.c_str());
}

void AtomicFile::append(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            throwErrno("cannot write", m_path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void AtomicFile::overwrite(std::uint64_t offset, std::string_view bytes) {
    if (::lseek(m_descriptor, static_cast<off_t>(offset), SEEK_SET) < 0)
        throwErrno("cannot write", m_path);
    append(bytes);
    if (::lseek(m_descriptor, 0, SEEK_END) < 0)
        throwErrno("cannot write", m_path);
}

void AtomicFile::commit() {
    if (::fsync(m_descriptor) != 0)
        throwErrno("cannot write", m_path);
    if (::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        throwErrno("cannot replace", m_path);
    m_isCommitted = true;
    syncFolder(m_path);
}

} // namespace simclr
