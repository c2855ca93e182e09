// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/pickle/pickle_stack.h"

#include <initializer_list>
#include <optional>

namespace simclr {

/// Results of the calls in a pickle: dicts, tensors and sizes for the few functions that are known by name,
/// an Opaque node for every other function. Nothing is called.
class PickleCalls {
  public:
    explicit PickleCalls(PickleStack &stack) : m_stack(stack) {}

    /// Pushes the result of `callee` for a tuple of arguments.
    void call(PickleStack::Place callee, PickleStack::Place arguments);
    /// Pushes the object that a persistent id refers to.
    void resolve(PickleStack::Place id);

  private:
    using Kind = PickleNode::Kind;
    using Place = PickleStack::Place;
    using Places = PickleStack::Places;

    bool pushKnown(std::string_view name, const Places &arguments);
    bool pushTensor(std::string_view name, const Places &arguments);
    bool pushDict(const Places &arguments);
    bool pushOf(const Places &arguments, std::initializer_list<Kind> kinds);
    std::optional<Places> pairsOf(Place source);
    void resolveTuple(const Places &id);
    const PickleNode &node(Place place) { return m_stack.node(place); }

    PickleStack &m_stack;
};

} // namespace simclr
