// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/record_file.h"

#include "core/exchange/crc32c.h"
#include "core/exchange/little_endian.h"
#include "core/util/errno_error.h"
#include "core/util/locked_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace simclr {

namespace {

constexpr std::size_t lengthBytes = 8;
constexpr std::size_t checksumBytes = 4;
constexpr std::size_t bufferBytes = 1u << 20;

std::uint64_t sizeOfRegular(int descriptor, const std::filesystem::path &path) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0)
        throwErrno("cannot read", path);
    if (!S_ISREG(status.st_mode))
        throw IoError("cannot read " + displayName(path) + ": it is not a regular file");
    return static_cast<std::uint64_t>(status.st_size);
}

/// Whether the last bytes of `bytes` are the checksum of those before.
bool isChecksumRight(std::string_view bytes) {
    const std::size_t length = bytes.size() - checksumBytes;
    return littleEndian<std::uint32_t>(bytes.substr(length)) == maskedCrc32c(bytes.substr(0, length));
}

} // namespace

RecordReader::RecordReader(const std::filesystem::path &path) : m_path(path) {
    requireNotLocked(path);
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0)
        throwErrno("cannot read", path);
    m_file.reset(::fdopen(descriptor, "rb"));
    if (!m_file) {
        ::close(descriptor);
        throwErrno("cannot read", path);
    }
    m_size = sizeOfRegular(descriptor, path);
    std::setvbuf(m_file.get(), nullptr, _IOFBF, bufferBytes);
}

std::optional<std::string_view> RecordReader::next() {
    while (m_problem.empty() && !m_isIncomplete) {
        const auto length = readLength();
        if (!length)
            return std::nullopt;
        if (*length > m_size - m_at || m_size - m_at - *length < checksumBytes)
            m_isIncomplete = true;
        else if (*length > maxRecordBytes)
            skip(*length + checksumBytes);
        else if (readData(*length))
            return std::string_view(m_bytes).substr(0, static_cast<std::size_t>(*length));
    }
    return std::nullopt;
}

std::optional<std::uint64_t> RecordReader::readLength() {
    if (m_at >= m_size)
        return std::nullopt;
    if (!read(lengthBytes + checksumBytes))
        return std::nullopt;
    if (!isChecksumRight(m_bytes)) {
        stopAtDamage("the length of a record");
        return std::nullopt;
    }
    return littleEndian<std::uint64_t>(m_bytes);
}

bool RecordReader::readData(std::uint64_t length) {
    if (!read(static_cast<std::size_t>(length) + checksumBytes))
        return false;
    if (isChecksumRight(m_bytes))
        return true;
    stopAtDamage("a record");
    return false;
}

void RecordReader::skip(std::uint64_t bytes) {
    if (::fseeko(m_file.get(), static_cast<off_t>(bytes), SEEK_CUR) != 0)
        throwErrno("cannot read", m_path);
    m_at += bytes;
    ++m_skipped;
}

bool RecordReader::read(std::size_t count) {
    if (count > m_size - m_at) {
        m_isIncomplete = true;
        return false;
    }
    m_bytes.resize(count);
    const std::size_t length = std::fread(m_bytes.data(), 1, count, m_file.get());
    if (length < count && std::ferror(m_file.get()) != 0)
        throwErrno("cannot read", m_path);
    m_at += length;
    m_isIncomplete = length < count; // it was cut meanwhile
    return length == count;
}

void RecordReader::stopAtDamage(const std::string &what) {
    m_problem = displayName(m_path) + " is damaged before byte " + std::to_string(m_at) +
                ": the checksum of " + what + " is wrong; the rest of the file was not read";
}

std::string framedRecord(std::string_view data) {
    std::string record;
    record.reserve(data.size() + lengthBytes + 2 * checksumBytes);
    appendLittleEndian(record, std::uint64_t{data.size()});
    appendLittleEndian(record, maskedCrc32c(record));
    record += data;
    appendLittleEndian(record, maskedCrc32c(data));
    return record;
}

} // namespace simclr
