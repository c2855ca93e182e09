// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/value_table.h"
#include "core/store/records.h"

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

namespace simclr::cli {

/// --csv, --markdown, --latex, of which at most one is set.
struct TableOptions {
    bool csv = false;
    bool markdown = false;
    bool latex = false;

    std::optional<TableFormat> format() const;
};

/// `options` must outlive the command. Excludes --json.
void addTableOptions(CLI::App &command, TableOptions &options);

/// The columns of `simclr runs` as values; accuracies are in [0, 1].
ValueTable runsValues(const std::vector<RunRecord> &runs);

} // namespace simclr::cli
