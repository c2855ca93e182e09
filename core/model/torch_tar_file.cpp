// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/torch_old_files.h"
#include "core/model/torch_tensors.h"
#include "core/util/error.h"
#include "core/util/tar.h"

#include <cstring>

namespace simclr {

namespace {

using Kind = PickleNode::Kind;

/// Reads the parts of an archive member one after the other.
class TarMember {
  public:
    explicit TarMember(std::string_view bytes) : m_bytes(bytes) {}

    Pickle pickle() {
        Pickle pickle = readPickle(m_bytes);
        m_bytes.remove_prefix(pickle.bytes);
        return pickle;
    }

    std::string_view bytes(std::uint64_t count) {
        if (count > m_bytes.size())
            throw InvalidInput("it is truncated");
        const std::string_view taken = m_bytes.substr(0, count);
        m_bytes.remove_prefix(count);
        return taken;
    }

    template <typename Number>
    Number number() {
        Number value = 0;
        std::memcpy(&value, bytes(sizeof value).data(), sizeof value);
        return value;
    }

    std::vector<std::int64_t> numbers(std::int32_t count) {
        std::vector<std::int64_t> values;
        for (std::int32_t i = 0; i < count; ++i)
            values.push_back(number<std::int64_t>());
        return values;
    }

  private:
    std::string_view m_bytes;
};

[[noreturn]] void refuseDamage() {
    throw InvalidInput("its index is damaged");
}

/// The root of a pickle that is an integer.
std::int64_t wholeNumber(const Pickle &pickle) {
    if (pickle.at(pickle.root).kind != Kind::Integer)
        refuseDamage();
    return pickle.at(pickle.root).integer;
}

/// One of the three entries of an index tuple.
const PickleNode &part(const Pickle &pickle, const PickleNode &tuple, std::size_t which, std::size_t of = 3) {
    if (tuple.items.size() != of)
        refuseDamage();
    return pickle.at(tuple.items[which]);
}

/// The elements of a storage from `begin` on.
struct Elements {
    torch::Tensor storage; ///< undefined if its type is not supported
    std::int64_t begin = 0;
    std::int64_t length = 0;
};

using Storages = std::map<std::int64_t, Elements>;

/// A tuple of key, device and class before the number of elements and their bytes.
void takeStorage(TarMember &member, Storages &storages) {
    const Pickle about = member.pickle();
    const PickleNode &tuple = about.at(about.root);
    const auto type = storageType(part(about, tuple, 2).text);
    const auto count = member.number<std::uint64_t>();
    std::uint64_t size = 0;
    if (!type || __builtin_mul_overflow(count, type->bytes, &size))
        refuseDamage();
    const std::string_view bytes = member.bytes(size);
    Elements elements;
    elements.length = static_cast<std::int64_t>(count);
    if (type->type)
        elements.storage = storageFrom(bytes, *type->type, elements.length, "");
    storages[part(about, tuple, 0).integer] = elements;
}

/// Parts of storages: key, key of the whole, begin, length.
void addViews(const Pickle &views, Storages &storages) {
    for (const std::uint32_t item : views.at(views.root).items) {
        const auto number = [&](std::size_t which) { return part(views, views.at(item), which, 4).integer; };
        const auto whole = storages.find(number(1));
        if (whole == storages.end() || number(2) < 0 || number(3) < 0 ||
            number(2) > whole->second.length - number(3))
            refuseDamage();
        storages[number(0)] = {whole->second.storage, whole->second.begin + number(2), number(3)};
    }
}

Storages readStorages(std::string_view bytes) {
    TarMember member(bytes);
    Storages storages;
    for (std::int64_t left = wholeNumber(member.pickle()); left > 0; --left)
        takeStorage(member, storages);
    addViews(member.pickle(), storages);
    return storages;
}

/// A tuple of key, storage and class before the number of axes, sizes, strides and offset.
void takeTensor(TarMember &member, const Storages &storages,
                std::map<std::int64_t, std::optional<torch::Tensor>> &tensors) {
    constexpr std::int32_t mostAxes = 16;
    const Pickle about = member.pickle();
    const PickleNode &tuple = about.at(about.root);
    const auto storage = storages.find(part(about, tuple, 1).integer);
    const auto axes = member.number<std::int32_t>();
    member.bytes(4);
    if (storage == storages.end() || axes < 0 || axes > mostAxes)
        refuseDamage();
    const std::vector<std::int64_t> sizes = member.numbers(axes);
    const std::vector<std::int64_t> strides = member.numbers(axes);
    const auto offset = member.number<std::int64_t>();
    const auto &[elements, begin, length] = storage->second;
    auto &tensor = tensors[part(about, tuple, 0).integer];
    if (elements.defined())
        tensor = tensorOver(elements, begin, length, offset, sizes, strides);
}

} // namespace

bool looksLikeTorchTar(std::string_view bytes) {
    return looksLikeTar(bytes);
}

/// Members: sys_info; storages and tensors, which are numbered; pickle, which names them by their numbers.
NamedTensors tensorsOfTorchTar(std::string_view bytes) {
    const auto members = tarMembers(bytes);
    for (const char *name : {"storages", "tensors", "pickle"})
        if (!members.contains(name))
            throw InvalidInput("it is a tar archive, but not one written by torch.save()");
    const Storages storages = readStorages(members.at("storages"));
    TarMember member(members.at("tensors"));
    std::map<std::int64_t, std::optional<torch::Tensor>> tensors;
    for (std::int64_t left = wholeNumber(member.pickle()); left > 0; --left)
        takeTensor(member, storages, tensors);
    const Pickle pickle = readPickle(members.at("pickle"));
    return namedTensors(pickle, [&](const PickleNode &node) -> std::optional<torch::Tensor> {
        const auto found = tensors.find(node.integer);
        return node.kind == Kind::Reference && found != tensors.end() ? found->second : std::nullopt;
    });
}

} // namespace simclr
