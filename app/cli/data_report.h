// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/util/json.h"

#include <string>

namespace simclr::cli {

/// A dataset in lines of plain text, safe to print.
std::string dataText(const Dataset &dataset);

/// The same as JSON, with all classes and the files that are left out.
Json dataJson(const Dataset &dataset);

} // namespace simclr::cli
