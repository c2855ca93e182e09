// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace simclr {

/// SHA-256 (FIPS 180-4) over bytes added in any number of pieces. Not thread-safe.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256 &) = delete;
    Sha256 &operator=(const Sha256 &) = delete;

    void add(std::span<const std::byte> bytes);
    void add(std::string_view text);

    /// The digest of all that was added, as 64 lower-case hexadecimal digits. Call it once, last.
    std::string hex();

  private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

/// SHA-256 of `text` as 64 hexadecimal digits.
std::string sha256(std::string_view text);

} // namespace simclr
