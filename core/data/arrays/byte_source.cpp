// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/arrays/byte_source.h"

#include "core/util/errno_error.h"
#include "core/util/locked_files.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace simclr {

namespace {

class BytesInMemory final : public ByteSource {
  public:
    explicit BytesInMemory(std::string bytes) : m_bytes(std::move(bytes)) {}

    std::uint64_t size() const override { return m_bytes.size(); }
    bool isInMemory() const override { return true; }
    void read(std::uint64_t at, char *to, std::size_t count) const override {
        if (at > m_bytes.size() || m_bytes.size() - at < count)
            throw IoError("there are not enough bytes in memory");
        std::copy_n(m_bytes.data() + at, count, to);
    }

  private:
    std::string m_bytes;
};

/// Reads with pread(), which has no position that threads would share.
class BytesOfFile final : public ByteSource {
  public:
    BytesOfFile(int descriptor, std::filesystem::path path)
        : m_path(std::move(path)), m_descriptor(descriptor) {
        if (::fstat(descriptor, &m_status) == 0)
            return;
        const int code = errno;
        ::close(descriptor);
        errno = code;
        throwErrno("cannot read", m_path);
    }
    ~BytesOfFile() override { ::close(m_descriptor); }
    BytesOfFile(const BytesOfFile &) = delete;
    BytesOfFile &operator=(const BytesOfFile &) = delete;

    bool isRegular() const { return S_ISREG(m_status.st_mode); }
    std::uint64_t size() const override { return static_cast<std::uint64_t>(m_status.st_size); }
    bool isInMemory() const override { return false; }

    bool isTouched() const override {
        struct stat now {};
        return ::fstat(m_descriptor, &now) != 0 || now.st_size != m_status.st_size ||
               now.st_mtim.tv_sec != m_status.st_mtim.tv_sec ||
               now.st_mtim.tv_nsec != m_status.st_mtim.tv_nsec;
    }

    void read(std::uint64_t at, char *to, std::size_t count) const override {
        while (count > 0) {
            const ssize_t length = ::pread(m_descriptor, to, count, static_cast<off_t>(at));
            if (length < 0 && errno == EINTR)
                continue;
            if (length < 0)
                throwErrno("cannot read", m_path);
            if (length == 0)
                throw IoError("cannot read " + displayName(m_path) + " to its end");
            at += static_cast<std::uint64_t>(length);
            to += length;
            count -= static_cast<std::size_t>(length);
        }
    }

  private:
    std::filesystem::path m_path;
    int m_descriptor;
    struct stat m_status {};
};

} // namespace

ByteSourcePtr bytesInMemory(std::string bytes) {
    return std::make_shared<BytesInMemory>(std::move(bytes));
}

ByteSourcePtr bytesOfDescriptor(int descriptor, const std::filesystem::path &name) {
    return std::make_shared<BytesOfFile>(descriptor, name);
}

ByteSourcePtr bytesOfFile(const std::filesystem::path &path) {
    requireNotLocked(path);
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0)
        throwErrno("cannot read", path);
    auto file = std::make_shared<BytesOfFile>(descriptor, path);
    if (!file->isRegular())
        throw IoError("cannot read " + displayName(path) + ": it is not a regular file");
    return file;
}

std::string bytesAt(const ByteSource &source, std::uint64_t at, std::size_t count) {
    if (at > source.size() || source.size() - at < count)
        throw InvalidInput("the file is truncated");
    std::string bytes(count, '\0');
    source.read(at, bytes.data(), count);
    return bytes;
}

} // namespace simclr
