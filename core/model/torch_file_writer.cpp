// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/torch_file.h"
#include "core/util/files.h"

#include <caffe2/serialize/inline_container.h>
#include <limits>
#include <string_view>

namespace simclr {

namespace {

/// The opcodes of a state dict, as Python's pickle would write them without a memo. LibTorch's own
/// pickle_save() tags dicts with their types, as TorchScript does, which torch.load(weights_only=True)
/// refuses.
class StateDictPickle {
  public:
    StateDictPickle() { m_bytes = std::string("\x80\x02") + "ccollections\nOrderedDict\n)R("; }

    void add(const std::string &name, const torch::Tensor &tensor, const std::string &storageKey) {
        text(name);
        m_bytes += "ctorch._utils\n_rebuild_tensor_v2\n((";
        text("storage");
        m_bytes += tensor.scalar_type() == torch::kInt64 ? "ctorch\nLongStorage\n" : "ctorch\nFloatStorage\n";
        text(storageKey);
        text("cpu");
        integer(tensor.numel());
        m_bytes += "tQ";
        integer(0);
        tuple(tensor.sizes());
        tuple(tensor.strides());
        m_bytes += "\x89"; // needs no gradient
        m_bytes += "ccollections\nOrderedDict\n)RtR";
    }

    std::string finish() { return std::move(m_bytes) + "u."; }

  private:
    void littleEndian(std::uint64_t value, int bytes) {
        for (int i = 0; i < bytes; ++i)
            m_bytes += static_cast<char>(value >> (8 * i));
    }

    void text(const std::string &value) {
        m_bytes += 'X';
        littleEndian(value.size(), 4);
        m_bytes += value;
    }

    void integer(std::int64_t value) {
        const bool isShort = value <= std::numeric_limits<std::int32_t>::max();
        m_bytes += isShort ? "J" : "\x8a\x08";
        littleEndian(static_cast<std::uint64_t>(value), isShort ? 4 : 8);
    }

    void tuple(c10::IntArrayRef values) {
        m_bytes += '(';
        for (const std::int64_t value : values)
            integer(value);
        m_bytes += 't';
    }

    std::string m_bytes;
};

/// At least the size of the archive.
std::size_t archiveBytes(const std::string &description, const std::vector<torch::Tensor> &contents) {
    constexpr std::size_t mostBesideARecord = 1024; // two headers with its name, padding
    std::size_t bytes = description.size() + (contents.size() + 8) * mostBesideARecord;
    for (const torch::Tensor &tensor : contents)
        bytes += tensor.nbytes();
    return bytes;
}

} // namespace

void writeTorchFile(const std::filesystem::path &path, const NamedTensors &tensors) {
    StateDictPickle pickle;
    std::vector<torch::Tensor> contents;
    for (const auto &[name, tensor] : tensors) {
        const bool isCount = tensor.scalar_type() == torch::kInt64;
        contents.push_back(tensor.to(torch::kCPU, isCount ? torch::kInt64 : torch::kFloat32).contiguous());
        pickle.add(name, contents.back(), std::to_string(contents.size() - 1));
    }
    const std::string description = pickle.finish();
    std::string bytes;
    bytes.reserve(archiveBytes(description, contents)); // the writer's callback must not throw
    caffe2::serialize::PyTorchStreamWriter archive([&bytes](const void *data, std::size_t size) {
        bytes.append(static_cast<const char *>(data), size);
        return size;
    });
    archive.writeRecord("data.pkl", description.data(), description.size());
    constexpr std::string_view order = "little";
    archive.writeRecord("byteorder", order.data(), order.size());
    for (std::size_t i = 0; i < contents.size(); ++i)
        archive.writeRecord("data/" + std::to_string(i), contents[i].data_ptr(), contents[i].nbytes());
    archive.writeEndOfFile();
    writeFileAtomically(path, bytes);
}

} // namespace simclr
