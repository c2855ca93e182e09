// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// One tensor of a safetensors file; the bytes belong to somebody else.
struct StoredTensor {
    std::string type; ///< "F32", "I64", …
    std::vector<std::int64_t> shape;
    std::string_view bytes; ///< little-endian, row-major
};

/// The safetensors layout (Hugging Face): eight bytes of header length, a JSON header, raw tensors. Ours
/// carry a SHA-256 over the whole file. Reading it runs nothing and believes no size before it was checked
/// against the file's length.
class SafetensorsFile {
  public:
    /// Throws IoError, or InvalidInput where the file is damaged or something else.
    static SafetensorsFile read(const std::filesystem::path &path);

    /// Written atomically, tensors in the order of their names. Throws IoError.
    static void write(const std::filesystem::path &path, const std::map<std::string, StoredTensor> &tensors,
                      const Json &metadata);

    const std::map<std::string, StoredTensor> &tensors() const { return m_tensors; }
    /// What was given as metadata to write().
    const Json &metadata() const { return m_metadata; }

  private:
    SafetensorsFile() = default;

    std::vector<char> m_bytes; ///< on the heap also when small, so that moving keeps the views valid
    std::map<std::string, StoredTensor> m_tensors;
    Json m_metadata;
};

} // namespace simclr
