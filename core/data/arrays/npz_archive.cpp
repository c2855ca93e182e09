// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/arrays/npz_archive.h"

#include "core/data/archives/zip_records.h"
#include "core/data/arrays/unpack.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>

namespace simclr {

namespace {

constexpr std::size_t longestComment = 0xFFFF;
constexpr std::uint64_t isInZip64Field = 0xFFFFFFFF;
constexpr std::uint64_t longestDirectory = 16u << 20; ///< for more than 100,000 arrays

[[noreturn]] void refuseDirectory() {
    throw InvalidInput("is no .npz file: its ZIP directory is missing or corrupt");
}

std::uint64_t number(std::string_view record, std::size_t at, std::size_t bytes) {
    if (at > record.size() || record.size() - at < bytes)
        refuseDirectory();
    return zip::number(record, at, bytes);
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
    const std::uint64_t tailBytes = std::min<std::uint64_t>(m_file->size(), zip::endBytes + longestComment);
    const std::uint64_t tailBegin = m_file->size() - tailBytes;
    const std::string tail = recordAt(*m_file, tailBegin, tailBytes);
    if (tail.size() < zip::endBytes)
        refuseDirectory();
    for (std::size_t at = tail.size() - zip::endBytes + 1; at-- > 0;) {
        if (number(tail, at, 4) != zip::endSignature)
            continue;
        const Directory directory{number(tail, at + 16, 4), number(tail, at + 12, 4)};
        const bool isZip64 = directory.begin == isInZip64Field || directory.bytes == isInZip64Field ||
                             number(tail, at + 10, 2) == 0xFFFF;
        return isZip64 ? directoryOfZip64(tailBegin + at) : directory;
    }
    refuseDirectory();
}

NpzArchive::Directory NpzArchive::directoryOfZip64(std::uint64_t endRecord) const {
    if (endRecord < zip::locatorBytes)
        refuseDirectory();
    const std::string locator = recordAt(*m_file, endRecord - zip::locatorBytes, zip::locatorBytes);
    if (number(locator, 0, 4) != zip::locatorSignature)
        refuseDirectory();
    const std::string end = recordAt(*m_file, number(locator, 8, 8), zip::wideEndBytes);
    if (number(end, 0, 4) != zip::wideEndSignature)
        refuseDirectory();
    return {number(end, 48, 8), number(end, 40, 8)};
}

void NpzArchive::readDirectory(const std::string &records) {
    for (std::size_t at = 0; at + zip::centralBytes <= records.size();) {
        if (number(records, at, 4) != zip::centralSignature)
            refuseDirectory();
        const std::size_t nameBytes = number(records, at + 28, 2);
        const std::size_t extraBytes = number(records, at + 30, 2);
        const std::size_t all = zip::centralBytes + nameBytes + extraBytes + number(records, at + 32, 2);
        if (records.size() - at < all)
            refuseDirectory();
        Member member;
        member.isEncrypted = (number(records, at + 8, 2) & 1) != 0;
        member.method = static_cast<unsigned>(number(records, at + 10, 2));
        member.packedBytes = number(records, at + 20, 4);
        member.bytes = number(records, at + 24, 4);
        member.begin = number(records, at + 42, 4);
        readZip64Field(records.substr(at + zip::centralBytes + nameBytes, extraBytes), member);
        const std::string name = records.substr(at + zip::centralBytes, nameBytes);
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
    const std::string local = recordAt(*m_file, member.begin, zip::localBytes);
    if (number(local, 0, 4) != zip::localSignature)
        refuseDirectory();
    const std::uint64_t begin = member.begin + zip::localBytes + number(local, 26, 2) + number(local, 28, 2);
    if (begin > m_file->size() || m_file->size() - begin < member.packedBytes)
        throw InvalidInput("is truncated: an array is outside the file");
    return begin;
}

NpyArray NpzArchive::array(const std::string &name, const SpoolPlace &place) const {
    const Member &member = m_members.at(name + ".npy");
    if (member.isEncrypted || (member.method != zip::stored && member.method != zip::deflated))
        throw InvalidInput("contains the array " + name + " encrypted or in an unknown packing");
    const std::uint64_t begin = contentBegin(member);
    if (member.method == zip::stored && member.bytes != member.packedBytes)
        refuseDirectory();
    const PackedBytes packed{*m_file, begin, member.packedBytes, Packing::Deflate};
    const std::size_t startBytes = std::min<std::uint64_t>(longestNpyHeader, member.bytes);
    const std::string start = member.method == zip::stored ? bytesAt(*m_file, begin, startBytes)
                                                           : unpackedStart(packed, startBytes);
    NpyArray array;
    try {
        array.header = readNpyHeader(start);
    } catch (const InvalidInput &error) {
        throw InvalidInput("contains " + name + ", which " + error.what());
    }
    if (member.bytes - std::min<std::uint64_t>(member.bytes, array.header.headerBytes) !=
        array.header.byteCount())
        throw InvalidInput("contains " + name + ", whose shape does not match its number of bytes");
    array.bytes = member.method == zip::stored ? m_file : unpackedBytes(packed, member.bytes, place);
    array.begin = (member.method == zip::stored ? begin : 0) + array.header.headerBytes;
    return array;
}

} // namespace simclr
