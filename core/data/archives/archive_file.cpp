// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/archives/archive_file.h"

#include "core/data/archives/inflate.h"
#include "core/data/archives/unpacked_tar.h"
#include "core/data/archives/zip_records.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/lower_case.h"

#include <algorithm>
#include <array>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t startBytes = 1024;
constexpr std::size_t usualExtraBytes = 128; ///< of a local header beyond its name

/// The first bytes of a regular file; empty for anything else.
std::string startOf(const fs::path &path) {
    try {
        return fs::is_regular_file(path) ? RandomFile(path).readUpTo(0, startBytes) : std::string();
    } catch (const IoError &) {
        return {};
    }
}

bool isNamedAsCompressedTar(const fs::path &path) {
    static constexpr std::array<std::string_view, 9> ends{
        ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst", ".tzst", ".tar.z"};
    const std::string name = lowerCase(path.filename().native());
    return std::ranges::any_of(ends, [&](std::string_view end) { return name.ends_with(end); });
}

/// The member's bytes in a ZIP archive as they are stored, and the length of the header before them. The
/// local header is read together with them: its extra field, which may be longer than that of the central
/// directory, is usually short.
struct Packed {
    std::string bytes;
    std::uint32_t headerBytes;
};
Packed packedWithHeader(const RandomFile &file, const MemberPlace &place, std::size_t nameBytes) {
    using namespace zip;
    const auto bytes = static_cast<std::size_t>(place.packedBytes);
    std::string read = file.readUpTo(place.offset, localBytes + nameBytes + usualExtraBytes + bytes);
    if (!hasRecord(read, 0, localSignature, localBytes))
        throw InvalidInput("has no header at its place");
    const std::size_t begin = localBytes + number(read, 26, 2) + number(read, 28, 2);
    const auto headerBytes = static_cast<std::uint32_t>(begin);
    if (begin + bytes > read.size())
        return {file.read(place.offset + begin, bytes), headerBytes};
    return {read.substr(begin, bytes), headerBytes};
}

std::string unpacked(std::string bytes, const MemberPlace &place) {
    return place.packing == MemberPacking::DeflatedInZip
               ? inflated(bytes, static_cast<std::size_t>(place.bytes))
               : std::move(bytes);
}

} // namespace

std::string textOf(MemberProblem problem) {
    switch (problem) {
    case MemberProblem::Encrypted:
        return "is encrypted, which is not supported";
    case MemberProblem::UnknownMethod:
        return "is compressed by a method other than deflate, which is not supported";
    case MemberProblem::Sparse:
        return "is a sparse file, which is not supported";
    case MemberProblem::Bomb:
        return "expands to more than 100 times its size, as a decompression bomb does";
    case MemberProblem::ImpossibleSize:
        return "is damaged: its compressed size is not possible";
    case MemberProblem::LostTarget:
        return "is a link to a file that is not in the archive";
    case MemberProblem::None:
        break;
    }
    return {};
}

std::shared_ptr<const ArchiveFile> ArchiveFile::open(const fs::path &path, const OpenOptions &options) {
    const std::shared_ptr<ArchiveFile> archive(new ArchiveFile);
    archive->m_path = path;
    const RandomFile file(path);
    archive->m_stamp = file.stamp();
    const std::string start = file.readUpTo(0, startBytes);
    if (beginsLikeZip(start)) {
        archive->m_index = indexZip(file, options.stop);
        archive->m_headerBytes =
            std::make_unique<std::atomic<std::uint32_t>[]>(archive->m_index.places.size());
    } else if (beginsLikeTar(start)) {
        archive->m_index = indexTar(file, options.stop);
    } else if (!isCompressed(start)) {
        throw InvalidInput(simclr::displayName(path) + " is not a ZIP or tar archive");
    } else {
        archive->m_unpacked = unpackedTar(path, options);
        archive->m_index = indexTar(*archive->m_unpacked, options.stop);
    }
    return archive;
}

std::string ArchiveFile::displayName(std::uint32_t member) const {
    return simclr::displayName(m_path / m_index.names.at(member));
}

std::string ArchiveFile::readFrom(const RandomFile &file, std::uint32_t member) const {
    const MemberPlace &place = m_index.places.at(member);
    if (place.packing == MemberPacking::InTar)
        return file.read(place.offset, static_cast<std::size_t>(place.bytes));
    try {
        return readFromZip(file, member);
    } catch (const InvalidInput &error) {
        throw InvalidInput(displayName(member) + " " + error.what());
    }
}

/// A checksum is only verified once, unless the archive has changed.
std::string ArchiveFile::readFromZip(const RandomFile &file, std::uint32_t member) const {
    const MemberPlace &place = m_index.places[member];
    const std::uint32_t known = m_headerBytes[member];
    if (known > 0 && file.stamp() == m_stamp)
        return unpacked(file.read(place.offset + known, static_cast<std::size_t>(place.packedBytes)), place);
    Packed packed = packedWithHeader(file, place, m_index.names.at(member).size());
    std::string bytes = unpacked(std::move(packed.bytes), place);
    if (bytes.size() != place.bytes || checksumOf(bytes) != place.checksum)
        throw InvalidInput("is damaged: its checksum does not match");
    m_headerBytes[member] = packed.headerBytes;
    return bytes;
}

std::string ArchiveFile::read(std::uint32_t member, std::uintmax_t maxBytes) const {
    const MemberPlace &place = m_index.places.at(member);
    if (place.problem != MemberProblem::None)
        throw InvalidInput(displayName(member) + " " + textOf(place.problem));
    if (place.bytes > maxBytes)
        throw InvalidInput(displayName(member) + " is too large: " + std::to_string(place.bytes) +
                           " bytes, at most " + std::to_string(maxBytes) + " are read");
    if (m_unpacked)
        return readFrom(*m_unpacked, member);
    const RandomFile file(m_path);
    try {
        return readFrom(file, member);
    } catch (const InvalidInput &) {
        if (file.stamp() != m_stamp)
            throw ImagesChanged(simclr::displayName(m_path) +
                                " was replaced or changed since the images were opened");
        throw;
    }
}

void ArchiveFile::requireUnchanged() const {
    if (!m_unpacked && stamp() != m_stamp)
        throw InvalidInput(simclr::displayName(m_path) + " was changed while it was being opened");
}

bool isPlainTar(const fs::path &path) {
    return beginsLikeTar(startOf(path));
}

bool isArchive(const fs::path &path) {
    const std::string start = startOf(path);
    return beginsLikeZip(start) || beginsLikeTar(start) ||
           (isNamedAsCompressedTar(path) && isCompressed(start));
}

} // namespace simclr
