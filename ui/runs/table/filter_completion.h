// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/table/filter_line.h"

namespace simclr::ui {

class RunQueries;

/// What may be written at the cursor of a filter, from the names and values that `queries` knows; it reads
/// those that are missing, for the next key.
FilterCompletions completionsOf(const QString &line, int cursor, RunQueries &queries);

} // namespace simclr::ui
