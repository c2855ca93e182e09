// SPDX-License-Identifier: GPL-3.0-or-later
// ZIP archives (PKWARE APPNOTE.TXT 6.3): the central directory, also of ZIP64.
#include "core/data/archives/archive_index.h"
#include "core/data/archives/zip_records.h"
#include "core/data/dataset.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <optional>

namespace simclr {

namespace {

using namespace zip;

constexpr std::size_t mostCommentBytes = 0xFFFF;
constexpr std::uint64_t mostDirectoryBytes = std::uint64_t{4} << 30;
constexpr std::uint32_t isIn64 = 0xFFFFFFFF;    ///< the number is in the ZIP64 extra field
constexpr std::uint64_t inflatedPerByte = 1040; ///< deflate cannot expand a byte to more

// A member that expands more than this is one that nobody makes of photos: a decompression bomb.
constexpr std::uint64_t harmlessBytes = 16 << 20;
constexpr std::uint64_t mostExpansion = 100;

/// Where the central directory is.
struct Directory {
    std::uint64_t offset;
    std::uint64_t bytes;
    std::uint64_t entries;
};

bool isLink(std::string_view entry) {
    constexpr std::uint64_t unix = 3;
    constexpr std::uint64_t fileType = 0170000;
    constexpr std::uint64_t symbolicLink = 0120000;
    return number(entry, 5, 1) == unix && (number(entry, 40, 2) & fileType) == symbolicLink;
}

bool isBomb(const MemberPlace &place) {
    return (place.bytes > harmlessBytes && place.bytes / mostExpansion > place.packedBytes) ||
           place.bytes / inflatedPerByte > place.packedBytes + 1;
}

/// A program that compresses needs little more than the bytes themselves if they cannot be compressed.
bool hasImpossibleSize(const MemberPlace &place) {
    constexpr std::uint64_t overhead = 64 << 10;
    const std::uint64_t most = place.packing == MemberPacking::StoredInZip
                                   ? place.bytes
                                   : place.bytes + place.bytes / 1000 + overhead;
    return place.packedBytes > most;
}

class ZipIndexer {
  public:
    ZipIndexer(const RandomFile &file, const std::stop_token &stop) : m_file(file), m_stop(stop) {}

    ArchiveIndex index() {
        const Directory directory = findDirectory();
        if (directory.bytes > mostDirectoryBytes || directory.entries > mostMembers)
            refuse("has too many members");
        m_unclaimedBytes = directory.offset;
        const std::string entries = m_file.read(directory.offset, static_cast<std::size_t>(directory.bytes));
        std::string_view rest = entries;
        for (std::uint64_t i = 0; i < directory.entries; ++i)
            rest.remove_prefix(addEntry(rest));
        return std::move(m_index);
    }

  private:
    [[noreturn]] void refuse(const std::string &cause) const {
        throw InvalidInput(displayName(m_file.path()) + " " + cause);
    }
    [[noreturn]] void refuseDirectory() const { refuse("is damaged: its central directory cannot be read"); }

    /// The end record is followed by a comment of unknown length.
    Directory findDirectory() {
        const std::uint64_t tailBytes = std::min<std::uint64_t>(m_file.size(), endBytes + mostCommentBytes);
        const std::uint64_t tailAt = m_file.size() - tailBytes;
        const std::string tail = m_file.read(tailAt, static_cast<std::size_t>(tailBytes));
        for (std::size_t at = tail.size(); at-- > 0;)
            if (hasRecord(tail, at, endSignature, endBytes) &&
                at + endBytes + number(tail, at + 20, 2) <= tail.size())
                return directoryAt(tailAt + at, std::string_view(tail).substr(at));
        refuse("is truncated or damaged: the end of its central directory was not found");
    }

    Directory directoryAt(std::uint64_t endAt, std::string_view end) {
        if (number(end, 4, 2) != 0 && number(end, 4, 2) != 0xFFFF)
            refuse("is one part of an archive in several parts, which is not supported");
        Directory directory{number(end, 16, 4), number(end, 12, 4), number(end, 10, 2)};
        std::uint64_t recordAt = endAt;
        if (const auto wide = wideDirectory(endAt, recordAt))
            directory = *wide;
        if (directory.bytes > recordAt || directory.offset > recordAt - directory.bytes)
            refuseDirectory();
        m_shift = recordAt - directory.bytes - directory.offset;
        directory.offset += m_shift;
        return directory;
    }

    /// Of ZIP64; `recordAt` becomes the place of its record.
    std::optional<Directory> wideDirectory(std::uint64_t endAt, std::uint64_t &recordAt) const {
        if (endAt < locatorBytes)
            return std::nullopt;
        const std::string locator = m_file.read(endAt - locatorBytes, locatorBytes);
        if (!hasRecord(locator, 0, locatorSignature, locatorBytes))
            return std::nullopt;
        const std::string record = m_file.readUpTo(number(locator, 8, 8), wideEndBytes);
        if (!hasRecord(record, 0, wideEndSignature, wideEndBytes))
            refuseDirectory();
        recordAt = number(locator, 8, 8);
        return Directory{number(record, 48, 8), number(record, 40, 8), number(record, 32, 8)};
    }

    /// Returns the length of the entry at the beginning of `rest`.
    std::size_t addEntry(std::string_view rest) {
        if (++m_entries % 1024 == 0 && m_stop.stop_requested())
            throw OpeningCancelled{};
        if (!hasRecord(rest, 0, centralSignature, centralBytes))
            refuseDirectory();
        const auto nameBytes = static_cast<std::size_t>(number(rest, 28, 2));
        const auto extraBytes = static_cast<std::size_t>(number(rest, 30, 2));
        const std::size_t bytes = centralBytes + nameBytes + extraBytes + number(rest, 32, 2);
        if (bytes > rest.size())
            refuseDirectory();
        const MemberPlace place = placeOf(rest, rest.substr(centralBytes + nameBytes, extraBytes));
        const std::string name = withSlashes(rest.substr(centralBytes, nameBytes));
        refuseOverlap(place);
        if (isLink(rest))
            ++m_index.links;
        else if (!name.ends_with('/'))
            m_index.add(name, place);
        return bytes;
    }

    MemberPlace placeOf(std::string_view entry, std::string_view extra) const {
        MemberPlace place;
        place.checksum = static_cast<std::uint32_t>(number(entry, 16, 4));
        place.bytes = number(entry, 24, 4);
        place.packedBytes = number(entry, 20, 4);
        place.offset = number(entry, 42, 4);
        readWideNumbers(extra, place);
        place.offset += m_shift;
        const std::uint64_t method = number(entry, 10, 2);
        place.packing = method == 0 ? MemberPacking::StoredInZip : MemberPacking::DeflatedInZip;
        if ((number(entry, 8, 2) & 1) != 0)
            place.problem = MemberProblem::Encrypted;
        else if (method != stored && method != deflated)
            place.problem = MemberProblem::UnknownMethod;
        else if (isBomb(place))
            place.problem = MemberProblem::Bomb;
        else if (hasImpossibleSize(place))
            place.problem = MemberProblem::ImpossibleSize;
        return place;
    }

    /// The ZIP64 field holds those of size, packed size and offset that do not fit into 32 bits.
    void readWideNumbers(std::string_view extra, MemberPlace &place) const {
        constexpr std::uint64_t wideId = 1;
        while (extra.size() >= 4) {
            const auto bytes = static_cast<std::size_t>(number(extra, 2, 2));
            if (bytes > extra.size() - 4)
                return;
            std::string_view field = extra.substr(4, bytes);
            if (number(extra, 0, 2) == wideId)
                for (std::uint64_t *value : {&place.bytes, &place.packedBytes, &place.offset})
                    if (*value == isIn64 && field.size() >= 8) {
                        *value = number(field, 0, 8);
                        field.remove_prefix(8);
                    }
            extra.remove_prefix(4 + bytes);
        }
    }

    /// Some programs of Windows write backslashes.
    static std::string withSlashes(std::string_view name) {
        std::string path(name);
        if (path.find('/') == std::string::npos)
            std::ranges::replace(path, '\\', '/');
        return path;
    }

    /// Members that share bytes could expand to any size.
    void refuseOverlap(const MemberPlace &place) {
        if (place.packedBytes > m_unclaimedBytes)
            refuse("is damaged or a decompression bomb: its members together are larger than the file");
        m_unclaimedBytes -= place.packedBytes;
    }

    const RandomFile &m_file;
    const std::stop_token &m_stop;
    ArchiveIndex m_index;
    std::uint64_t m_shift = 0;          ///< bytes before the archive, as in self-extracting ones
    std::uint64_t m_unclaimedBytes = 0; ///< before the directory, by members that were indexed
    std::size_t m_entries = 0;
};

} // namespace

bool beginsLikeZip(std::string_view bytes) {
    return hasRecord(bytes, 0, localSignature, 4) || hasRecord(bytes, 0, endSignature, 4);
}

ArchiveIndex indexZip(const RandomFile &file, const std::stop_token &stop) {
    return ZipIndexer(file, stop).index();
}

} // namespace simclr
