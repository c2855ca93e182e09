// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/safetensors.h"

#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/hash.h"

#include <bit>
#include <cstring>
#include <optional>

namespace simclr {

namespace {

static_assert(std::endian::native == std::endian::little, "safetensors files are little-endian");

constexpr std::uintmax_t maxFileBytes = std::uintmax_t{16} << 30;
constexpr std::uint64_t maxHeaderBytes = 64u << 20;
constexpr const char *metadataKey = "__metadata__";

/// Bytes of one element; nothing for a type that is not known.
std::optional<std::uint64_t> elementBytes(const std::string &type) {
    static const std::map<std::string, std::uint64_t> sizes{{"F64", 8}, {"F32", 4}, {"F16", 2}, {"BF16", 2},
                                                            {"I64", 8}, {"I32", 4}, {"I16", 2}, {"I8", 1},
                                                            {"U8", 1},  {"BOOL", 1}};
    const auto found = sizes.find(type);
    return found == sizes.end() ? std::nullopt : std::optional(found->second);
}

/// Bytes that this type and shape need; nothing where that overflows or a size is negative.
std::optional<std::uint64_t> expectedBytes(const std::string &type, const std::vector<std::int64_t> &shape) {
    std::optional<std::uint64_t> bytes = elementBytes(type);
    for (const std::int64_t size : shape) {
        std::uint64_t product = 0;
        if (!bytes || size < 0 || __builtin_mul_overflow(*bytes, static_cast<std::uint64_t>(size), &product))
            return std::nullopt;
        bytes = product;
    }
    return bytes;
}

StoredTensor tensorFrom(const Json &entry, std::string_view data) {
    StoredTensor tensor;
    tensor.type = entry.at("dtype").get<std::string>();
    tensor.shape = entry.at("shape").get<std::vector<std::int64_t>>();
    const auto offsets = entry.at("data_offsets").get<std::vector<std::uint64_t>>();
    if (offsets.size() != 2 || offsets[0] > offsets[1] || offsets[1] > data.size())
        throw InvalidInput("a tensor lies outside the file");
    tensor.bytes = data.substr(offsets[0], offsets[1] - offsets[0]);
    if (expectedBytes(tensor.type, tensor.shape) != tensor.bytes.size())
        throw InvalidInput("a tensor's shape does not fit its bytes");
    return tensor;
}

std::string checksum(std::string_view data) {
    return sha256(data);
}

Json headerFor(const std::map<std::string, StoredTensor> &tensors, const Json &metadata,
               const std::string &sum) {
    // The format wants texts as metadata values, so ours is JSON in one text.
    Json header{{metadataKey, {{"simclr", toLine(metadata)}, {"sha256", sum}}}};
    std::uint64_t at = 0;
    for (const auto &[name, tensor] : tensors) {
        header[name] = {{"dtype", tensor.type},
                        {"shape", tensor.shape},
                        {"data_offsets", {at, at + tensor.bytes.size()}}};
        at += tensor.bytes.size();
    }
    return header;
}

} // namespace

SafetensorsFile SafetensorsFile::read(const std::filesystem::path &path) {
    const std::string name = displayName(path);
    const std::string content = readFile(path, maxFileBytes);
    SafetensorsFile file;
    file.m_bytes.assign(content.begin(), content.end());
    const std::string_view bytes(file.m_bytes.data(), file.m_bytes.size());
    std::uint64_t headerBytes = 0;
    if (bytes.size() >= sizeof headerBytes)
        std::memcpy(&headerBytes, bytes.data(), sizeof headerBytes);
    if (headerBytes < 2 || headerBytes > maxHeaderBytes || headerBytes > bytes.size() - sizeof headerBytes)
        throw InvalidInput(name + " is not a safetensors file, or is damaged");
    const Json header = parseJson(bytes.substr(sizeof headerBytes, headerBytes), "the header of " + name);
    const std::string_view data = bytes.substr(sizeof headerBytes + headerBytes);
    try {
        for (const auto &[key, entry] : header.items())
            if (key != metadataKey)
                file.m_tensors.emplace(key, tensorFrom(entry, data));
        const Json own = header.value(metadataKey, Json::object());
        if (own.contains("sha256") && own["sha256"].get<std::string>() != checksum(data))
            throw InvalidInput("its checksum does not fit its content");
        file.m_metadata =
            own.contains("simclr") ? Json::parse(own["simclr"].get<std::string>()) : Json::object();
    } catch (const InvalidInput &error) {
        throw InvalidInput(name + " is damaged: " + error.what());
    } catch (const Json::exception &error) {
        throw InvalidInput(name + " is damaged: " + error.what());
    }
    return file;
}

void SafetensorsFile::write(const std::filesystem::path &path,
                            const std::map<std::string, StoredTensor> &tensors, const Json &metadata) {
    std::string data;
    for (const auto &[name, tensor] : tensors)
        data += tensor.bytes;
    std::string header = headerFor(tensors, metadata, checksum(data)).dump();
    header.resize((header.size() + 7) / 8 * 8, ' ');
    const std::uint64_t headerBytes = header.size();
    std::string content(reinterpret_cast<const char *>(&headerBytes), sizeof headerBytes);
    content += header;
    content += data;
    writeFileAtomically(path, content);
}

} // namespace simclr
