// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/torch_tensors.h"

#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <cstring>
#include <set>

namespace simclr {

namespace {

using Kind = PickleNode::Kind;

/// Deep enough for {"state_dict": {…}} and the like.
constexpr int deepestDict = 6;

/// No weight has a longer name, and one long name may be the prefix of many others.
constexpr std::size_t longestName = 1000;

/// Builds the tensors that a pickle describes.
class TensorMaker {
  public:
    TensorMaker(const Pickle &pickle, StorageBytes bytes) : m_pickle(pickle), m_bytes(std::move(bytes)) {}

    std::optional<torch::Tensor> make(const PickleNode &tensor) {
        if (tensor.kind != Kind::Tensor)
            return std::nullopt;
        const PickleNode &storage = item(tensor, 0);
        const auto type = storageType(item(storage, 1).text);
        if (!type)
            requireStorage(item(storage, 1));
        if (!type || !type->type)
            return std::nullopt;
        const torch::Tensor elements = storageOf(storage, *type->type);
        const auto [begin, length] = viewOf(storage, elements.numel());
        return tensorOver(elements, begin, length, natural(item(tensor, 1)), naturals(item(tensor, 2)),
                          naturals(item(tensor, 3)));
    }

  private:
    const PickleNode &item(const PickleNode &node, std::size_t which) const {
        return m_pickle.at(node.items.at(which));
    }

    /// Newer versions of PyTorch may have more of them; anything else is not a tensor type.
    static void requireStorage(const PickleNode &global) {
        if (!global.text.starts_with("torch") || !global.text.ends_with("Storage"))
            throw InvalidInput("a tensor has the type " + shownName(global));
    }

    static std::int64_t natural(const PickleNode &node) {
        if (node.kind != Kind::Integer || node.integer < 0)
            throw InvalidInput("a tensor has a size or offset that is not a natural number");
        return node.integer;
    }

    std::vector<std::int64_t> naturals(const PickleNode &list) const {
        constexpr std::size_t mostAxes = 16;
        if ((list.kind != Kind::Tuple && list.kind != Kind::List) || list.items.size() > mostAxes)
            throw InvalidInput("a tensor has sizes that are not a short list");
        std::vector<std::int64_t> numbers;
        for (const std::uint32_t place : list.items)
            numbers.push_back(natural(m_pickle.at(place)));
        return numbers;
    }

    /// The referenced part of a storage: all of it, or before PyTorch 0.4 (key, begin, length).
    std::pair<std::int64_t, std::int64_t> viewOf(const PickleNode &storage, std::int64_t elements) const {
        constexpr std::size_t viewAt = 5;
        if (storage.items.size() <= viewAt || item(storage, viewAt).kind != Kind::Tuple)
            return {0, elements};
        const PickleNode &view = item(storage, viewAt);
        if (view.items.size() != 3)
            throw InvalidInput("a part of a tensor storage has no offset");
        return {natural(item(view, 1)), natural(item(view, 2))};
    }

    torch::Tensor storageOf(const PickleNode &node, torch::ScalarType type) {
        const std::string_view key = item(node, 2).text;
        const auto known = m_storages.find(key);
        if (known != m_storages.end() && known->second.scalar_type() != type)
            throw InvalidInput("tensors of two types share a storage");
        if (known != m_storages.end())
            return known->second;
        const auto bytes = m_bytes(key);
        if (!bytes)
            throw InvalidInput("the bytes of tensor storage " + toValidUtf8(key) + " are missing");
        return m_storages[key] = storageFrom(*bytes, type, natural(item(node, 4)), toValidUtf8(key));
    }

    const Pickle &m_pickle;
    StorageBytes m_bytes;
    std::map<std::string_view, torch::Tensor> m_storages;
};

/// Calls visit(name, node) for every tensor under string keys of nested dicts, each dict once.
template <typename Visit>
void visitTensors(const Pickle &pickle, std::uint32_t dict, const std::string &prefix, int depth,
                  std::set<std::uint32_t> &seen, const Visit &visit) {
    if (depth > deepestDict || !seen.insert(dict).second)
        return;
    const std::vector<std::uint32_t> &items = pickle.at(dict).items;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
        const PickleNode &key = pickle.at(items[i]);
        const PickleNode &value = pickle.at(items[i + 1]);
        if (key.kind != Kind::Text || prefix.size() + key.text.size() > longestName)
            continue;
        const std::string name = prefix + std::string(key.text);
        if (value.kind == Kind::Tensor || value.kind == Kind::Reference)
            visit(name, value);
        else if (value.kind == Kind::Dict)
            visitTensors(pickle, items[i + 1], name + ".", depth + 1, seen, visit);
    }
}

void requireDict(const PickleNode &root) {
    constexpr const char *advice = "; in Python, save model.state_dict()";
    if (root.kind == Kind::Opaque && !root.text.empty())
        throw InvalidInput("it contains an object of class " + shownName(root) +
                           ", which is not loaded, and no dict of weights by name" + advice);
    if (root.kind != Kind::Dict)
        throw InvalidInput(std::string("it contains no dict of weights by name") + advice);
}

/// Refuses a file without tensors if it contains objects that may hold some.
void requireNotOnlyObjects(const Pickle &pickle) {
    for (const PickleNode &node : pickle.nodes)
        if (node.kind == Kind::Opaque && !node.text.empty())
            throw InvalidInput("it contains no named tensors, but an object of class " + shownName(node) +
                               ", which is not loaded; in Python, save model.state_dict()");
}

} // namespace

std::optional<StorageType> storageType(std::string_view global) {
    static const std::map<std::string_view, StorageType> types{{"FloatStorage", {4, torch::kFloat32}},
                                                               {"DoubleStorage", {8, torch::kFloat64}},
                                                               {"HalfStorage", {2, torch::kFloat16}},
                                                               {"BFloat16Storage", {2, torch::kBFloat16}},
                                                               {"LongStorage", {8, torch::kInt64}},
                                                               {"IntStorage", {4, torch::kInt32}},
                                                               {"ShortStorage", {2, torch::kInt16}},
                                                               {"CharStorage", {1, torch::kInt8}},
                                                               {"ByteStorage", {1, torch::kUInt8}},
                                                               {"BoolStorage", {1, torch::kBool}},
                                                               {"ComplexFloatStorage", {8, {}}},
                                                               {"ComplexDoubleStorage", {16, {}}},
                                                               {"QInt8Storage", {1, {}}},
                                                               {"QUInt8Storage", {1, {}}},
                                                               {"QInt32Storage", {4, {}}},
                                                               {"QUInt4x2Storage", {1, {}}},
                                                               {"QUInt2x4Storage", {1, {}}},
                                                               {"UntypedStorage", {1, {}}}};
    for (const std::string_view moduleName : {"torch ", "torch.cuda ", "torch.storage "})
        if (global.starts_with(moduleName)) {
            const auto found = types.find(global.substr(moduleName.size()));
            return found == types.end() ? std::nullopt : std::optional(found->second);
        }
    return std::nullopt;
}

torch::Tensor storageFrom(std::string_view bytes, torch::ScalarType type, std::int64_t elements,
                          const std::string &what) {
    const auto each = static_cast<std::int64_t>(c10::elementSize(type));
    const auto size = static_cast<std::int64_t>(bytes.size());
    if (size % each != 0 || size / each != elements)
        throw InvalidInput("tensor storage " + what + " has " + std::to_string(size) +
                           " bytes, which does not match its size");
    torch::Tensor storage = torch::empty({elements}, type);
    if (!bytes.empty())
        std::memcpy(storage.data_ptr(), bytes.data(), bytes.size());
    return storage;
}

/// The last element must be inside the storage, and elements must not be shared: a stride of 0 would turn a
/// few bytes into a huge tensor.
torch::Tensor tensorOver(const torch::Tensor &storage, std::int64_t begin, std::int64_t length,
                         std::int64_t offset, const std::vector<std::int64_t> &sizes,
                         const std::vector<std::int64_t> &strides) {
    std::int64_t last = offset;
    std::int64_t count = 1;
    bool fits = sizes.size() == strides.size() && begin >= 0 && begin <= storage.numel() && length >= 0 &&
                length <= storage.numel() - begin && offset >= 0;
    for (std::size_t i = 0; fits && i < sizes.size(); ++i) {
        std::int64_t reach = 0;
        fits = sizes[i] >= 0 && strides[i] >= 0 && !__builtin_mul_overflow(count, sizes[i], &count) &&
               !__builtin_mul_overflow(std::max<std::int64_t>(0, sizes[i] - 1), strides[i], &reach) &&
               !__builtin_add_overflow(last, reach, &last);
    }
    if (!fits || offset > length || count > length || (count > 0 && last >= length))
        throw InvalidInput("a tensor is outside its storage");
    return storage.as_strided(sizes, strides, begin + offset);
}

MakeTensor tensorMaker(const Pickle &pickle, StorageBytes bytes) {
    const auto maker = std::make_shared<TensorMaker>(pickle, std::move(bytes));
    return [maker](const PickleNode &node) { return maker->make(node); };
}

NamedTensors namedTensors(const Pickle &pickle, const MakeTensor &make) {
    requireDict(pickle.at(pickle.root));
    NamedTensors tensors;
    std::set<std::uint32_t> seen;
    visitTensors(pickle, pickle.root, {}, 0, seen, [&](const std::string &name, const PickleNode &node) {
        if (auto tensor = make(node))
            tensors.insert_or_assign(name, std::move(*tensor));
    });
    if (tensors.empty())
        requireNotOnlyObjects(pickle);
    return tensors;
}

} // namespace simclr
