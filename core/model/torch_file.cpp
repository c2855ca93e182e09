// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/torch_file.h"

#include "core/model/pickle.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/zip.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <optional>
#include <set>

namespace simclr {

namespace {

using Kind = PickleNode::Kind;

constexpr std::string_view zipStart = "PK\x03\x04";
/// The pickle of torch.save()'s magic number, with which files older than PyTorch 1.6 begin.
constexpr std::string_view oldStart = "\x80\x02\x8a\x0al\xfc\x9c\x46\xf9\x20j\xa8P\x19.";

/// Deep enough for {"state_dict": {…}} and the like.
constexpr int deepestDict = 6;

std::optional<torch::ScalarType> elementType(std::string_view storage) {
    static const std::map<std::string_view, torch::ScalarType> types{
        {"torch FloatStorage", torch::kFloat32}, {"torch DoubleStorage", torch::kFloat64},
        {"torch HalfStorage", torch::kFloat16},  {"torch BFloat16Storage", torch::kBFloat16},
        {"torch LongStorage", torch::kInt64},    {"torch IntStorage", torch::kInt32},
        {"torch ShortStorage", torch::kInt16},   {"torch CharStorage", torch::kInt8},
        {"torch ByteStorage", torch::kUInt8},    {"torch BoolStorage", torch::kBool}};
    const auto found = types.find(storage);
    return found == types.end() ? std::nullopt : std::optional(found->second);
}

/// Bytes of the storage with this key, or nothing where there is none.
using StorageBytes = std::function<std::optional<std::string_view>(std::string_view key)>;

/// Makes tensors of what a pickle describes; tensors of one storage share its copy, so that no description
/// can ask for more memory than the file is long.
class TensorMaker {
  public:
    TensorMaker(const Pickle &pickle, StorageBytes bytes) : m_pickle(pickle), m_bytes(std::move(bytes)) {}

    torch::Tensor make(const PickleNode &tensor) {
        const torch::Tensor storage = storageOf(m_pickle.at(tensor.items.at(0)));
        const std::int64_t offset = integer(m_pickle.at(tensor.items.at(1)));
        const auto sizes = integers(m_pickle.at(tensor.items.at(2)));
        const auto strides = integers(m_pickle.at(tensor.items.at(3)));
        requireInside(storage.numel(), offset, sizes, strides);
        return storage.as_strided(sizes, strides, offset);
    }

  private:
    static std::int64_t integer(const PickleNode &node) {
        if (node.kind != Kind::Integer || node.integer < 0)
            throw InvalidInput("a tensor has a size or place that is no natural number");
        return node.integer;
    }

    std::vector<std::int64_t> integers(const PickleNode &tuple) const {
        constexpr std::size_t mostAxes = 16;
        if (tuple.kind != Kind::Tuple || tuple.items.size() > mostAxes)
            throw InvalidInput("a tensor has sizes that are no short list");
        std::vector<std::int64_t> numbers;
        for (const std::uint32_t item : tuple.items)
            numbers.push_back(integer(m_pickle.at(item)));
        return numbers;
    }

    /// The last element must lie inside the storage, and no element may stand for many: a stride of 0 would
    /// make a giant of a few bytes.
    static void requireInside(std::int64_t elements, std::int64_t offset,
                              const std::vector<std::int64_t> &sizes,
                              const std::vector<std::int64_t> &strides) {
        std::int64_t last = offset;
        std::int64_t count = 1;
        bool fits = sizes.size() == strides.size();
        for (std::size_t i = 0; fits && i < sizes.size(); ++i) {
            std::int64_t reach = 0;
            fits = !__builtin_mul_overflow(count, sizes[i], &count) &&
                   !__builtin_mul_overflow(std::max<std::int64_t>(0, sizes[i] - 1), strides[i], &reach) &&
                   !__builtin_add_overflow(last, reach, &last);
        }
        if (!fits || offset > elements || count > elements || (count > 0 && last >= elements))
            throw InvalidInput("a tensor lies outside its bytes");
    }

    torch::Tensor storageOf(const PickleNode &node) {
        const std::string_view key = m_pickle.at(node.items.at(2)).text;
        const std::string_view typeName = m_pickle.at(node.items.at(1)).text;
        const auto type = elementType(typeName);
        if (!type)
            throw InvalidInput("a tensor has a type that is not read here");
        const auto known = m_storages.find(key);
        if (known != m_storages.end() && known->second.scalar_type() == *type)
            return known->second;
        if (known != m_storages.end())
            throw InvalidInput("tensors of two types share their bytes");
        return m_storages[key] = copied(key, *type, integer(m_pickle.at(node.items.at(4))));
    }

    torch::Tensor copied(std::string_view key, torch::ScalarType type, std::int64_t elements) {
        const auto bytes = m_bytes(key);
        if (!bytes)
            throw InvalidInput("the bytes of tensor storage " + toValidUtf8(key) + " are missing");
        const auto each = static_cast<std::int64_t>(c10::elementSize(type));
        if (static_cast<std::int64_t>(bytes->size()) % each != 0 ||
            static_cast<std::int64_t>(bytes->size()) / each != elements)
            throw InvalidInput("tensor storage " + toValidUtf8(key) + " has " +
                               std::to_string(bytes->size()) + " bytes, which is not what its size says");
        torch::Tensor storage = torch::empty({elements}, type);
        if (!bytes->empty())
            std::memcpy(storage.data_ptr(), bytes->data(), bytes->size());
        return storage;
    }

    const Pickle &m_pickle;
    StorageBytes m_bytes;
    std::map<std::string_view, torch::Tensor> m_storages;
};

/// Calls visit(name, node) for every tensor under text keys of nested dicts, each dict once.
template <typename Visit>
void visitTensors(const Pickle &pickle, std::uint32_t dict, const std::string &prefix, int depth,
                  std::set<std::uint32_t> &seen, const Visit &visit) {
    if (depth > deepestDict || !seen.insert(dict).second)
        return;
    const std::vector<std::uint32_t> &items = pickle.at(dict).items;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
        const PickleNode &key = pickle.at(items[i]);
        const PickleNode &value = pickle.at(items[i + 1]);
        if (key.kind != Kind::Text)
            continue;
        const std::string name = prefix + std::string(key.text);
        if (value.kind == Kind::Tensor)
            visit(name, value);
        else if (value.kind == Kind::Dict)
            visitTensors(pickle, items[i + 1], name + ".", depth + 1, seen, visit);
    }
}

NamedTensors tensorsOf(const Pickle &pickle, const StorageBytes &bytes) {
    if (pickle.at(pickle.root).kind != Kind::Dict)
        throw InvalidInput("it holds no dict of weights by name; in Python, save model.state_dict()");
    NamedTensors tensors;
    TensorMaker maker(pickle, bytes);
    std::set<std::uint32_t> seen;
    visitTensors(pickle, pickle.root, {}, 0, seen, [&](const std::string &name, const PickleNode &node) {
        tensors.insert_or_assign(name, maker.make(node));
    });
    return tensors;
}

/// The folder inside the archive under which everything stands; torch.save() names it after the file.
std::string rootFolder(const std::vector<std::string> &names) {
    constexpr std::string_view description = "/data.pkl";
    std::string root;
    for (const std::string &name : names)
        if (name.ends_with(description) && name.find('/') == name.size() - description.size())
            root = name.substr(0, name.size() - description.size() + 1);
    if (root.empty())
        throw InvalidInput("it is a ZIP archive, but none that torch.save() writes");
    if (std::ranges::count(names, root + "constants.pkl") > 0)
        throw InvalidInput("it is a TorchScript program, of which nothing is read here; in Python, save its "
                           "state_dict()");
    return root;
}

NamedTensors tensorsOfArchive(std::string_view bytes) {
    const std::string root = rootFolder(zipNames(bytes));
    const auto members = zipMembers(bytes);
    const auto order = members.find(root + "byteorder");
    if (order != members.end() && order->second != "little")
        throw InvalidInput("it was written on a machine with another order of bytes");
    const Pickle pickle = readPickle(members.at(root + "data.pkl"));
    return tensorsOf(pickle, [&](std::string_view key) -> std::optional<std::string_view> {
        const auto found = members.find(root + "data/" + std::string(key));
        return found == members.end() ? std::nullopt : std::optional(found->second);
    });
}

/// Number of elements before the bytes of each storage in an old file.
std::uint64_t takeCount(std::string_view &bytes) {
    std::uint64_t count = 0;
    if (bytes.size() < sizeof count)
        throw InvalidInput("it breaks off");
    std::memcpy(&count, bytes.data(), sizeof count);
    bytes.remove_prefix(sizeof count);
    return count;
}

/// Bytes of an element of each storage that a pickle names.
std::map<std::string_view, std::uint64_t> elementSizes(const Pickle &pickle) {
    std::map<std::string_view, std::uint64_t> sizes;
    for (const PickleNode &node : pickle.nodes)
        if (node.kind == Kind::Storage)
            if (const auto type = elementType(pickle.at(node.items.at(1)).text))
                sizes[pickle.at(node.items.at(2)).text] = c10::elementSize(*type);
    return sizes;
}

/// Pickles of a magic number, a version, the machine, the dict, and the keys of the storages; then their
/// bytes in the order of the keys.
NamedTensors tensorsOfOldFile(std::string_view bytes) {
    bytes.remove_prefix(oldStart.size());
    const auto take = [&bytes] {
        Pickle pickle = readPickle(bytes);
        bytes.remove_prefix(pickle.bytes);
        return pickle;
    };
    take(); // version
    take(); // the machine's sizes of short, int and long, which no tensor here has
    const Pickle pickle = take();
    const Pickle keys = take();
    const auto sizes = elementSizes(pickle);
    std::map<std::string_view, std::string_view> storages;
    for (const std::uint32_t item : keys.at(keys.root).items) {
        const auto size = sizes.find(keys.at(item).text);
        const std::uint64_t count = takeCount(bytes);
        if (size == sizes.end() || count > bytes.size() / size->second)
            throw InvalidInput("it breaks off, or its list of contents is damaged");
        storages[size->first] = bytes.substr(0, count * size->second);
        bytes.remove_prefix(count * size->second);
    }
    return tensorsOf(pickle, [&](std::string_view key) -> std::optional<std::string_view> {
        const auto found = storages.find(key);
        return found == storages.end() ? std::nullopt : std::optional(found->second);
    });
}

} // namespace

bool looksLikeTorchFile(std::string_view bytes) {
    return bytes.starts_with(zipStart) || bytes.starts_with(oldStart);
}

NamedTensors tensorsOfTorchFile(std::string_view bytes) {
    return bytes.starts_with(oldStart) ? tensorsOfOldFile(bytes) : tensorsOfArchive(bytes);
}

} // namespace simclr
