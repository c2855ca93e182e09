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

/// What the command line chose to do; returns the exit status. Empty until a subcommand was parsed.
using Action = std::function<int()>;

/// The database that is meant where --db names none; empty where no home folder is known.
std::string usualDatabase();

/// Where runs are kept, and who reads the output: common to nearly all subcommands.
struct OutputOptions {
    std::string database = usualDatabase();
    bool json = false;
};

/// `options` outlive the command. Parsing fails where no database is named and none is usual.
void addOutputOptions(CLI::App &command, OutputOptions &options);
/// --data and what belongs to it.
void addDataOption(CLI::App &command, std::string &source);
/// --max-megapixels, for commands that open images.
void addDecodingOption(CLI::App &command);
/// --device, to compute elsewhere than the run did.
void addDeviceOption(CLI::App &command, std::string &device);
void addPipelineOption(CLI::App &command, std::string &presetOrPath);

/// Opens a dataset, heeding Ctrl-C; tells on stderr how many files were broken.
enum class DatasetNotes { Told, ToldByTheRun };
DatasetPtr openData(const std::string &source, const Interrupt &interrupt,
                    DatasetNotes notes = DatasetNotes::Told);

/// Throws InvalidInput where `out` is a file that lies in the folder of these images: they are only ever
/// read.
void requireOutsideImages(const std::filesystem::path &out, const Dataset &dataset);

/// Opens the database of existing runs; runs whose process is gone are marked first, where the file can be
/// written.
RunStore openExisting(const std::string &database);

/// Prints `json` as the one document on stdout.
void printJson(const Json &json);

/// Prints how a run ended and returns the exit status for it.
int reportOutcome(const RunOutcome &outcome, const OutputOptions &output);

/// One sentence on stderr.
void complain(const std::string &sentence);

/// The first of the files that were left out, and how many more there were of `count`.
void complainOfBroken(std::span<const BrokenFile> broken, std::size_t count);

} // namespace simclr::cli
