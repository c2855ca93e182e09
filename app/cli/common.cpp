// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/common.h"

#include "app/cli/exit_status.h"
#include "app/cli/run_text.h"
#include "app/cli/text_table.h"
#include "core/augment/pipeline.h"
#include "core/util/control_characters.h"
#include "core/util/counted.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <iostream>

namespace simclr::cli {

namespace {

/// What is below U+0020 is escaped already, but for the ends of lines; a terminal heeds some others too.
std::string controlInJson(char32_t control) {
    if (control == U'\n')
        return "\n";
    const std::string escaped = escapedControl(control);
    return control < 0x100 ? "\\u00" + escaped.substr(2) : escaped;
}

void requireDatabase(const OutputOptions &options) {
    if (!options.database.empty())
        return;
    try {
        defaultDatabasePath();
    } catch (const IoError &error) {
        throw CLI::ValidationError(std::string(error.what()) + "; name the database of runs with --db FILE");
    }
}

/// One command runs in a process.
std::int64_t &maxMegapixels() {
    static std::int64_t megapixels = usualMaxPixels() / 1'000'000;
    return megapixels;
}

} // namespace

std::string usualDatabase() {
    try {
        return defaultDatabasePath().native();
    } catch (const IoError &) {
        return {};
    }
}

void addOutputOptions(CLI::App &command, OutputOptions &options) {
    command.parse_complete_callback([&options] { requireDatabase(options); });
    command.add_option("--db", options.database, "Database of runs, an SQLite file")->capture_default_str();
    command.add_flag("--json", options.json, "Print JSON for machines instead of text");
}

void addDecodingOption(CLI::App &command) {
    command
        .add_option("--max-megapixels", maxMegapixels(),
                    "Images with more pixels than this are left out; the default follows from the memory and "
                    "the cores")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
}

void addDataOption(CLI::App &command, std::string &source) {
    addDecodingOption(command);
    command
        .add_option(
            "--data", source,
            "Images: \"shapes\" (built in), a folder or file that is recognised by what lies there, or "
            "KIND:PATH with KIND folder or cifar10")
        ->capture_default_str();
}

void addDeviceOption(CLI::App &command, std::string &device) {
    command.add_option("--device", device, "Compute on this device (cpu, cuda:N) instead of the run's own");
}

void addPipelineOption(CLI::App &command, std::string &presetOrPath) {
    std::string presets;
    for (const PipelinePreset &preset : pipelinePresets())
        presets += (presets.empty() ? "" : ", ") + preset.id;
    command.add_option("--pipeline", presetOrPath, "Augmentation: " + presets + ", or a pipeline file")
        ->capture_default_str();
}

DatasetPtr openData(const std::string &source, const Interrupt &interrupt, DatasetNotes notes) {
    OpenOptions options;
    options.stop = interrupt.token();
    options.limits.maxPixels = maxMegapixels() * 1'000'000;
    const DatasetPtr dataset = openDataset(source, options);
    const DatasetReport &report = dataset->report();
    if (notes == DatasetNotes::Told)
        for (const std::string &note : report.notes)
            complain(note);
    complainOfBroken(report.broken, report.brokenCount);
    return dataset;
}

void requireOutsideImages(const std::filesystem::path &out, const Dataset &dataset) {
    namespace fs = std::filesystem;
    constexpr std::string_view kind = "folder:";
    const std::string &source = dataset.report().source;
    std::error_code failure;
    if (!source.starts_with(kind) || !fs::exists(out, failure))
        return;
    const fs::path below =
        fs::weakly_canonical(out).lexically_relative(fs::weakly_canonical(source.substr(kind.size())));
    if (!below.empty() && *below.begin() != "..")
        throw InvalidInput(displayName(out) +
                           " is a file among the images, which are only ever read; choose another "
                           "file to write");
}

void complainOfBroken(std::span<const BrokenFile> broken, std::size_t count) {
    constexpr std::size_t shown = 5;
    for (const BrokenFile &file : broken.first(std::min(shown, broken.size())))
        complain("left out: " + file.reason);
    if (count > shown)
        complain("left out: " +
                 counted(static_cast<std::int64_t>(count - shown), "more broken file", "more broken files"));
}

RunStore openExisting(const std::string &database) {
    std::error_code failure;
    if (!std::filesystem::exists(database, failure))
        throw StorageError("there is no run database " + displayName(database) +
                           (failure ? ": " + failure.message() : std::string()));
    try {
        RunStore store(database);
        store.markInterrupted();
        return store;
    } catch (const StorageError &) {
        return RunStore(database, RunStore::Access::ReadOnly);
    }
}

void printJson(const Json &json) {
    std::cout << replaceControls(toText(json), controlInJson) << std::endl;
}

int reportOutcome(const RunOutcome &outcome, const OutputOptions &output) {
    if (!outcome.unrecorded.empty())
        return exitFailed; // told already; what the database has so far is not what came of it
    try {
        const RunRecord run = RunStore(output.database, RunStore::Access::ReadOnly).run(outcome.run);
        if (output.json)
            printJson(toJson(run, false));
        else
            std::cout << runSummary(run) << std::flush;
    } catch (const Error &error) {
        complain(error.what());
        if (outcome.end != RunEnd::Failed)
            return exitFailed; // it is not kept, whatever came of it
    }
    switch (outcome.end) {
    case RunEnd::Completed:
        return exitDone;
    case RunEnd::Cancelled:
        complain("run " + std::to_string(outcome.run) + " can be resumed: simclr resume " +
                 std::to_string(outcome.run));
        return exitCancelled;
    case RunEnd::Failed:
        break;
    }
    complain("run " + std::to_string(outcome.run) + " failed: " + outcome.failure);
    return exitFailed;
}

void complain(const std::string &sentence) {
    std::cerr << "simclr: " << printable(sentence) << std::endl;
}

} // namespace simclr::cli
