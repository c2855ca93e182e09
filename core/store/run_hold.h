// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <utility>

namespace simclr {

/// A lock on a run's folder: many may use the run at a time, or one deletes it, in any process. The system
/// releases it when the object or its process ends, however that happens. Move-only; any thread.
class RunHold {
  public:
    enum class Purpose { Use, Deletion };

    /// Nothing if the other purpose holds the run. Where the lock's file cannot be created (in an empty
    /// path none is), nothing is locked, which is not an error. Uses flock(2).
    static std::optional<RunHold> take(const std::filesystem::path &runFolder, Purpose purpose);

    ~RunHold();
    RunHold(RunHold &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, none)) {}
    RunHold &operator=(RunHold &&) = delete;

  private:
    static constexpr int none = -1;
    explicit RunHold(int descriptor) : m_descriptor(descriptor) {}

    int m_descriptor;
};

} // namespace simclr
