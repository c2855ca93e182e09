// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/zip.h"

#include "core/util/crc32.h"
#include "core/util/error.h"
#include "core/util/files.h"

namespace simclr {

namespace {

// Signatures and sizes of the records (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16).
constexpr std::uint32_t localSignature = 0x04034b50;
constexpr std::uint32_t centralSignature = 0x02014b50;
constexpr std::uint32_t endSignature = 0x06054b50;
constexpr std::size_t localBytes = 30;
constexpr std::size_t centralBytes = 46;
constexpr std::size_t endBytes = 22;
constexpr std::size_t longestComment = 0xFFFF;

constexpr std::uint16_t isEncrypted = 1;

/// Little-endian numbers from a record whose length the caller has checked.
std::uint32_t number(std::string_view record, std::size_t at, std::size_t bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        value |= static_cast<std::uint32_t>(static_cast<unsigned char>(record[at + i])) << (8 * i);
    return value;
}

std::string_view recordAt(std::string_view archive, std::size_t at, std::size_t bytes,
                          std::uint32_t signature) {
    if (at > archive.size() || archive.size() - at < bytes || number(archive, at, 4) != signature)
        throw InvalidInput("its ZIP central directory is corrupt");
    return archive.substr(at, bytes);
}

/// The end-of-archive record, which a comment of any length may follow.
std::string_view endRecord(std::string_view archive) {
    const std::size_t last = archive.size() < endBytes ? 0 : archive.size() - endBytes;
    const std::size_t first = last - std::min(last, longestComment);
    for (std::size_t at = last + 1; at-- > first;)
        if (archive.size() - at >= endBytes && number(archive, at, 4) == endSignature)
            return archive.substr(at, endBytes);
    throw InvalidInput("its end-of-archive record is missing");
}

struct CentralEntry {
    std::string name;
    std::uint32_t checksum = 0;
    std::uint32_t size = 0;
    std::uint32_t offset = 0;
    std::size_t bytes = 0; ///< of the record itself
    bool isPlain = true;   ///< neither compressed nor encrypted
};

CentralEntry centralEntry(std::string_view archive, std::size_t at) {
    const std::string_view record = recordAt(archive, at, centralBytes, centralSignature);
    const std::size_t nameBytes = number(record, 28, 2);
    CentralEntry entry;
    entry.bytes = centralBytes + nameBytes + number(record, 30, 2) + number(record, 32, 2);
    if (archive.size() - at < entry.bytes)
        throw InvalidInput("its ZIP central directory is corrupt");
    entry.name = archive.substr(at + centralBytes, nameBytes);
    entry.checksum = number(record, 16, 4);
    entry.size = number(record, 24, 4);
    entry.offset = number(record, 42, 4);
    constexpr std::uint32_t isInZip64Field = 0xFFFFFFFF;
    if (entry.size == isInZip64Field || entry.offset == isInZip64Field)
        throw InvalidInput("it is larger than 4 GiB (ZIP64), which is not supported");
    entry.isPlain = number(record, 10, 2) == 0 && number(record, 20, 4) == entry.size &&
                    (number(record, 8, 2) & isEncrypted) == 0;
    return entry;
}

std::vector<CentralEntry> tableOfContents(std::string_view archive) {
    const std::string_view end = endRecord(archive);
    const std::uint32_t count = number(end, 10, 2);
    std::size_t at = number(end, 16, 4);
    std::vector<CentralEntry> entries;
    for (std::uint32_t i = 0; i < count; ++i) {
        entries.push_back(centralEntry(archive, at));
        at += entries.back().bytes;
    }
    return entries;
}

std::string_view contentOf(std::string_view archive, const CentralEntry &entry) {
    if (!entry.isPlain)
        throw InvalidInput("its member " + toValidUtf8(entry.name) +
                           " is compressed or encrypted, which is not supported");
    const std::string_view local = recordAt(archive, entry.offset, localBytes, localSignature);
    const std::size_t begin = entry.offset + localBytes + number(local, 26, 2) + number(local, 28, 2);
    if (begin > archive.size() || archive.size() - begin < entry.size)
        throw InvalidInput("its member " + toValidUtf8(entry.name) + " is outside the file");
    const std::string_view content = archive.substr(begin, entry.size);
    if (crc32(content) != entry.checksum)
        throw InvalidInput("the checksum of its member " + toValidUtf8(entry.name) +
                           " does not match its content");
    return content;
}

} // namespace

std::map<std::string, std::string_view> zipMembers(std::string_view archive) {
    std::size_t total = 0;
    std::map<std::string, std::string_view> members;
    for (const CentralEntry &entry : tableOfContents(archive)) {
        total += entry.size;
        if (total > archive.size()) // members that share bytes would be checked endlessly
            throw InvalidInput("its members together are larger than the file");
        members[entry.name] = contentOf(archive, entry);
    }
    return members;
}

std::vector<std::string> zipNames(std::string_view archive) {
    std::vector<std::string> names;
    for (const CentralEntry &entry : tableOfContents(archive))
        names.push_back(entry.name);
    return names;
}

} // namespace simclr
