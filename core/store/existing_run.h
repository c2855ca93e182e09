// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <functional>

namespace simclr {

class Connection;

// For aggregates.

bool hasRun(Connection &connection, RunId id);

/// "there is no run 3 in runs.sqlite", as InvalidInput.
[[noreturn]] void throwMissing(const Connection &connection, RunId id);

/// Runs `change` in a transaction (Connection::inTransaction). Throws InvalidInput if there is no such run.
void changeRun(Connection &connection, RunId id, const std::function<void()> &change);

} // namespace simclr
