// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/common.h"

#include "app/cli/exit_status.h"
#include "app/cli/run_text.h"
#include "app/cli/text_table.h"
#include "core/augment/pipeline.h"
#include "core/data/dataset_index.h"
#include "core/util/control_characters.h"
#include "core/util/counted.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <iostream>

namespace simclr::cli {

namespace {

/// As a shell reads it back.
std::string shellText(const std::string &text) {
    const bool isPlain = !text.empty() && std::ranges::all_of(text, [](unsigned char letter) {
        return std::isalnum(letter) != 0 ||
               std::string_view("/._-+=:@%").find(static_cast<char>(letter)) != std::string_view::npos;
    });
    if (isPlain)
        return text;
    std::string quoted = "'";
    for (const char letter : text)
        quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    return quoted + '\'';
}

/// Characters below U+0020 are already escaped, except line ends; a terminal interprets some others too.
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
        throw CLI::ValidationError(std::string(error.what()) + "; choose the run database with --db FILE");
    }
}

/// One command runs per process.
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
    command.add_option("--db", options.database, "Run database, an SQLite file")->capture_default_str();
    command.add_flag("--json", options.json, "Print JSON instead of text");
}

void addDecodingOption(CLI::App &command) {
    command
        .add_option("--max-megapixels", maxMegapixels(),
                    "Leave out images with more pixels than this; the default depends on memory and cores")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
}

void addDeviceOption(CLI::App &command, std::string &device) {
    command.add_option("--device", device, "Device (cpu, cuda:N); default: the run's own");
}

void addPipelineOption(CLI::App &command, std::string &presetOrPath) {
    std::string presets;
    for (const PipelinePreset &preset : pipelinePresets())
        presets += (presets.empty() ? "" : ", ") + preset.id;
    command.add_option("--pipeline", presetOrPath, "Augmentation: " + presets + ", or a pipeline file")
        ->capture_default_str();
}

DatasetPtr openData(const std::string &source, const Interrupt &interrupt, DatasetNotes notes,
                    DatasetMemory memory) {
    OpenOptions options;
    if (memory == DatasetMemory::InFiles)
        options.memoryBudget = 0;
    options.stop = interrupt.token();
    if (const std::string database = usualDatabase(); !database.empty())
        options.indexFolder = indexFolderBeside(database);
    options.limits.maxPixels = maxMegapixels() * 1'000'000;
    const DatasetPtr dataset = openDataset(source, options);
    const DatasetReport &report = dataset->report();
    if (notes == DatasetNotes::Told)
        for (const Message &note : report.notes)
            complain(toText(note));
    complainOfBroken(report.broken, report.brokenCount);
    return dataset;
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
        store.recovery().markInterrupted();
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
        return exitFailed; // already reported; the database does not contain the end of the run
    try {
        const RunRecord run = RunStore(output.database, RunStore::Access::ReadOnly).runs().one(outcome.run);
        if (output.json)
            printJson(toJson(run, false));
        else
            std::cout << runSummary(run) << std::flush;
    } catch (const Error &error) {
        complain(error.what());
        if (outcome.end != RunEnd::Failed)
            return exitFailed; // the end of the run is not stored
    }
    switch (outcome.end) {
    case RunEnd::Completed:
        return exitDone;
    case RunEnd::Cancelled:
        complain(
            "run " + std::to_string(outcome.run) + " can be resumed: simclr resume " +
            std::to_string(outcome.run) +
            (output.database == usualDatabase() ? std::string() : " --db " + shellText(output.database)));
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
