// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
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
        Text,
        Tuple,
        List,
        Dict,    ///< items: key, value, key, value, …
        Global,  ///< text: "module name"
        Storage, ///< items: of the persistent id: "storage", the type's Global, key, place, elements
        Tensor,  ///< items: Storage, offset, sizes, strides
    };
    Kind kind = Kind::None;
    std::int64_t integer = 0; ///< also of a Boolean
    std::string_view text;    ///< a view into the pickle's bytes
    std::vector<std::uint32_t> items;
};

struct Pickle {
    std::vector<PickleNode> nodes;
    std::uint32_t root = 0;
    std::size_t bytes = 0; ///< of the pickle itself, which others may follow

    const PickleNode &at(std::uint32_t node) const { return nodes.at(node); }
};

/// Reads the few opcodes and globals that state dicts of PyTorch are made of (pickle protocols 2 to 4), and
/// refuses every other one by name: no class is looked up, no function is called. `bytes` must outlive the
/// result. Throws InvalidInput.
Pickle readPickle(std::string_view bytes);

} // namespace simclr
