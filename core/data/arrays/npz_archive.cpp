// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/arrays/npz_archive.h"

#include "core/data/arrays/inflate.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>

namespace simclr {

namespace {

// Signatures and sizes of the records (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.14 to 4.3.16).
constexpr std::uint64_t localSignature = 0x04034b50;
constexpr std::uint64_t centralSignature = 0x02014b50;
constexpr std::uint64_t endSignature = 0x06054b50;
constexpr std::uint64_t zip64LocatorSignature = 0x07064b50;
constexpr std::uint64_t zip64EndSignature = 0x06064b50;
constexpr std::size_t localBytes = 30;
constexpr std::size_t centralBytes = 46;
constexpr std::size_t endBytes = 22;
constexpr std::size_t zip64LocatorBytes = 20;
constexpr std::size_t zip64EndBytes = 56;
constexpr std::size_t longestComment = 0xFFFF;
constexpr std::uint64_t isInZip64Field = 0xFFFFFFFF;
constexpr std::uint64_t longestDirectory = 16u << 20; ///< for more than 100,000 arrays

constexpr unsigned stored = 0;
constexpr unsigned deflated = 8;

[[noreturn]] void refuseDirectory() {
    throw InvalidInput("is no .npz file: its ZIP directory is missing or corrupt");
}

std::uint64_t number(std::string_view record, std::size_t at, std::size_t bytes) {
    if (at > record.size() || record.size() - at < bytes)
        refuseDirectory();
    std::uint64_t value = 0;
    for (std::size_t i = bytes; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(record[at + i]);
    return value;
}

std::string recordAt(const ByteSource &file, std::uint64_t at, std::size_t count) {
    if (at > file.size() || file.size() - at < count)
        refuseDirectory();
    return bytesAt(file, at, count);
}

} // namespace

NpzArchive::NpzArchive(ByteSourcePtr file) : m_file(std::move(file)) {
    const Directory directory = findDirectory();
    if (directory.bytes > longestDirectory)
        refuseDirectory();
    readDirectory(recordAt(*m_file, directory.begin, directory.bytes));
}

std::string NpzArchive::names() const {
    constexpr std::size_t most = 10;
    std::string list;
    std::size_t count = 0;
    for (const auto &[name, member] : m_members)
        if (++count <= most)
            list += (list.empty() ? "" : ", ") + toValidUtf8(name);
    return count > most ? list + ", …" : list;
}

/// The end record is followed by a comment of any length.
NpzArchive::Directory NpzArchive::findDirectory() const {
    const std::uint64_t tailBytes = std::min<std::uint64_t>(m_file->size(), endBytes + longestComment);
    const std::uint64_t tailBegin = m_file->size() - tailBytes;
    const std::string tail = recordAt(*m_file, tailBegin, tailBytes);
    if (tail.size() < endBytes)
        refuseDirectory();
    for (std::size_t at = tail.size() - endBytes + 1; at-- > 0;) {
        if (number(tail, at, 4) != endSignature)
            continue;
        const Directory directory{number(tail, at + 16, 4), number(tail, at + 12, 4)};
        const bool isZip64 = directory.begin == isInZip64Field || directory.bytes == isInZip64Field ||
                             number(tail, at + 10, 2) == 0xFFFF;
        return isZip64 ? directoryOfZip64(tailBegin + at) : directory;
    }
    refuseDirectory();
}

NpzArchive::Directory NpzArchive::directoryOfZip64(std::uint64_t endRecord) const {
    if (endRecord < zip64LocatorBytes)
        refuseDirectory();
    const std::string locator = recordAt(*m_file, endRecord - zip64LocatorBytes, zip64LocatorBytes);
    if (number(locator, 0, 4) != zip64LocatorSignature)
        refuseDirectory();
    const std::string end = recordAt(*m_file, number(locator, 8, 8), zip64EndBytes);
    if (number(end, 0, 4) != zip64EndSignature)
        refuseDirectory();
    return {number(end, 48, 8), number(end, 40, 8)};
}

void NpzArchive::readDirectory(const std::string &records) {
    for (std::size_t at = 0; at + centralBytes <= records.size();) {
        if (number(records, at, 4) != centralSignature)
            refuseDirectory();
        const std::size_t nameBytes = number(records, at + 28, 2);
        const std::size_t extraBytes = number(records, at + 30, 2);
        const std::size_t all = centralBytes + nameBytes + extraBytes + number(records, at + 32, 2);
        if (records.size() - at < all)
            refuseDirectory();
        Member member;
        member.isEncrypted = (number(records, at + 8, 2) & 1) != 0;
        member.method = static_cast<unsigned>(number(records, at + 10, 2));
        member.packedBytes = number(records, at + 20, 4);
        member.bytes = number(records, at + 24, 4);
        member.begin = number(records, at + 42, 4);
        readZip64Field(records.substr(at + centralBytes + nameBytes, extraBytes), member);
        const std::string name = records.substr(at + centralBytes, nameBytes);
        if (!m_members.emplace(name, member).second)
            throw InvalidInput("contains the array " + toValidUtf8(name) + " twice");
        at += all;
    }
}

/// The numbers that do not fit into 32 bits, in this order (APPNOTE.TXT 4.5.3).
void NpzArchive::readZip64Field(const std::string &extra, Member &member) {
    constexpr std::uint64_t zip64Id = 1;
    for (std::size_t at = 0; at + 4 <= extra.size();) {
        const std::uint64_t id = number(extra, at, 2);
        const std::size_t length = number(extra, at + 2, 2);
        std::size_t field = at + 4;
        at = field + length;
        if (id != zip64Id)
            continue;
        for (std::uint64_t *value : {&member.bytes, &member.packedBytes, &member.begin})
            if (*value == isInZip64Field) {
                *value = number(extra, field, 8);
                field += 8;
            }
    }
}

std::uint64_t NpzArchive::contentBegin(const Member &member) const {
    const std::string local = recordAt(*m_file, member.begin, localBytes);
    if (number(local, 0, 4) != localSignature)
        refuseDirectory();
    const std::uint64_t begin = member.begin + localBytes + number(local, 26, 2) + number(local, 28, 2);
    if (begin > m_file->size() || m_file->size() - begin < member.packedBytes)
        throw InvalidInput("is truncated: an array is outside the file");
    return begin;
}

NpyArray NpzArchive::array(const std::string &name, std::uintmax_t memoryLimit) const {
    const Member &member = m_members.at(name + ".npy");
    if (member.isEncrypted || (member.method != stored && member.method != deflated))
        throw InvalidInput("contains the array " + name + " encrypted or in an unknown packing");
    const std::uint64_t begin = contentBegin(member);
    if (member.method == stored && member.bytes != member.packedBytes)
        refuseDirectory();
    const PackedBytes packed{*m_file, begin, member.packedBytes, Packing::Deflate};
    const std::size_t startBytes = std::min<std::uint64_t>(longestNpyHeader, member.bytes);
    const std::string start =
        member.method == stored ? bytesAt(*m_file, begin, startBytes) : unpackedStart(packed, startBytes);
    NpyArray array;
    try {
        array.header = readNpyHeader(start);
    } catch (const InvalidInput &error) {
        throw InvalidInput("contains " + name + ", which " + error.what());
    }
    if (member.bytes - std::min<std::uint64_t>(member.bytes, array.header.headerBytes) !=
        array.header.byteCount())
        throw InvalidInput("contains " + name + ", whose shape does not match its number of bytes");
    array.bytes = member.method == stored ? m_file : unpackedBytes(packed, member.bytes, memoryLimit);
    array.begin = (member.method == stored ? begin : 0) + array.header.headerBytes;
    return array;
}

} // namespace simclr
