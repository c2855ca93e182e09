// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace simclr {

/// While it lives, this process gets no more memory than the machine has free when it is made. Linux promises
/// more than there is, and kills the program that then uses it; below this ceiling, whoever asks for too much
/// gets a std::bad_alloc or LibTorch's error instead, which can be explained. For computations on the CPU.
/// The ceiling is one for the whole process; of several at once the newest counts, and it goes with the last.
/// Any thread may make one. Where the system does not say what is free, nothing changes.
class MemoryCeiling {
  public:
    /// Changes nothing where it is not `wanted`.
    explicit MemoryCeiling(bool wanted = true);
    ~MemoryCeiling();
    MemoryCeiling(const MemoryCeiling &) = delete;
    MemoryCeiling &operator=(const MemoryCeiling &) = delete;

  private:
    bool m_isSet = false;
};

} // namespace simclr
