// SPDX-License-Identifier: GPL-3.0-or-later
// Helpers that exported programs contain where a library has no equivalent operation.
#pragma once

#include <string>

namespace simclr::python {

/// `code` below the imports and helpers that it uses, those of helpers included.
std::string withHelpers(const std::string &code);

} // namespace simclr::python
