// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/error.h"

namespace simclr {

/// Stored data is invalid: "the config of run 3 is not valid JSON …". Connection adds the file name.
class DamagedRecord : public StorageError {
  public:
    using StorageError::StorageError;
};

} // namespace simclr
