// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/error.h"

namespace simclr {

/// A run database of an older version, which was to be opened without migrating it.
class OlderDatabase : public StorageError {
  public:
    using StorageError::StorageError;
};

} // namespace simclr
