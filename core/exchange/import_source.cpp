// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/import_source.h"

#include "core/exchange/csv_import.h"
#include "core/exchange/event_folder.h"
#include "core/exchange/event_import.h"
#include "core/store/foreign_runs.h"
#include "core/store/readable_database.h"
#include "core/store/run_store.h"
#include "core/util/counted.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/locked_files.h"
#include "core/util/lower_case.h"

#include <algorithm>
#include <fstream>
#include <map>

namespace simclr {

namespace fs = std::filesystem;

namespace {

bool isEventFile(const fs::path &file) {
    return file.filename().native().find("tfevents") != std::string::npos;
}

bool isDatabase(const fs::path &file) {
    if (isLockedFile(file))
        return true; // our own, which must not be opened again
    constexpr std::string_view magic = "SQLite format 3";
    std::string begin(magic.size(), '\0');
    std::ifstream stream(file, std::ios::binary);
    return stream.read(begin.data(), static_cast<std::streamsize>(begin.size())) && begin == magic;
}

bool isCsv(const fs::path &file) {
    return lowerCase(file.extension().native()) == ".csv";
}

/// Looks at a limited number of entries.
bool hasEventFiles(const fs::path &folder) {
    constexpr int mostEntries = 2'000;
    constexpr int deepest = 4;
    std::error_code failure;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, failure);
    for (int looked = 0; !failure && entry != fs::recursive_directory_iterator() && looked < mostEntries;
         ++looked, entry.increment(failure)) {
        if (isEventFile(entry->path()))
            return true;
        if (entry.depth() >= deepest)
            entry.disable_recursion_pending();
    }
    return false;
}

std::map<std::string, RunId> knownRuns(const fs::path &database) {
    std::error_code ignored;
    return fs::exists(database, ignored) ? ForeignRuns(database).identities()
                                         : std::map<std::string, RunId>();
}

std::optional<RunId> find(const std::map<std::string, RunId> &known, const std::string &identity) {
    const auto run = known.find(identity);
    return run == known.end() ? std::nullopt : std::optional(run->second);
}

ImportPreview previewEvents(const fs::path &folder, const fs::path &database, const std::stop_token &stop) {
    const EventFolders found = findEventFolders(folder, stop);
    const auto known = knownRuns(database);
    ImportPreview preview{{}, found.problems, {}};
    for (const EventFolder &each : found.folders) {
        if (stop.stop_requested())
            throw Interrupted("looking for runs was cancelled");
        preview.runs.push_back(
            {.name = each.name,
             .detail = counted(static_cast<std::int64_t>(each.files.size()), "event file", "event files"),
             .known = find(known, identityOf(each)),
             .isUncertain = mayBeSession(each, found.folders)});
    }
    return preview;
}

ImportPreview previewCsv(const std::vector<fs::path> &files, const fs::path &database,
                         const std::stop_token &stop) {
    CsvRuns read = readCsvRuns(files, {}, stop);
    const auto known = knownRuns(database);
    ImportPreview preview{{}, {}, std::move(read.undecided)};
    for (const ImportedRun &run : read.runs)
        preview.runs.push_back({.name = run.name, .detail = run.format, .known = find(known, run.identity)});
    return preview;
}

ImportPreview previewDatabase(const fs::path &other, const fs::path &database, const std::stop_token &stop) {
    const ReadableDatabase source(other);
    const auto known = knownRuns(database);
    ImportPreview preview;
    for (const RunRecord &run : source.store().runs().all()) {
        if (stop.stop_requested())
            throw Interrupted("looking for runs was cancelled");
        preview.runs.push_back({.id = run.id,
                                .name = run.name,
                                .detail = statusName(run.status),
                                .known = find(known, runIdentity(run))});
    }
    return preview;
}

} // namespace

std::optional<ImportSource> recognisedSource(const std::vector<fs::path> &paths) {
    if (paths.empty())
        return std::nullopt;
    if (std::ranges::all_of(paths, isCsv))
        return ImportSource{ImportKind::Csv, paths};
    if (paths.size() != 1)
        return std::nullopt;
    std::error_code ignored;
    const fs::path &path = paths.front();
    if (fs::is_directory(path, ignored))
        return hasEventFiles(path) ? std::optional(ImportSource{ImportKind::EventFiles, paths})
                                   : std::nullopt;
    if (!fs::is_regular_file(path, ignored))
        return std::nullopt;
    if (isEventFile(path))
        return ImportSource{ImportKind::EventFiles, {path.parent_path()}};
    return isDatabase(path) ? std::optional(ImportSource{ImportKind::Database, paths}) : std::nullopt;
}

ImportPreview previewImport(const ImportSource &source, const fs::path &database,
                            const std::stop_token &stop) {
    switch (source.kind) {
    case ImportKind::EventFiles:
        return previewEvents(source.paths.front(), database, stop);
    case ImportKind::Csv:
        return previewCsv(source.paths, database, stop);
    case ImportKind::Database:
        break;
    }
    return previewDatabase(source.paths.front(), database, stop);
}

ImportReport importFrom(const ImportSource &source, const fs::path &database, const ImportChoice &choice,
                        const std::stop_token &stop, const std::function<void(const ImportOutcome &)> &told) {
    switch (source.kind) {
    case ImportKind::EventFiles:
        return importEvents(source.paths.front(), database, stop, told);
    case ImportKind::Csv:
        return importCsv(source.paths, database, {choice.metrics}, stop);
    case ImportKind::Database:
        break;
    }
    return importRuns(source.paths.front(), database, choice.runs, stop, told);
}

} // namespace simclr
