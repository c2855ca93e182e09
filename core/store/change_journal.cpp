// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/change_journal.h"

#include "core/util/errno_error.h"
#include "core/util/files.h"

#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr const char *journalName = "unwritten.jsonl";
constexpr const char *leftName = "unwritten-left.jsonl";

/// Closes the descriptor of a file.
class OpenFile {
  public:
    explicit OpenFile(const fs::path &path)
        : m_path(path),
          m_descriptor(::open(path.c_str(),
                              O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644)) {
        if (m_descriptor < 0)
            throwErrno("cannot create", path);
        struct stat status {};
        if (::fstat(m_descriptor, &status) == 0 && S_ISREG(status.st_mode))
            return;
        ::close(m_descriptor);
        throw IoError("cannot write " + displayName(path) + ": it is not a regular file");
    }
    ~OpenFile() { ::close(m_descriptor); }
    OpenFile(const OpenFile &) = delete;
    OpenFile &operator=(const OpenFile &) = delete;

    /// If it cannot be written completely, the file keeps its previous end.
    void append(std::string_view bytes, std::uint64_t before) const {
        while (!bytes.empty()) {
            const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0)
                giveUp(before);
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        if (::fdatasync(m_descriptor) != 0)
            giveUp(before);
    }

  private:
    [[noreturn]] void giveUp(std::uint64_t before) const {
        const int reason = errno;
        [[maybe_unused]] const int cut = ::ftruncate(m_descriptor, static_cast<off_t>(before));
        errno = reason;
        throwErrno("cannot write", m_path);
    }

    fs::path m_path;
    int m_descriptor;
};

/// Metrics per line, so that each line is within the limits of parseJson().
std::vector<RunChanges> inParts(const RunChanges &changes) {
    constexpr std::size_t mostInLine = 100'000;
    std::vector<RunChanges> parts;
    for (std::size_t first = 0; first + mostInLine < changes.metrics.size(); first += mostInLine) {
        const auto begin = changes.metrics.begin() + static_cast<std::ptrdiff_t>(first);
        parts.push_back({{begin, begin + static_cast<std::ptrdiff_t>(mostInLine)}, {}});
    }
    const auto rest = changes.metrics.begin() + static_cast<std::ptrdiff_t>(parts.size() * mostInLine);
    parts.push_back({{rest, changes.metrics.end()}, changes.entries});
    return parts;
}

/// Returns whether every line was understood.
bool readLines(const fs::path &file, const std::function<void(const RunChanges &)> &take) {
    std::ifstream lines(file, std::ios::binary);
    if (!lines && errno == ENOENT)
        return true; // another process was faster
    if (!lines)
        throwErrno("cannot read", file);
    bool isWhole = true;
    for (std::string line; std::getline(lines, line) && !lines.eof();) { // the last one may be truncated
        if (line.empty())
            continue;
        RunChanges changes;
        try {
            changes = changesFromJson(parseJson(line, displayName(file)), file.parent_path());
        } catch (const Error &) {
            isWhole = false;
            continue;
        }
        take(changes);
    }
    if (lines.bad())
        throwErrno("cannot read", file);
    return isWhole;
}

} // namespace

ChangeJournal::ChangeJournal(fs::path folder) : m_file(std::move(folder) / journalName) {
    std::error_code isMissing;
    const std::uintmax_t size = fs::file_size(m_file, isMissing);
    m_bytes = isMissing ? 0 : size;
}

void ChangeJournal::append(const RunChanges &changes) {
    std::string lines;
    for (const RunChanges &part : inParts(changes))
        lines += "\n" + toLine(toJson(part)) + "\n"; // even after a truncated line
    OpenFile(m_file).append(lines, m_bytes);
    m_bytes += lines.size();
}

bool ChangeJournal::read(const std::function<void(const RunChanges &)> &take) const {
    return isEmpty() || readLines(m_file, take);
}

void ChangeJournal::setAside() {
    std::error_code ignored;
    fs::rename(m_file, fs::path(m_file) += ".damaged", ignored);
    m_bytes = 0;
}

void ChangeJournal::clear() {
    std::error_code ignored;
    fs::remove(m_file, ignored);
    m_bytes = 0;
}

void ChangeJournal::leave() {
    std::error_code ignored; // then it is imported after this process has ended
    if (!isEmpty())
        fs::rename(m_file, m_file.parent_path() / leftName, ignored);
    m_bytes = 0;
}

bool hasLeftJournal(const fs::path &folder) {
    std::error_code failure;
    return fs::is_regular_file(fs::symlink_status(folder / leftName, failure));
}

std::vector<LeftJournal> readJournals(const fs::path &folder,
                                      const std::function<void(const RunChanges &)> &take) {
    std::vector<LeftJournal> journals;
    for (const char *name : {leftName, journalName}) {
        const fs::path file = folder / name;
        std::error_code failure;
        if (fs::is_regular_file(fs::symlink_status(file, failure)))
            journals.push_back({file, !readLines(file, take)});
    }
    return journals;
}

void removeJournals(const std::vector<LeftJournal> &journals) {
    for (const LeftJournal &journal : journals) {
        std::error_code ignored;
        if (journal.isDamaged)
            fs::rename(journal.file, fs::path(journal.file) += ".damaged", ignored);
        else
            fs::remove(journal.file, ignored);
    }
}

} // namespace simclr
