// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/table/run_tree.h"

namespace simclr::ui {

/// Gives the children their places.
void numberChildren(RunNode &parent);

/// Whether the rows that both have are in the same order, at any depth.
bool isInOrderOf(const RunNode &newer, const RunNode &node);

/// Brings the rows of `node`, each of which `newer` has as well, into the order that they have there.
void putInOrderOf(const RunNode &newer, RunNode &node);

} // namespace simclr::ui
