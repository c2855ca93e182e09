// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/options/parameter.h"
#include "core/report/html_writer.h"
#include "core/store/records.h"

#include <vector>

namespace simclr {

/// Writes a line for each run: status, seed, progress, speed, time, tags.
void writeRuns(HtmlWriter &html, const std::vector<RunRecord> &runs);

/// Writes the settings in which several runs differ; nothing for one run.
void writeDifferences(HtmlWriter &html, const std::vector<RunRecord> &runs, const Schema &schema);

/// Writes the options that all runs share, by their titles in `schema`, and for one run all of them.
void writeConfiguration(HtmlWriter &html, const std::vector<RunRecord> &runs, const Schema &schema);

/// Writes images, device, program and libraries.
void writeEnvironment(HtmlWriter &html, const std::vector<RunRecord> &runs);

/// Writes the notes of the user and the events of the runs; nothing if there are none.
void writeNotes(HtmlWriter &html, const std::vector<RunRecord> &runs);

} // namespace simclr
