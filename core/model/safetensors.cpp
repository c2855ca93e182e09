// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/safetensors.h"

#include "core/util/atomic_file.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/hash.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>

namespace simclr {

namespace {

static_assert(std::endian::native == std::endian::little, "safetensors files are little-endian");

constexpr std::uintmax_t maxFileBytes = std::uintmax_t{16} << 30;
constexpr std::uint64_t maxHeaderBytes = 64u << 20;
constexpr const char *metadataKey = "__metadata__";

/// Bytes of one element; nothing for an unknown type.
std::optional<std::uint64_t> elementBytes(const std::string &type) {
    static const std::map<std::string, std::uint64_t> sizes{{"F64", 8}, {"F32", 4}, {"F16", 2}, {"BF16", 2},
                                                            {"I64", 8}, {"I32", 4}, {"I16", 2}, {"I8", 1},
                                                            {"U8", 1},  {"BOOL", 1}};
    const auto found = sizes.find(type);
    return found == sizes.end() ? std::nullopt : std::optional(found->second);
}

/// Bytes for this type and shape; nothing if that overflows or a size is negative.
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
        throw InvalidInput("a tensor is outside the file");
    tensor.bytes = data.substr(offsets[0], offsets[1] - offsets[0]);
    if (expectedBytes(tensor.type, tensor.shape) != tensor.bytes.size())
        throw InvalidInput("a tensor's shape does not match its bytes");
    return tensor;
}

/// Placeholder for the checksum in the header, so that the checksum can cover the rest of the file.
const std::string noChecksum(64, '0');

/// SHA-256 of the whole file, with `sum` in its header replaced by the placeholder.
std::string checksumWithout(const std::string &sum, std::string_view bytes, std::size_t headerEnd) {
    const std::size_t at = bytes.substr(0, headerEnd).find(sum);
    if (at == std::string_view::npos)
        return {};
    Sha256 hash;
    hash.add(bytes.substr(0, at));
    hash.add(noChecksum);
    hash.add(bytes.substr(at + sum.size()));
    return hash.hex();
}

/// Files of other programs have no checksum; files of our first version have one over the tensors alone.
void requireChecksum(const Json &own, std::string_view bytes, std::size_t headerEnd) {
    const auto requireEqual = [](const std::string &stored, const std::string &actual) {
        if (stored != actual)
            throw InvalidInput("its checksum does not match its content");
    };
    if (own.contains("checksum")) {
        const std::string stored = own["checksum"].get<std::string>();
        if (stored.size() != noChecksum.size())
            throw InvalidInput("its checksum does not match its content");
        requireEqual(stored, checksumWithout(stored, bytes, headerEnd));
    } else if (own.contains("sha256"))
        requireEqual(own["sha256"].get<std::string>(), sha256(bytes.substr(headerEnd)));
    else if (own.contains("simclr"))
        throw InvalidInput("its checksum is missing");
}

std::uint64_t byteCount(const std::string &name, const TensorLayout &layout) {
    const auto bytes = expectedBytes(layout.type, layout.shape);
    if (!bytes)
        throw Error("tensor " + name + " has a type or size that cannot be stored");
    return *bytes;
}

/// Large elements first, as in Hugging Face's own writer: their bytes then begin at multiples of their size,
/// which some readers need to map them.
std::vector<std::string> orderOf(const std::map<std::string, TensorLayout> &tensors) {
    std::vector<std::string> names;
    for (const auto &[name, layout] : tensors)
        names.push_back(name);
    std::ranges::stable_sort(names, std::ranges::greater{}, [&](const std::string &name) {
        return elementBytes(tensors.at(name).type).value_or(0);
    });
    return names;
}

/// The format requires strings as metadata values, so ours is JSON in one string; "format" is the framework
/// name that Hugging Face's loaders require. The checksum comes first, so that similar text further on cannot
/// be taken for it.
Json metadataFor(const Json &metadata) {
    return {{"checksum", noChecksum}, {"format", "pt"}, {"simclr", toLine(metadata)}};
}

Json headerFor(const std::map<std::string, TensorLayout> &tensors, const std::vector<std::string> &order,
               const Json &metadata) {
    Json header{{metadataKey, metadataFor(metadata)}};
    std::uint64_t at = 0;
    for (const std::string &name : order) {
        const TensorLayout &layout = tensors.at(name);
        const std::uint64_t end = at + byteCount(name, layout);
        header[name] = {{"dtype", layout.type}, {"shape", layout.shape}, {"data_offsets", {at, end}}};
        at = end;
    }
    return header;
}

/// The header as stored in the file, after its length.
std::string headerBytes(const Json &header) {
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' ');
    const std::uint64_t length = text.size();
    return std::string(reinterpret_cast<const char *>(&length), sizeof length) + text;
}

} // namespace

SafetensorsFile SafetensorsFile::read(const std::filesystem::path &path) {
    const std::string name = displayName(path);
    SafetensorsFile file;
    file.m_bytes = std::make_unique<const std::string>(readFile(path, maxFileBytes));
    const std::string_view bytes = *file.m_bytes;
    std::uint64_t headerBytes = 0;
    if (bytes.size() >= sizeof headerBytes)
        std::memcpy(&headerBytes, bytes.data(), sizeof headerBytes);
    if (headerBytes < 2 || headerBytes > maxHeaderBytes || headerBytes > bytes.size() - sizeof headerBytes)
        throw InvalidInput(name + " is not a safetensors file, or is damaged");
    const Json header = parseJson(bytes.substr(sizeof headerBytes, headerBytes), "the header of " + name);
    if (!header.is_object())
        throw InvalidInput(name + " is damaged: its header is not a JSON object");
    try {
        file.take(header, sizeof headerBytes + headerBytes);
    } catch (const InvalidInput &error) {
        throw InvalidInput(name + " is damaged: " + error.what());
    } catch (const Json::exception &error) {
        throw InvalidInput(name + " is damaged: " + jsonReason(error));
    }
    return file;
}

void SafetensorsFile::take(const Json &header, std::size_t headerEnd) {
    const std::string_view bytes = *m_bytes;
    for (const auto &[key, entry] : header.items())
        if (key != metadataKey)
            m_tensors.emplace(key, tensorFrom(entry, bytes.substr(headerEnd)));
    const Json own = header.value(metadataKey, Json::object());
    requireChecksum(own, bytes, headerEnd);
    if (own.contains("simclr"))
        m_metadata = parseJson(own["simclr"].get<std::string>(), "its metadata");
}

void SafetensorsFile::write(const std::filesystem::path &path,
                            const std::map<std::string, TensorLayout> &tensors, const Json &metadata,
                            const BytesOf &bytesOf) {
    const std::vector<std::string> order = orderOf(tensors);
    const std::string header = headerBytes(headerFor(tensors, order, metadata));
    AtomicFile file(path);
    Sha256 hash;
    const auto append = [&](std::string_view bytes) {
        hash.add(bytes);
        file.append(bytes);
    };
    append(header);
    for (const std::string &name : order) {
        const std::string_view bytes = bytesOf(name);
        if (bytes.size() != byteCount(name, tensors.at(name)))
            throw Error("tensor " + name + " has a number of bytes that does not match its shape");
        append(bytes);
    }
    file.overwrite(header.find(noChecksum), hash.hex());
    file.commit();
}

} // namespace simclr
