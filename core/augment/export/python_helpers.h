// SPDX-License-Identifier: GPL-3.0-or-later
// What the exported programs bring along where a library has no equal operation.
#pragma once

#include <string>

namespace simclr::python {

/// `code` below the imports and helpers that it uses, those of helpers included.
std::string withHelpers(const std::string &code);

} // namespace simclr::python
