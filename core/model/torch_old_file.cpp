// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/torch_old_files.h"
#include "core/model/torch_tensors.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <cstring>

namespace simclr {

namespace {

using Kind = PickleNode::Kind;

/// LONG1 of torch.save()'s magic number and the end of its pickle.
constexpr std::string_view magic = "\x8a\x0al\xfc\x9c\x46\xf9\x20j\xa8P\x19.";

/// Bytes of the pickle of the magic number, including the protocol before it; 0 if there is none.
std::size_t magicBytes(std::string_view bytes) {
    constexpr std::size_t withoutFrame = 2; // PROTO
    constexpr std::size_t withFrame = 11;   // since protocol 4
    if (!bytes.starts_with('\x80'))
        return 0;
    for (const std::size_t at : {withoutFrame, withFrame})
        if (bytes.size() >= at && bytes.substr(at).starts_with(magic))
            return at + magic.size();
    return 0;
}

Pickle takePickle(std::string_view &bytes) {
    Pickle pickle = readPickle(bytes);
    bytes.remove_prefix(pickle.bytes);
    return pickle;
}

/// The sizes of short, int and long, which no tensor uses, and the byte order.
void requireLittleEndian(const Pickle &machine) {
    const std::vector<std::uint32_t> &items = machine.at(machine.root).items;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2)
        if (machine.at(items[i]).text == "little_endian" && machine.at(items[i + 1]).kind == Kind::Boolean &&
            machine.at(items[i + 1]).integer == 0)
            throw InvalidInput("it was written with another byte order");
}

/// The number of elements, stored before the bytes of each storage.
std::uint64_t takeCount(std::string_view &bytes) {
    std::uint64_t count = 0;
    if (bytes.size() < sizeof count)
        throw InvalidInput("it is truncated");
    std::memcpy(&count, bytes.data(), sizeof count);
    bytes.remove_prefix(sizeof count);
    return count;
}

/// Bytes of an element of each storage that a pickle names.
std::map<std::string_view, std::uint64_t> elementSizes(const Pickle &pickle) {
    std::map<std::string_view, std::uint64_t> sizes;
    for (const PickleNode &node : pickle.nodes) {
        if (node.kind != Kind::Storage)
            continue;
        const PickleNode &global = pickle.at(node.items.at(1));
        const auto type = storageType(global.text);
        if (!type)
            throw InvalidInput("it contains a storage of class " + shownName(global) +
                               ", whose element size is unknown");
        sizes[pickle.at(node.items.at(2)).text] = type->bytes;
    }
    return sizes;
}

} // namespace

bool looksLikeOldTorchFile(std::string_view bytes) {
    return magicBytes(bytes) > 0;
}

/// Pickles of a magic number, a version, the machine, the dict, and the keys of the storages; then their
/// bytes in the order of the keys.
NamedTensors tensorsOfOldTorchFile(std::string_view bytes) {
    bytes.remove_prefix(magicBytes(bytes));
    takePickle(bytes); // version
    requireLittleEndian(takePickle(bytes));
    const Pickle pickle = takePickle(bytes);
    const Pickle keys = takePickle(bytes);
    const auto sizes = elementSizes(pickle);
    std::map<std::string_view, std::string_view> storages;
    for (const std::uint32_t item : keys.at(keys.root).items) {
        const auto size = sizes.find(keys.at(item).text);
        const std::uint64_t count = takeCount(bytes);
        if (size == sizes.end() || count > bytes.size() / size->second)
            throw InvalidInput("it is truncated, or its index is damaged");
        storages[size->first] = bytes.substr(0, count * size->second);
        bytes.remove_prefix(count * size->second);
    }
    return namedTensors(pickle,
                        tensorMaker(pickle, [&](std::string_view key) -> std::optional<std::string_view> {
                            const auto found = storages.find(key);
                            return found == storages.end() ? std::nullopt : std::optional(found->second);
                        }));
}

} // namespace simclr
