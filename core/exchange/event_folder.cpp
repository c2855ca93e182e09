// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/event_folder.h"

#include "core/exchange/curve_collector.h"
#include "core/exchange/event_reader.h"
#include "core/exchange/record_file.h"
#include "core/util/control_characters.h"
#include "core/util/counted.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/hash.h"

#include <algorithm>
#include <map>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr int deepest = 32;
constexpr std::size_t mostEntries = 1'000'000;
constexpr std::size_t mostProblems = 20; ///< of one run
constexpr const char *formatName = "TensorBoard event files";

void throwIfStopped(const std::stop_token &stop) {
    if (stop.stop_requested())
        throw Interrupted("the import of event files was cancelled");
}

/// As tensorboard.backend.event_processing.io_wrapper.IsTensorFlowEventsFile.
bool isEventFile(const fs::directory_entry &entry) {
    std::error_code failure;
    const std::string name = entry.path().filename().native();
    return name.find("tfevents") != std::string::npos && !name.ends_with(".profile-empty") &&
           entry.is_regular_file(failure);
}

std::string nameOf(const fs::path &folder, const fs::path &root) {
    const fs::path relative = folder.lexically_relative(root);
    const fs::path whole = fs::absolute(root).lexically_normal(); // "." has no name of its own
    const fs::path own = whole.has_filename() ? whole.filename() : whole.parent_path().filename();
    const bool isRoot = relative.empty() || relative == ".";
    return replaceControls((isRoot ? own : relative).native(), escapedControl);
}

/// Walks through the folders below one. Nothing that cannot be read ends the walk.
class EventFolderSearch {
  public:
    EventFolderSearch(fs::path root, std::stop_token stop)
        : m_root(std::move(root)), m_stop(std::move(stop)) {}

    EventFolders search() {
        std::error_code failure;
        if (!fs::is_directory(m_root, failure))
            throw InvalidInput(displayName(m_root) + " is not a folder" +
                               (failure ? ": " + failure.message() : std::string()));
        auto entry = fs::recursive_directory_iterator(m_root, failure);
        if (failure)
            throw IoError("cannot read " + displayName(m_root) + ": " + failure.message());
        for (; !failure && entry != fs::recursive_directory_iterator(); entry.increment(failure)) {
            if (m_entries++ == mostEntries)
                return endedWith("more than " + std::to_string(mostEntries) + " entries");
            look(entry);
        }
        return failure ? endedWith(failure.message()) : found();
    }

  private:
    void look(fs::recursive_directory_iterator &entry) {
        throwIfStopped(m_stop);
        std::error_code failure;
        if (isEventFile(*entry))
            m_files[entry->path().parent_path()].push_back(entry->path());
        if (entry.depth() >= deepest && entry->is_directory(failure)) {
            entry.disable_recursion_pending();
            if (m_problems.size() < mostProblems)
                m_problems.push_back(displayName(entry->path()) + " is too deep and was not read");
        } else if (entry->is_directory(failure) && !isReadable(entry->path())) {
            entry.disable_recursion_pending();
        }
    }

    bool isReadable(const fs::path &folder) {
        std::error_code failure;
        fs::directory_iterator(folder, failure);
        if (failure && m_problems.size() < mostProblems)
            m_problems.push_back("cannot read " + displayName(folder) + ": " + failure.message());
        return !failure;
    }

    EventFolders endedWith(const std::string &reason) {
        m_problems.push_back("not all of " + displayName(m_root) + " was read: " + reason);
        return found();
    }

    EventFolders found() {
        EventFolders folders{{}, std::move(m_problems)};
        for (auto &[folder, files] : m_files) {
            std::ranges::sort(files);
            folders.folders.push_back({folder, nameOf(folder, m_root), std::move(files)});
        }
        std::ranges::sort(folders.folders, {}, &EventFolder::folder); // a folder before those in it
        return folders;
    }

    fs::path m_root;
    std::stop_token m_stop;
    std::map<fs::path, std::vector<fs::path>> m_files;
    std::vector<std::string> m_problems;
    std::size_t m_entries = 0;
};

/// The first time of a file, by which the files of a run are ordered.
struct OrderedFile {
    double time = 0;
    fs::path path;
};

/// Reads the files of one run one after the other.
class EventFolderReader {
  public:
    EventFolderReader(const EventFolder &folder, std::stop_token stop)
        : m_folder(folder), m_stop(std::move(stop)) {}

    std::string identity() {
        filesInOrder();
        return m_run.identity;
    }

    ImportedRun read() {
        m_run.name = m_folder.name;
        m_run.format = formatName;
        m_run.source = m_folder.folder;
        for (const OrderedFile &file : filesInOrder())
            readFile(file.path);
        m_run.curves = m_collector.take();
        for (std::string &problem : m_collector.problems())
            tell(std::move(problem));
        setTimes();
        return std::move(m_run);
    }

  private:
    std::vector<OrderedFile> filesInOrder() {
        std::vector<OrderedFile> files;
        for (const fs::path &path : m_folder.files)
            if (const auto first = firstRecord(path))
                files.push_back({timeOf(*first), path});
        std::ranges::stable_sort(files, {}, &OrderedFile::time);
        if (!files.empty())
            m_run.identity = identityOf(files.front().path);
        return files;
    }

    /// Nothing if the file has no complete record.
    std::optional<std::string> firstRecord(const fs::path &path) {
        try {
            RecordReader reader(path);
            const auto record = reader.next();
            if (!record && !reader.problem().empty())
                tell(reader.problem());
            return record ? std::optional<std::string>(*record) : std::nullopt;
        } catch (const IoError &error) {
            tell(error.what());
            return std::nullopt;
        }
    }

    static double timeOf(const std::string &record) {
        try {
            const double time = readEvent(record).wallTime;
            return isPlausibleTime(time) ? time : 0;
        } catch (const InvalidInput &) {
            return 0;
        }
    }

    std::string identityOf(const fs::path &path) {
        const auto record = firstRecord(path);
        return sha256("event files\n" + path.filename().native() + "\n" + record.value_or(std::string()));
    }

    void readFile(const fs::path &path) {
        try {
            RecordReader reader(path);
            std::int64_t damaged = 0;
            while (const auto record = reader.next()) {
                throwIfStopped(m_stop);
                damaged += readRecord(*record) ? 0 : 1;
            }
            tellLeftOut(path, reader, damaged);
        } catch (const Interrupted &) {
            throw;
        } catch (const IoError &error) {
            tell(error.what());
        }
    }

    bool readRecord(std::string_view record) {
        try {
            const Event event = readEvent(record);
            m_collector.add(event);
            noteSession(event);
            return true;
        } catch (const InvalidInput &) {
            return false;
        }
    }

    void noteSession(const Event &event) {
        if (isPlausibleTime(event.wallTime)) {
            m_first = m_first == 0 ? event.wallTime : std::min(m_first, event.wallTime);
            m_last = std::max(m_last, event.wallTime);
        }
        if (event.sessionStart)
            m_run.options = event.sessionStart->options;
        if (event.sessionEnd)
            m_end = *event.sessionEnd;
    }

    void setTimes() {
        m_run.created = m_first;
        m_run.finished = isPlausibleTime(m_end.time) ? std::max(m_end.time, m_first) : m_last;
        if (m_end.status == SessionEnd::Status::Failure) {
            m_run.status = RunStatus::Failed;
            m_run.failure = "the program that wrote the event files reported a failure";
        }
    }

    void tellLeftOut(const fs::path &path, const RecordReader &reader, std::int64_t damaged) {
        if (!reader.problem().empty())
            tell(reader.problem());
        if (reader.skipped() > 0)
            tell("left out of " + displayName(path) + ": " + counted(reader.skipped(), "record", "records") +
                 " of more than " + std::to_string(RecordReader::maxRecordBytes >> 20) + " MiB");
        if (damaged > 0)
            tell("left out of " + displayName(path) + ": " +
                 counted(damaged, "damaged record", "damaged records"));
    }

    void tell(std::string problem) {
        const bool isKnown = std::ranges::find(m_run.problems, problem) != m_run.problems.end();
        if (!isKnown && m_run.problems.size() < mostProblems)
            m_run.problems.push_back(std::move(problem));
    }

    const EventFolder &m_folder;
    std::stop_token m_stop;
    ImportedRun m_run;
    CurveCollector m_collector;
    SessionEnd m_end;
    double m_first = 0;
    double m_last = 0;
};

} // namespace

EventFolders findEventFolders(const fs::path &root, const std::stop_token &stop) {
    return EventFolderSearch(root, stop).search();
}

std::string identityOf(const EventFolder &folder) {
    return EventFolderReader(folder, {}).identity();
}

ImportedRun readEventFolder(const EventFolder &folder, const std::stop_token &stop) {
    return EventFolderReader(folder, stop).read();
}

} // namespace simclr
