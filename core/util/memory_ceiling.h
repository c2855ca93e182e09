// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/resource.h>

namespace simclr {

/// While it lives, this process gets no more memory than the machine has free when it is made. Linux promises
/// more than there is, and kills the program that then uses it; below this ceiling, whoever asks for too much
/// gets a std::bad_alloc or LibTorch's error instead, which can be explained. For computations on the CPU.
/// Where the system does not say what is free, nothing changes.
class MemoryCeiling {
  public:
    /// Changes nothing where it is not `wanted`.
    explicit MemoryCeiling(bool wanted = true);
    ~MemoryCeiling();
    MemoryCeiling(const MemoryCeiling &) = delete;
    MemoryCeiling &operator=(const MemoryCeiling &) = delete;

  private:
    rlimit m_before{};
    bool m_isSet = false;
};

} // namespace simclr
