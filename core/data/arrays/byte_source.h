// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace simclr {

/// Bytes that any number of threads can read at any place: in memory or in a file.
class ByteSource {
  public:
    virtual ~ByteSource() = default;

    virtual std::uint64_t size() const = 0;
    /// Reads exactly `count` bytes from `at`. Throws IoError if they cannot be read.
    virtual void read(std::uint64_t at, char *to, std::size_t count) const = 0;
    virtual bool isInMemory() const = 0;
    /// Whether the bytes may have changed since the source was made.
    virtual bool isTouched() const { return false; }
};

using ByteSourcePtr = std::shared_ptr<const ByteSource>;

ByteSourcePtr bytesInMemory(std::string bytes);

/// A regular file, which is kept open and read in place. Throws IoError.
ByteSourcePtr bytesOfFile(const std::filesystem::path &path);

/// The open file of this descriptor, which the result closes. `name` is for messages. Throws IoError.
ByteSourcePtr bytesOfDescriptor(int descriptor, const std::filesystem::path &name);

/// `count` bytes from `at`. Throws IoError, and InvalidInput if there are fewer.
std::string bytesAt(const ByteSource &source, std::uint64_t at, std::size_t count);

} // namespace simclr
