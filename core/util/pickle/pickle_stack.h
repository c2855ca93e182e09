// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/pickle/pickle.h"

#include <map>

namespace simclr {

/// Throws InvalidInput: the bytes are not a pickle, or a damaged one.
[[noreturn]] void refusePickleDamage();

/// The stack, the marks, the memo and the nodes of pickle's machine. Every access is checked; throws
/// InvalidInput if the pickle refers to something that does not exist.
class PickleStack {
  public:
    using Kind = PickleNode::Kind;
    using Place = std::uint32_t;
    using Places = std::vector<Place>;

    PickleStack();

    void push(Kind kind, std::int64_t integer = 0, std::string_view text = {});
    void pushWith(Kind kind, Places items, std::string_view text = {});
    void pushPlace(Place place) { m_stack.push_back(place); }
    /// The global of this module and name, which is only compared, never looked up.
    void pushGlobal(std::string_view moduleName, std::string_view name);

    Place top() const;
    Place pop();
    /// The last `count`, the oldest first.
    Places pop(std::size_t count);
    void mark() { m_marks.push_back(m_stack.size()); }
    Places popToMark();

    void remember(std::uint64_t key) { m_memo[key] = top(); }
    void rememberNext() { remember(m_memo.size()); }
    void recall(std::uint64_t key);

    PickleNode &node(Place place) { return m_pickle.nodes[place]; }
    /// Limits the work: a small file must not take hours.
    void charge(std::size_t work);
    /// Call it once, last.
    Pickle finish(std::size_t bytes);

  private:
    std::size_t m_work = 0;
    Pickle m_pickle;
    Places m_stack;
    std::vector<std::size_t> m_marks; ///< heights of the stack
    std::map<std::uint64_t, Place> m_memo;
};

} // namespace simclr
