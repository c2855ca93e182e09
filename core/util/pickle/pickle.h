// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// The content of a pickle, as plain nodes that refer to one another by index: no code is run, there is no
/// recursion, and cycles are harmless.
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
        Storage,   ///< items of the persistent id: "storage", the type's Global, key, place, elements, view
        Tensor,    ///< items: Storage, offset, sizes, strides
        Reference, ///< integer: the persistent id, as in files older than PyTorch 0.1.10
        Opaque, ///< an object of any other class, never built; text: "module name"; items: arguments, state
    };
    Kind kind = Kind::None;
    std::int64_t integer = 0;         ///< also of a Boolean
    std::string_view text = {};       ///< a view into the pickle's bytes or its names
    std::vector<std::uint32_t> items; ///< indices of other nodes
};

struct Pickle {
    std::vector<PickleNode> nodes;
    std::uint32_t root = 0;
    std::size_t bytes = 0; ///< of the pickle itself; other pickles may follow
    /// Names of classes and functions, each once; on the heap, so that moving keeps the views valid.
    std::unique_ptr<std::set<std::string, std::less<>>> names;

    const PickleNode &at(std::uint32_t node) const { return nodes.at(node); }
};

/// Reads pickles of protocols 0 to 5. Dicts, lists, tuples, texts and numbers become nodes of their kind, and
/// tensors become descriptions of their bytes. Objects of unknown classes become Opaque nodes: no class is
/// looked up, no function is called, no state is set. This includes unknown classes that are filled like a
/// dict or a list. Takes time and memory in proportion to the bytes, which must outlive the result. Throws
/// InvalidInput.
Pickle readPickle(std::string_view bytes);

/// "module.name" of a Global or Opaque, short enough for a message.
std::string shownName(const PickleNode &node);

} // namespace simclr
