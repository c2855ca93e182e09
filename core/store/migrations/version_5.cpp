// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrations/steps.h"

namespace simclr::migrations {

// The run that a run continues, as JSON; empty for a run that started at its first step.
const Migration version5{5, "ALTER TABLE runs ADD COLUMN origin TEXT NOT NULL DEFAULT ''"};

} // namespace simclr::migrations
