// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// What a pickle describes, as plain nodes that name one another by their places: nothing is run, nothing
/// nests on the stack, and cycles do no harm.
struct PickleNode {
    enum class Kind {
        None,
        Boolean,
        Integer,
        Real,
        Text, ///< bytes too
        Tuple,
        List,
        Dict,      ///< items: key, value, key, value, …
        Global,    ///< text: "module name"
        Storage,   ///< items: of the persistent id: "storage", the type's Global, key, place, elements, view
        Tensor,    ///< items: Storage, offset, sizes, strides
        Reference, ///< integer: the persistent id, as files older than PyTorch 0.1.10 have them
        Opaque, ///< an object of any other class, never built; text: "module name"; items: arguments, state
    };
    Kind kind = Kind::None;
    std::int64_t integer = 0;         ///< also of a Boolean
    std::string_view text = {};       ///< a view into the pickle's bytes or its names
    std::vector<std::uint32_t> items; ///< places of other nodes
};

struct Pickle {
    std::vector<PickleNode> nodes;
    std::uint32_t root = 0;
    std::size_t bytes = 0; ///< of the pickle itself, which others may follow
    /// Of classes and functions, each once; on the heap, so that moving keeps the views valid.
    std::unique_ptr<std::set<std::string, std::less<>>> names;

    const PickleNode &at(std::uint32_t node) const { return nodes.at(node); }
};

/// Reads pickles of protocols 0 to 5. Dicts, lists, tuples, texts and numbers come out as they are, and
/// tensors as descriptions of their bytes. Objects of any class that this reader does not know come out as
/// Opaque nodes: no class is looked up, no function is called, no state is set. A class that is filled with
/// items as a dict or a list is one. Takes time and memory in proportion to the bytes that are there, which
/// must outlive the result. Throws InvalidInput.
Pickle readPickle(std::string_view bytes);

/// "module.name" of a Global or Opaque, short enough for a message.
std::string shownName(const PickleNode &node);

} // namespace simclr
