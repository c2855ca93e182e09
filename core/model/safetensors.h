// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// Type and shape of a tensor in a safetensors file.
struct TensorLayout {
    std::string type; ///< "F32", "I64", …
    std::vector<std::int64_t> shape;
};

/// One tensor of a safetensors file; the bytes are not owned.
struct StoredTensor : TensorLayout {
    std::string_view bytes; ///< little-endian, row-major
};

/// The safetensors layout (Hugging Face): eight bytes of header length, a JSON header, raw tensors. Ours
/// carry a SHA-256 over the whole file. Reading executes no code and checks every size against the file's
/// length before using it.
class SafetensorsFile {
  public:
    /// Throws IoError, or InvalidInput if the file is damaged or of another kind.
    static SafetensorsFile read(const std::filesystem::path &path);

    /// The bytes of the tensor of this name, little-endian and row-major; valid until the next call.
    using BytesOf = std::function<std::string_view(const std::string &name)>;

    /// Written atomically, one tensor at a time, large elements first and otherwise in the order of their
    /// names, so that only one tensor is in memory. Names PyTorch as the framework, as the loaders of
    /// transformers and others require. Throws IoError, and Error if bytes do not match their layout.
    static void write(const std::filesystem::path &path, const std::map<std::string, TensorLayout> &tensors,
                      const Json &metadata, const BytesOf &bytesOf);

    const std::map<std::string, StoredTensor> &tensors() const { return m_tensors; }
    /// The metadata that was passed to write().
    const Json &metadata() const { return m_metadata; }

  private:
    SafetensorsFile() = default;

    /// Throws InvalidInput or Json::exception.
    void take(const Json &header, std::size_t headerEnd);

    std::unique_ptr<const std::string> m_bytes; ///< on the heap, so that moving keeps the views valid
    std::map<std::string, StoredTensor> m_tensors;
    Json m_metadata = Json::object();
};

} // namespace simclr
