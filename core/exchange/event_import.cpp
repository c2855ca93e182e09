// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/event_import.h"

#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <map>
#include <optional>

namespace simclr {

namespace fs = std::filesystem;

namespace {

/// "1700000000.1234567": how add_hparams() names a folder by default, str(time.time()).
bool isNamedByTime(const fs::path &folder) {
    const std::string name = folder.filename().native();
    const auto isDigitOrPoint = [](char letter) { return letter == '.' || (letter >= '0' && letter <= '9'); };
    return name.size() >= 10 && std::ranges::all_of(name, isDigitOrPoint) &&
           std::ranges::count(name, '.') == 1;
}

/// The folders below each run that may be from add_hparams(), by the folder of the run.
std::map<fs::path, std::vector<const EventFolder *>> sessionFolders(const std::vector<EventFolder> &folders) {
    std::map<fs::path, std::vector<const EventFolder *>> sessions;
    for (const EventFolder &folder : folders)
        if (mayBeSession(folder, folders))
            sessions[folder.folder.parent_path()].push_back(&folder);
    return sessions;
}

/// Reads the folders of runs; each session folder is read with the run above it.
class RunReader {
  public:
    RunReader(const std::vector<EventFolder> &folders, std::stop_token stop)
        : m_sessions(sessionFolders(folders)), m_stop(std::move(stop)) {}

    /// Nothing if the folder is a part of another run.
    std::optional<ImportedRun> read(const EventFolder &folder) {
        if (std::ranges::find(m_taken, &folder) != m_taken.end())
            return std::nullopt;
        ImportedRun run = readEventFolder(folder, m_stop);
        const auto sessions = m_sessions.find(folder.folder);
        if (run.options.empty() && sessions != m_sessions.end() && sessions->second.size() == 1)
            takeSession(*sessions->second.front(), run);
        return run;
    }

  private:
    void takeSession(const EventFolder &folder, ImportedRun &run) {
        ImportedRun session = readEventFolder(folder, m_stop);
        if (session.options.empty())
            return;
        run.options = std::move(session.options);
        run.curves.merge(session.curves);
        run.problems.insert(run.problems.end(), session.problems.begin(), session.problems.end());
        m_taken.push_back(&folder);
    }

    std::map<fs::path, std::vector<const EventFolder *>> m_sessions;
    std::vector<const EventFolder *> m_taken;
    std::stop_token m_stop;
};

std::string reasonOf(const ImportedRun &run) {
    std::string reason = "run \"" + run.name + "\" has neither scalars nor hparams and was left out";
    for (const std::string &problem : run.problems)
        reason += "; " + problem;
    return reason;
}

} // namespace

bool mayBeSession(const EventFolder &folder, const std::vector<EventFolder> &all) {
    return isNamedByTime(folder.folder) &&
           std::ranges::find(all, folder.folder.parent_path(), &EventFolder::folder) != all.end();
}

ImportReport importEvents(const fs::path &folder, const fs::path &database, const std::stop_token &stop,
                          const std::function<void(const ImportOutcome &)> &told) {
    EventFolders found = findEventFolders(folder, stop);
    if (found.folders.empty())
        throw InvalidInput("there is no TensorBoard event file in " + displayName(folder) +
                           ": their names contain \"tfevents\"");
    ImportReport report{{}, std::move(found.problems)};
    RunReader reader(found.folders, stop);
    CurvesImport import(database);
    std::map<std::string, std::string> names; // of the runs of this import, by identity
    for (const EventFolder &each : found.folders) {
        const auto run = reader.read(each);
        if (!run)
            continue;
        if (run->curves.empty() && run->options.empty()) {
            report.problems.push_back(reasonOf(*run));
            continue;
        }
        const auto [first, isFirst] = names.emplace(run->identity, run->name);
        if (!isFirst) {
            report.problems.push_back("run \"" + run->name + "\" is a copy of \"" + first->second +
                                      "\" and was left out: both begin with the same event file");
            continue;
        }
        report.runs.push_back(import.add(*run));
        if (told)
            told(report.runs.back());
    }
    return report;
}

} // namespace simclr
