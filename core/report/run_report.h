// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/options/parameter.h"
#include "core/report/pipeline_views.h"
#include "core/store/run_store.h"

#include <filesystem>
#include <span>
#include <stop_token>
#include <string>

namespace simclr {

struct ReportOptions {
    const Schema &schema; ///< of the training options: titles, and which suit only the machine
    OpenImages open;      ///< for the views of the pipelines; empty: none
    std::stop_token stop;
};

/// One run, or a comparison of several, as one HTML page for a browser and for paper: what differs, results
/// with their intervals and tests, curves, pipelines with views, configuration and environment. The page
/// contains everything, refers to nothing and runs no script; it is well-formed XML, and what comes from
/// databases and files is text in it. Throws InvalidInput if there is no such run or one is given twice,
/// StorageError, and Interrupted if a stop is requested.
std::string runReport(const RunStore &store, std::span<const RunId> runs, const ReportOptions &options);

/// Writes it; the file is complete or not there. Throws the same, and IoError.
void writeRunReport(const RunStore &store, std::span<const RunId> runs, const std::filesystem::path &file,
                    const ReportOptions &options);

} // namespace simclr
