// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_changes.h"

#include <cstdint>
#include <filesystem>
#include <functional>

namespace simclr {

/// The file in a run's folder with records that its database cannot accept yet: one line of JSON per
/// append(), synced. It exists only while it has content. Owned by a BackgroundWriter, on whose thread it
/// lives.
class ChangeJournal {
  public:
    /// Appends to an existing file.
    explicit ChangeJournal(std::filesystem::path folder);

    const std::filesystem::path &file() const { return m_file; }
    bool isEmpty() const { return m_bytes == 0; }
    /// Passes all records to `take`, in order. Throws IoError, and what `take` throws. Returns whether every
    /// line was understood.
    bool read(const std::function<void(const RunChanges &)> &take) const;
    /// Renames it to "….damaged", so that it can be inspected.
    void setAside();
    /// All or nothing. Throws IoError.
    void append(const RunChanges &changes);
    void clear();
    /// Declares the journal complete: the next process that opens the database imports it, whether or not
    /// this process still runs.
    void leave();

  private:
    std::filesystem::path m_file;
    std::uint64_t m_bytes = 0;
};

/// A journal that a run left behind, without an owner.
struct LeftJournal {
    std::filesystem::path file;
    bool isDamaged = false; ///< a part of it could not be parsed; the rest was read
};

/// Whether the folder of a run whose process may still run contains a completed journal.
bool hasLeftJournal(const std::filesystem::path &folder);

/// Passes the records of the journals in a run's folder to `take`, in order; a last line truncated by a crash
/// is ignored. Only for runs that no process writes. Throws IoError if one cannot be read, and what `take`
/// throws.
std::vector<LeftJournal> readJournals(const std::filesystem::path &folder,
                                      const std::function<void(const RunChanges &)> &take);

/// Deletes the journals that were read; damaged ones are renamed to "….damaged", so that they can be
/// inspected.
void removeJournals(const std::vector<LeftJournal> &journals);

} // namespace simclr
