// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/common.h"

namespace simclr::cli {

// Each adds its subcommand to `app`; after parsing, `action` runs it.
void addData(CLI::App &app, Action &action);
void addDemo(CLI::App &app, Action &action);
void addTrain(CLI::App &app, Action &action);
void addCheck(CLI::App &app, Action &action);
void addSweep(CLI::App &app, Action &action);
void addQueue(CLI::App &app, Action &action);
void addResume(CLI::App &app, Action &action);
void addEval(CLI::App &app, Action &action);
void addRuns(CLI::App &app, Action &action);
void addShow(CLI::App &app, Action &action);
void addCurves(CLI::App &app, Action &action);
void addRename(CLI::App &app, Action &action);
void addDelete(CLI::App &app, Action &action);
void addRestore(CLI::App &app, Action &action);
void addEmptyTrash(CLI::App &app, Action &action);
void addAnnotate(CLI::App &app, Action &action);
void addCompare(CLI::App &app, Action &action);
void addExport(CLI::App &app, Action &action);
void addEmbed(CLI::App &app, Action &action);
void addImportWeights(CLI::App &app, Action &action);
void addImportEvents(CLI::App &app, Action &action);
void addExportEvents(CLI::App &app, Action &action);
void addReport(CLI::App &app, Action &action);
void addImportCsv(CLI::App &app, Action &action);
void addImportRuns(CLI::App &app, Action &action);
void addPreview(CLI::App &app, Action &action);
void addPipeline(CLI::App &app, Action &action);
void addMeters(CLI::App &app, Action &action);
void addMap(CLI::App &app, Action &action);
void addNeighbours(CLI::App &app, Action &action);
void addDuplicates(CLI::App &app, Action &action);
void addConfusion(CLI::App &app, Action &action);
void addQuality(CLI::App &app, Action &action);

} // namespace simclr::cli
