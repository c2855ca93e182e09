// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/options/parameter.h"
#include "core/report/html_writer.h"
#include "core/store/run_store.h"

#include <vector>

namespace simclr {

/// Writes the accuracies of the runs with their 95 % intervals; for several runs the best of each column, the
/// difference to the first run, and for two runs McNemar's test. Throws StorageError.
void writeResults(HtmlWriter &html, const RunStore &store, const std::vector<RunRecord> &runs);

/// Writes how groups of runs that differ in their seeds only compare with the first of these groups; nothing
/// if there is only one. `schema` is that of the training options.
void writeVerdicts(HtmlWriter &html, const std::vector<RunRecord> &runs, const Schema &schema);

} // namespace simclr
