// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace simclr {

/// Makes the C library keep large blocks for the next training step instead of returning them to the system,
/// which would zero and map every page again each time. Call it first in main(), before threads start.
void keepLargeBlocks();

/// Returns free memory to the system, after a run.
void releaseFreeMemory();

} // namespace simclr
