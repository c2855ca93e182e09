// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/tree_order.h"

#include <QHash>
#include <algorithm>

namespace simclr::ui {

namespace {

/// The rows of `node` that `newer` has as well, in the order that they have there.
std::vector<RunNode *> inOrderOf(const RunNode &newer, const RunNode &node) {
    QHash<RowKey, RunNode *> rows;
    for (const auto &child : node.children)
        rows.insert(keyOf(*child), child.get());
    std::vector<RunNode *> wanted;
    for (const auto &child : newer.children)
        if (RunNode *row = rows.value(keyOf(*child)))
            wanted.push_back(row);
    return wanted;
}

} // namespace

bool isInOrderOf(const RunNode &newer, const RunNode &node) {
    const QHash<QString, RunNode *> groups = groupsOf(newer);
    return std::ranges::equal(inOrderOf(newer, node), node.children, {}, {},
                              [](const auto &child) { return child.get(); }) &&
           std::ranges::all_of(node.children, [&groups](const auto &child) {
               const RunNode *same = child->isGroup() ? groups.value(child->key) : nullptr;
               return same == nullptr || isInOrderOf(*same, *child);
           });
}

void numberChildren(RunNode &parent) {
    for (std::size_t row = 0; row < parent.children.size(); ++row)
        parent.children[row]->row = static_cast<int>(row);
}

void putInOrderOf(const RunNode &newer, RunNode &node) {
    const std::vector<RunNode *> wanted = inOrderOf(newer, node);
    for (auto &child : node.children)
        static_cast<void>(child.release()); // all of them are in `wanted`
    std::ranges::transform(wanted, node.children.begin(),
                           [](RunNode *row) { return std::unique_ptr<RunNode>(row); });
    numberChildren(node);
    const QHash<QString, RunNode *> groups = groupsOf(newer);
    for (const auto &child : node.children)
        if (const RunNode *same = child->isGroup() ? groups.value(child->key) : nullptr)
            putInOrderOf(*same, *child);
}

} // namespace simclr::ui
