// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_changes.h"

#include <cstdint>
#include <filesystem>
#include <functional>

namespace simclr {

/// The file in a run's folder that keeps what its database cannot take yet: a line of JSON for each append(),
/// synced. It exists only while it holds something. Owned by a BackgroundWriter, on whose thread it lives.
class ChangeJournal {
  public:
    /// A file that is there already is continued.
    explicit ChangeJournal(std::filesystem::path folder);

    const std::filesystem::path &file() const { return m_file; }
    bool isEmpty() const { return m_bytes == 0; }
    /// Gives all of it to `take`, in order. Throws IoError, and what `take` throws.
    /// Returns whether every line was understood.
    bool read(const std::function<void(const RunChanges &)> &take) const;
    /// Renames it to "….damaged", for whoever wants to look at it.
    void setAside();
    /// All or nothing. Throws IoError.
    void append(const RunChanges &changes);
    void clear();
    /// Nobody will append any more: whoever opens the database next takes it in, whether this process still
    /// lives or not.
    void leave();

  private:
    std::filesystem::path m_file;
    std::uint64_t m_bytes = 0;
};

/// A journal that a run left behind, which is nobody's now.
struct LeftJournal {
    std::filesystem::path file;
    bool isDamaged = false; ///< something in it could not be understood; the rest was given
};

/// Whether the folder of a run whose process may still live holds a journal that it has left.
bool hasLeftJournal(const std::filesystem::path &folder);

/// Gives what the journals in a run's folder hold to `take`, in order; a last line that was cut off by a
/// crash is passed over. Only for runs that nobody writes. Throws IoError where one cannot be read, and what
/// `take` throws.
std::vector<LeftJournal> readJournals(const std::filesystem::path &folder,
                                      const std::function<void(const RunChanges &)> &take);

/// Deletes those that were read; damaged ones are renamed to "….damaged" for whoever wants to look at them.
void removeJournals(const std::vector<LeftJournal> &journals);

} // namespace simclr
