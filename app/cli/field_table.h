// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_query.h"

namespace simclr::cli {

/// Prints the ids and these fields of the runs, as a table or as JSON: [{"id": 1, "values":
/// {"best(loss)": 4.2}}], null where a value is missing. Throws QueryMistake for a wrong field.
void printFields(const RunQuery &query, const std::vector<RunId> &runs,
                 const std::vector<std::string> &fields, bool json);

} // namespace simclr::cli
