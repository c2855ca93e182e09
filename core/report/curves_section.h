// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/options/parameter.h"
#include "core/report/html_writer.h"
#include "core/store/run_store.h"

#include <stop_token>
#include <vector>

namespace simclr {

/// Writes a chart for every metric of the runs, and for several runs a legend that names what differs.
/// Throws StorageError, and Interrupted if `stop` is requested.
void writeCurves(HtmlWriter &html, const RunStore &store, const std::vector<RunRecord> &runs,
                 const Schema &schema, const std::stop_token &stop);

} // namespace simclr
