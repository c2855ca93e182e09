// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/interrupt.h"
#include "core/data/dataset.h"
#include "core/run/run.h"
#include "core/store/run_store.h"

#include <CLI/CLI.hpp>
#include <functional>
#include <span>
#include <string>

namespace simclr::cli {

/// The selected action; returns the exit status. Empty until a subcommand is parsed.
using Action = std::function<int()>;

/// The database without --db; empty if no home folder is known.
std::string usualDatabase();

/// The run database and the output format: common to nearly all subcommands.
struct OutputOptions {
    std::string database = usualDatabase();
    bool json = false;
};

/// `options` must outlive the command. Parsing fails if no database is given and there is no default.
void addOutputOptions(CLI::App &command, OutputOptions &options);
/// --max-megapixels, for commands that open images.
void addDecodingOption(CLI::App &command);
/// --device, to compute on another device than the run did.
void addDeviceOption(CLI::App &command, std::string &device);
void addPipelineOption(CLI::App &command, std::string &presetOrPath);

/// Opens a dataset, cancellable by Ctrl-C; reports the number of broken files on stderr.
enum class DatasetNotes { Told, ToldByTheRun };
enum class DatasetMemory { Usual, InFiles }; ///< InFiles: images stay in their files, whose bytes can be read
DatasetPtr openData(const std::string &source, const Interrupt &interrupt,
                    DatasetNotes notes = DatasetNotes::Told, DatasetMemory memory = DatasetMemory::Usual);

/// Opens the database of existing runs; runs whose process is gone are marked first, if the file is writable.
RunStore openExisting(const std::string &database);

/// Prints `json` as the only document on stdout.
void printJson(const Json &json);

/// Prints how a run ended and returns the exit status for it.
int reportOutcome(const RunOutcome &outcome, const OutputOptions &output);

/// One sentence on stderr.
void complain(const std::string &sentence);

/// The first files that were left out, and the number of further ones out of `count`.
void complainOfBroken(std::span<const BrokenFile> broken, std::size_t count);

} // namespace simclr::cli
