// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/archives/random_file.h"

#include "core/util/errno_error.h"
#include "core/util/locked_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace simclr {

RandomFile::RandomFile(std::filesystem::path path) : m_path(std::move(path)) {
    requireNotLocked(m_path);
    m_descriptor = ::open(m_path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (m_descriptor < 0)
        throwErrno("cannot read", m_path);
    try {
        examine();
    } catch (...) {
        ::close(m_descriptor); // no destructor runs after an exception in a constructor
        throw;
    }
}

RandomFile::RandomFile(int descriptor, std::filesystem::path path)
    : m_path(std::move(path)), m_descriptor(descriptor) {
    examine();
}

RandomFile::~RandomFile() {
    ::close(m_descriptor);
}

void RandomFile::examine() {
    struct stat status {};
    if (::fstat(m_descriptor, &status) != 0)
        throwErrno("cannot read", m_path);
    if (!S_ISREG(status.st_mode))
        throw IoError("cannot read " + displayName(m_path) + ": it is not a regular file");
    m_size = static_cast<std::uint64_t>(status.st_size);
    m_stamp = stampOf(status);
}

std::string RandomFile::readUpTo(std::uint64_t offset, std::size_t count) const {
    if (offset >= m_size)
        return {};
    std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(count, m_size - offset)), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t length = ::pread(m_descriptor, bytes.data() + done, bytes.size() - done,
                                       static_cast<off_t>(offset + done));
        if (length < 0 && errno != EINTR)
            throwErrno("cannot read", m_path);
        if (length == 0)
            break; // it was shortened since it was opened
        done += length > 0 ? static_cast<std::size_t>(length) : 0;
    }
    bytes.resize(done);
    return bytes;
}

std::string RandomFile::read(std::uint64_t offset, std::size_t count) const {
    if (offset > m_size || count > m_size - offset)
        throw InvalidInput(displayName(m_path) + " is truncated");
    std::string bytes = readUpTo(offset, count);
    if (bytes.size() < count)
        throw InvalidInput(displayName(m_path) + " is truncated");
    return bytes;
}

} // namespace simclr
