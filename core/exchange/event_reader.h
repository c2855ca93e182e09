// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/event.h"

namespace simclr {

/// Reads one record of an event file. Text stays text; hparams after the first 1,000, and those whose name or
/// text is longer than 1,000 or 10,000 bytes, are left out. Throws InvalidInput if the record is damaged or
/// has more than 100,000 values.
Event readEvent(std::string_view record);

} // namespace simclr
