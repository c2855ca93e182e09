// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/pickle/pickle_stack.h"

#include "core/util/error.h"

namespace simclr {

namespace {

/// Opcodes, and items that one of them copies; the state dict of ResNet-152 needs about fifty thousand.
constexpr std::size_t mostWork = 4'000'000;

/// One long name may be used by millions of opcodes, and no known one is so long.
constexpr std::size_t longestName = 100;

} // namespace

void refusePickleDamage() {
    throw InvalidInput("its description of the tensors is damaged");
}

PickleStack::PickleStack() {
    m_pickle.names = std::make_unique<std::set<std::string, std::less<>>>();
}

void PickleStack::push(Kind kind, std::int64_t integer, std::string_view text) {
    m_pickle.nodes.push_back({kind, integer, text, {}});
    pushPlace(static_cast<Place>(m_pickle.nodes.size() - 1));
}

void PickleStack::pushWith(Kind kind, Places items, std::string_view text) {
    push(kind, 0, text);
    m_pickle.nodes.back().items = std::move(items);
}

void PickleStack::pushGlobal(std::string_view moduleName, std::string_view name) {
    std::string full(moduleName.substr(0, longestName));
    full.append(" ").append(name.substr(0, longestName));
    push(Kind::Global, 0, *m_pickle.names->insert(std::move(full)).first);
}

PickleStack::Place PickleStack::top() const {
    if (m_stack.empty())
        refusePickleDamage();
    return m_stack.back();
}

PickleStack::Place PickleStack::pop() {
    const Place place = top();
    m_stack.pop_back();
    return place;
}

PickleStack::Places PickleStack::pop(std::size_t count) {
    if (m_stack.size() < count)
        refusePickleDamage();
    Places popped(m_stack.end() - static_cast<std::ptrdiff_t>(count), m_stack.end());
    m_stack.resize(m_stack.size() - count);
    return popped;
}

PickleStack::Places PickleStack::popToMark() {
    if (m_marks.empty() || m_marks.back() > m_stack.size())
        refusePickleDamage();
    const std::size_t mark = m_marks.back();
    m_marks.pop_back();
    return pop(m_stack.size() - mark);
}

void PickleStack::recall(std::uint64_t key) {
    const auto found = m_memo.find(key);
    if (found == m_memo.end())
        refusePickleDamage();
    pushPlace(found->second);
}

void PickleStack::charge(std::size_t work) {
    m_work += work;
    if (m_work > mostWork)
        throw InvalidInput("it contains far more than a network's weights");
}

Pickle PickleStack::finish(std::size_t bytes) {
    m_pickle.root = pop();
    m_pickle.bytes = bytes;
    return std::move(m_pickle);
}

} // namespace simclr
