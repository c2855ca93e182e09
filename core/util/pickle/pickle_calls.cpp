// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/pickle/pickle_calls.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace simclr {

namespace {

/// No call of a state dict has more arguments, nor has a persistent id more parts.
constexpr std::size_t mostArguments = 16;

/// Storages are identified by numbers; one long key may be used by millions of opcodes.
constexpr std::size_t longestKey = 100;

template <std::size_t N>
bool isAmong(const std::array<std::string_view, N> &names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

constexpr std::array<std::string_view, 3> dicts{"collections OrderedDict", "builtins dict",
                                                "__builtin__ dict"};
constexpr std::string_view defaultDict = "collections defaultdict";
constexpr std::string_view size = "torch Size";

/// Tensors of a storage, an offset, sizes and strides; the first is that of PyTorch before 0.4.
constexpr std::array<std::string_view, 2> rebuiltTensors{"torch._utils _rebuild_tensor",
                                                         "torch._utils _rebuild_tensor_v2"};
/// Tensors of a function, a class, the function's arguments and attributes.
constexpr std::array<std::string_view, 2> typedTensors{"torch._tensor _rebuild_from_type_v2",
                                                       "torch._tensor _rebuild_from_type"};
/// They return their first argument, with attributes that weights do not need.
constexpr std::array<std::string_view, 5> wrappedTensors{
    "torch._utils _rebuild_parameter", "torch._utils _rebuild_parameter_with_state",
    "torch.nn.parameter Parameter", "torch.nn.parameter Buffer", "torch.autograd.variable Variable"};

} // namespace

void PickleCalls::call(Place callee, Place arguments) {
    const std::string_view name = node(callee).text;
    const Kind kind = node(callee).kind;
    if (kind != Kind::Global && kind != Kind::Opaque)
        refusePickleDamage();
    const PickleNode &tuple = node(arguments);
    const bool isPlain = tuple.kind == Kind::Tuple && tuple.items.size() <= mostArguments;
    if (kind == Kind::Opaque || !isPlain || !pushKnown(name, Places(tuple.items)))
        m_stack.pushWith(Kind::Opaque, {arguments}, name);
}

bool PickleCalls::pushKnown(std::string_view name, const Places &arguments) {
    if (isAmong(dicts, name))
        return pushDict(arguments);
    if (name == defaultDict) // its first argument is the default factory
        return pushDict(arguments.empty() ? arguments : Places(arguments.begin() + 1, arguments.end()));
    if (name == size)
        return pushOf(arguments, {Kind::Tuple, Kind::List});
    if (isAmong(wrappedTensors, name))
        return pushOf(arguments, {Kind::Tensor, Kind::Reference});
    if (isAmong(typedTensors, name) && arguments.size() >= 3 &&
        node(arguments[2]).items.size() <= mostArguments)
        return pushTensor(node(arguments[0]).text, Places(node(arguments[2]).items));
    return pushTensor(name, arguments);
}

bool PickleCalls::pushTensor(std::string_view name, const Places &arguments) {
    if (!isAmong(rebuiltTensors, name) || arguments.size() < 4 || node(arguments[0]).kind != Kind::Storage)
        return false;
    m_stack.pushWith(Kind::Tensor, {arguments[0], arguments[1], arguments[2], arguments[3]});
    return true;
}

/// The first argument itself, if it is of one of these kinds.
bool PickleCalls::pushOf(const Places &arguments, std::initializer_list<Kind> kinds) {
    if (arguments.empty() || std::ranges::find(kinds, node(arguments[0]).kind) == kinds.end())
        return false;
    m_stack.pushPlace(arguments[0]);
    return true;
}

bool PickleCalls::pushDict(const Places &arguments) {
    const auto items = arguments.empty() ? Places() : pairsOf(arguments[0]);
    if (items)
        m_stack.pushWith(Kind::Dict, *items);
    return items.has_value();
}

/// The items of a dict, or of a list of pairs, as Python 2 passes them to an OrderedDict.
std::optional<PickleStack::Places> PickleCalls::pairsOf(Place source) {
    m_stack.charge(node(source).items.size());
    if (node(source).kind == Kind::Dict)
        return node(source).items;
    Places items;
    for (const Place pair : node(source).items) {
        if (node(pair).items.size() != 2)
            return std::nullopt;
        items.insert(items.end(), node(pair).items.begin(), node(pair).items.end());
    }
    return items;
}

void PickleCalls::resolve(Place id) {
    const PickleNode &known = node(id);
    std::int64_t number = known.integer;
    if (known.kind == Kind::Text) {
        const char *end = known.text.data() + known.text.size();
        const auto read = std::from_chars(known.text.data(), end, number);
        if (read.ec != std::errc() || read.ptr != end)
            return m_stack.push(Kind::Opaque);
    }
    if (known.kind == Kind::Integer || known.kind == Kind::Text)
        m_stack.push(Kind::Reference, number);
    else if (known.kind == Kind::Tuple && !known.items.empty() && known.items.size() <= mostArguments)
        resolveTuple(Places(known.items));
    else
        m_stack.push(Kind::Opaque);
}

/// A storage, or the class of a module with its source: ("module", class, file, source), before PyTorch
/// 0.1.10 (class, file, source).
void PickleCalls::resolveTuple(const Places &id) {
    const std::string_view what = node(id[0]).text;
    if (what == "module" && id.size() > 1)
        return m_stack.pushPlace(id[1]);
    if (node(id[0]).kind != Kind::Text || what != "storage")
        return m_stack.pushPlace(id[0]);
    const bool fits = id.size() >= 5 && node(id[1]).kind == Kind::Global && node(id[2]).kind == Kind::Text &&
                      node(id[2]).text.size() <= longestKey && node(id[4]).kind == Kind::Integer;
    if (!fits)
        refusePickleDamage();
    m_stack.pushWith(Kind::Storage, id);
}

} // namespace simclr
