// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/archives/random_file.h"
#include "core/data/name_table.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace simclr {

enum class MemberPacking : std::uint8_t {
    InTar,        ///< `offset` is that of the bytes
    StoredInZip,  ///< `offset` is that of the local header
    DeflatedInZip ///< likewise
};

/// Why a member cannot be read.
enum class MemberProblem : std::uint8_t {
    None,
    Encrypted,
    UnknownMethod,
    Sparse,
    Bomb,
    ImpossibleSize,
    LostTarget
};

/// Where the bytes of a member are.
struct MemberPlace {
    std::uint64_t offset = 0;
    std::uint64_t packedBytes = 0;
    std::uint64_t bytes = 0;    ///< after unpacking
    std::uint32_t checksum = 0; ///< CRC-32 of the unpacked bytes; of no meaning in a tar
    MemberPacking packing = MemberPacking::InTar;
    MemberProblem problem = MemberProblem::None;
};

/// The files in an archive in the order of the archive. Names are as stored: they may occur twice or lead out
/// of the archive.
struct ArchiveIndex {
    NameTable names;
    std::vector<MemberPlace> places;
    std::size_t links = 0; ///< symbolic links, which are not among them

    void add(std::string_view name, const MemberPlace &place) {
        names.add(name);
        places.push_back(place);
    }
};

/// The sentence's end for messages: "is encrypted".
std::string textOf(MemberProblem problem);

/// An archive of more members is refused.
constexpr std::size_t mostMembers = 20'000'000;

/// Whether the first bytes of a file (1 KiB suffices) are those of a tar archive.
bool beginsLikeTar(std::string_view bytes);

/// Reads all headers of a tar archive: POSIX ustar and pax, GNU and old V7. Hard links become members with
/// the bytes of their targets. Throws InvalidInput if a header is damaged or the file ends within a member,
/// OpeningCancelled.
ArchiveIndex indexTar(const RandomFile &file, const std::stop_token &stop);

/// The first `count` files of a tar archive, without reading further.
ArchiveIndex firstOfTar(const RandomFile &file, std::size_t count);

/// Whether a file begins like a ZIP archive.
bool beginsLikeZip(std::string_view bytes);

/// Reads the central directory of a ZIP archive, also of ZIP64. Throws InvalidInput if it is damaged,
/// truncated, in several parts, or has members that overlap, OpeningCancelled.
ArchiveIndex indexZip(const RandomFile &file, const std::stop_token &stop);

} // namespace simclr
