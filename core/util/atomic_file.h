// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace simclr {

/// A file that is written piece by piece and gets its name only when it is complete: it is written under a
/// temporary name in the same folder; commit() syncs it, renames it and syncs the folder. If it is destroyed
/// before that, it leaves nothing behind. Every function throws IoError.
class AtomicFile {
  public:
    explicit AtomicFile(std::filesystem::path path);
    ~AtomicFile();
    AtomicFile(const AtomicFile &) = delete;
    AtomicFile &operator=(const AtomicFile &) = delete;

    void append(std::string_view bytes);
    /// Overwrites bytes that were already written, starting at byte `offset`.
    void overwrite(std::uint64_t offset, std::string_view bytes);
    /// Replaces the file of this name. Call it once, last.
    void commit();

  private:
    std::filesystem::path m_path;
    std::filesystem::path m_temporary;
    int m_descriptor = -1;
    bool m_isCommitted = false;
};

} // namespace simclr
