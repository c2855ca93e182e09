// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/value_table.h"
#include "core/store/run_query.h"

namespace simclr::cli {

/// Prints the ids and these fields of the runs, as a table or as JSON: [{"id": 1, "values":
/// {"best(loss)": 4.2}}], null where a value is missing. Throws QueryMistake for a wrong field.
void printFields(const RunQuery &query, const std::vector<RunId> &runs,
                 const std::vector<std::string> &fields, bool json);

/// The same as values; accuracies are in [0, 1], moments are seconds since 1970.
ValueTable fieldValues(const RunQuery &query, const std::vector<RunId> &runs,
                       const std::vector<std::string> &fields);

} // namespace simclr::cli
