// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace simclr {

/// While an object of this class exists, this process gets no more memory than was free when it was created.
/// Linux overcommits memory and kills the program that then uses it; below this ceiling, an allocation that
/// is too large fails with std::bad_alloc or LibTorch's error instead, which can be reported. For
/// computations on the CPU. The ceiling applies to the whole process; of several the newest counts, and it is
/// removed with the last. Any thread may create one. If the system does not report free memory, nothing
/// changes.
class MemoryCeiling {
  public:
    /// Changes nothing if it is not `wanted`.
    explicit MemoryCeiling(bool wanted = true);
    ~MemoryCeiling();
    MemoryCeiling(const MemoryCeiling &) = delete;
    MemoryCeiling &operator=(const MemoryCeiling &) = delete;

  private:
    bool m_isSet = false;
};

} // namespace simclr
