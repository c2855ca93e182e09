// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/arrays/byte_spool.h"
#include "core/data/arrays/npy_header.h"

#include <cstdint>
#include <map>
#include <string>

namespace simclr {

/// An array whose values begin at `begin` in `bytes`.
struct NpyArray {
    NpyHeader header;
    ByteSourcePtr bytes;
    std::uint64_t begin = 0;
};

/// The arrays of an .npz file: a ZIP archive of .npy files, stored or deflated, also ZIP64 (APPNOTE.TXT).
/// Every offset and size is checked against the file. Errors are worded to follow the file's name.
class NpzArchive {
  public:
    /// Reads the central directory. Throws InvalidInput, IoError.
    explicit NpzArchive(ByteSourcePtr file);

    bool has(const std::string &array) const { return m_members.contains(array + ".npy"); }
    /// The names of all arrays, separated by commas; at most the first 10.
    std::string names() const;

    /// The array of this name, which exists. Stored values are read in place; deflated ones are unpacked.
    /// Throws InvalidInput, IoError.
    NpyArray array(const std::string &name, const SpoolPlace &place) const;

  private:
    struct Member {
        std::uint64_t begin = 0; ///< of its local header
        std::uint64_t packedBytes = 0;
        std::uint64_t bytes = 0;
        unsigned method = 0;
        bool isEncrypted = false;
    };
    struct Directory {
        std::uint64_t begin = 0;
        std::uint64_t bytes = 0;
    };

    Directory findDirectory() const;
    Directory directoryOfZip64(std::uint64_t endRecord) const;
    void readDirectory(const std::string &records);
    static void readZip64Field(const std::string &extra, Member &member);
    std::uint64_t contentBegin(const Member &member) const;

    ByteSourcePtr m_file;
    std::map<std::string, Member> m_members;
};

} // namespace simclr
