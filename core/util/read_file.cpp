// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/errno_error.h"
#include "core/util/files.h"
#include "core/util/locked_files.h"

#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace simclr {

namespace fs = std::filesystem;

namespace {

/// For a named pipe that no program has opened for writing yet.
constexpr int patienceMs = 2000;
constexpr std::size_t pieceBytes = 64 << 10;

[[noreturn]] void refuse(const fs::path &path, const std::string &reason) {
    throw IoError("cannot read " + displayName(path) + ": " + reason);
}

/// A file open for reading. Neither opening nor reading ever blocks, whatever kind of file it is.
class OpenFile {
  public:
    explicit OpenFile(const fs::path &path) : m_path(path) {
        requireNotLocked(path);
        m_descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (m_descriptor < 0 && errno == ENXIO) // a socket, or a device without its driver
            refuse(path, "it is not a regular file");
        if (m_descriptor < 0)
            throwErrno("cannot read", path);
        if (::fstat(m_descriptor, &m_status) != 0) {
            ::close(m_descriptor);
            throwErrno("cannot read", path);
        }
    }
    ~OpenFile() { ::close(m_descriptor); }
    OpenFile(const OpenFile &) = delete;
    OpenFile &operator=(const OpenFile &) = delete;

    bool isFolder() const { return S_ISDIR(m_status.st_mode); }
    bool isRegular() const { return S_ISREG(m_status.st_mode); }
    bool isStream() const { return S_ISFIFO(m_status.st_mode) || S_ISCHR(m_status.st_mode); }
    bool isPipe() const { return S_ISFIFO(m_status.st_mode); }
    std::uintmax_t size() const { return static_cast<std::uintmax_t>(m_status.st_size); }

    /// Nothing if no data is available yet.
    std::optional<std::size_t> read(char *bytes, std::size_t count) {
        for (;;) {
            const ssize_t length = ::read(m_descriptor, bytes, count);
            if (length >= 0)
                return static_cast<std::size_t>(length);
            if (errno == EAGAIN)
                return std::nullopt;
            if (errno != EINTR)
                throwErrno("cannot read", m_path);
        }
    }

    /// Whether data or the end of the file is available within this time (−1: no limit).
    bool wait(int milliseconds) {
        pollfd request{m_descriptor, POLLIN, 0};
        const int count = ::poll(&request, 1, milliseconds);
        if (count < 0 && errno == EINTR)
            throw Interrupted("cannot read " + displayName(m_path) + ": interrupted");
        return count > 0;
    }

  private:
    const fs::path &m_path;
    int m_descriptor = -1;
    struct stat m_status {};
};

void checkKind(const OpenFile &file, const fs::path &path, FileKinds kinds) {
    if (file.isFolder())
        refuse(path, "it is a folder");
    if (!file.isRegular() && !(kinds == FileKinds::AlsoPipes && file.isStream()))
        refuse(path, "it is not a regular file");
}

/// Appends up to `count` bytes; returns whether there were any.
bool readSome(OpenFile &file, std::string &bytes, std::size_t count, const fs::path &path) {
    const std::size_t before = bytes.size();
    bytes.resize(before + count);
    std::optional<std::size_t> length;
    while (!(length = file.read(bytes.data() + before, count)))
        if (file.isRegular()) // as some in /proc are
            refuse(path, "it is empty");
        else
            file.wait(-1);
    bytes.resize(before + *length);
    return *length > 0;
}

[[noreturn]] void refuseLength(const fs::path &path, const std::string &size, std::uintmax_t maxBytes) {
    throw InvalidInput(displayName(path) + " is too large: " + size + "at most " + std::to_string(maxBytes) +
                       " are read");
}

std::string readToEnd(OpenFile &file, const fs::path &path, std::uintmax_t maxBytes) {
    std::string bytes;
    while (readSome(file, bytes, pieceBytes, path))
        if (bytes.size() > maxBytes)
            refuseLength(path, "", maxBytes);
    return bytes;
}

/// Reads as many bytes as the file's size; files in /proc have size 0 and are read to their end.
std::string readRegular(OpenFile &file, const fs::path &path, std::uintmax_t maxBytes) {
    if (file.size() > maxBytes)
        refuseLength(path, std::to_string(file.size()) + " bytes, ", maxBytes);
    if (file.size() == 0)
        return readToEnd(file, path, maxBytes);
    std::string bytes;
    const auto size = static_cast<std::size_t>(file.size());
    while (bytes.size() < size && readSome(file, bytes, size - bytes.size(), path)) {
    }
    if (bytes.size() < size)
        throw IoError("cannot read " + displayName(path) + " to its end");
    return bytes;
}

/// Until all writers have closed it.
std::string readStream(OpenFile &file, const fs::path &path, std::uintmax_t maxBytes) {
    const bool hasBegun = !file.isPipe() || file.wait(patienceMs);
    std::string bytes = readToEnd(file, path, maxBytes);
    if (bytes.empty() && !hasBegun)
        refuse(path, "no program writes into this pipe");
    return bytes;
}

} // namespace

std::string readFile(const fs::path &path, std::uintmax_t maxBytes, FileKinds kinds) {
    OpenFile file(path);
    checkKind(file, path, kinds);
    return file.isRegular() ? readRegular(file, path, maxBytes) : readStream(file, path, maxBytes);
}

} // namespace simclr
