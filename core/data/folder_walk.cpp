// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/folder_walk.h"

#include "core/data/file_kinds.h"
#include "core/image/codec.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/locked_files.h"
#include "core/util/lower_case.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <string_view>
#include <sys/stat.h>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr int mostVisitsThroughLinks =
    16; ///< of one folder: links between folders could make the walk endless
constexpr std::size_t mostFilesLookedInto = 20'000;
constexpr std::size_t mostSystemEntries = 100'000; ///< entries examined to count the images among them

/// "JPEG" if a file begins like an image; otherwise empty.
std::string formatByContent(const fs::path &path) {
    if (isLockedFile(path))
        return {}; // the run database, which must not be closed here
    std::array<char, 32> start{};
    std::ifstream file(path, std::ios::binary);
    file.read(start.data(), start.size());
    const std::string kind = imageKind({start.data(), static_cast<std::size_t>(file.gcount())});
    return kind == "BMP" || kind == "PNM" ? std::string() : kind; // a signature of two letters proves nothing
}

using FileId = std::pair<dev_t, ino_t>;

/// Of the target of a path, through links; errno is set if it does not exist.
bool statusOf(const fs::path &path, struct stat &status) {
    return ::stat(path.c_str(), &status) == 0;
}

FileId idOf(const struct stat &status) {
    return {status.st_dev, status.st_ino};
}

class Walker {
  public:
    Walker(const fs::path &root, const std::stop_token &stop, const WalkWatch &watch)
        : m_rootLength(root.generic_string().size()), m_stop(stop), m_watch(watch) {
        noteFoldersAbove(root);
        walk(root, false);
        sortImages();
        std::ranges::sort(m_contents.broken, {}, &BrokenFile::name);
        std::ranges::sort(m_contents.labelFiles);
    }

    FolderContents take() { return std::move(m_contents); }

  private:
    void sortImages() {
        const NameTable found = std::move(m_contents.images);
        const std::vector<bool> areThroughLinks = std::move(m_contents.isThroughLink);
        m_contents.images = {};
        m_contents.isThroughLink.clear();
        for (const std::uint32_t image : found.sortedOrder())
            m_contents.addImage(found.at(image), areThroughLinks[image]);
    }

    /// Includes the root: a link to any of them is a loop.
    void noteFoldersAbove(const fs::path &root) {
        std::error_code failure;
        fs::path folder = fs::canonical(root, failure);
        for (struct stat status{}; !failure && statusOf(folder, status); folder = folder.parent_path()) {
            m_above.push_back(idOf(status));
            if (folder == folder.parent_path())
                return;
        }
    }

    void walk(const fs::path &folder, bool isThroughLink) {
        noteFolder(folder);
        std::error_code failure;
        fs::directory_iterator entries(folder, failure);
        if (failure)
            return refuse(folder, "cannot be read: " + failure.message());
        for (; entries != fs::end(entries); entries.increment(failure)) {
            if (m_stop.stop_requested())
                throw OpeningCancelled{};
            visit(*entries, isThroughLink);
            showFirst();
        }
        if (failure)
            refuse(folder, "cannot be read completely: " + failure.message());
    }

    /// For the check whether it has changed later.
    void noteFolder(const fs::path &folder) {
        struct stat status {};
        const bool isKnown = statusOf(folder, status);
        watch(folder, isKnown ? stampOf(status) : FileStamp{});
        m_contents.isJustChanged = m_contents.isJustChanged || !isKnown || isRecent(status);
    }

    void watch(const fs::path &path, FileStamp stamp) {
        m_contents.watched.add(belowRoot(path));
        m_contents.watchedStamps.push_back(stamp);
    }

    /// The clock of a file system advances in steps: 10 ms at most on Linux, up to two seconds where it keeps
    /// whole seconds.
    static bool isRecent(const struct stat &status) {
        using namespace std::chrono;
        const auto changed = seconds(status.st_ctim.tv_sec) + nanoseconds(status.st_ctim.tv_nsec);
        const nanoseconds step = status.st_ctim.tv_nsec == 0 ? nanoseconds(seconds(2)) : milliseconds(20);
        return system_clock::now().time_since_epoch() < changed + step;
    }

    void showFirst() {
        constexpr std::size_t entriesBetweenChecks = 64;
        if (!m_watch.show || m_isShown || ++m_entries % entriesBetweenChecks != 0 ||
            m_contents.images.size() == 0 || std::chrono::steady_clock::now() - m_begin < m_watch.after)
            return;
        m_isShown = true;
        m_watch.show(m_contents.images);
    }

    void visit(const fs::directory_entry &entry, bool isThroughLink) {
        std::error_code failure;
        const std::string name = entry.path().filename().native();
        if (entry.is_symlink(failure)) // these three use the folder's entry, not the file
            follow(entry.path(), name);
        else if (entry.is_directory(failure))
            isSystemFolder(name) ? countSystemFolder(entry.path(), name) : enter(entry.path(), isThroughLink);
        else
            visitFile(entry.path(), name, entry.is_regular_file(failure), isThroughLink);
    }

    void enter(const fs::path &folder, bool isThroughLink) {
        struct stat status {};
        if (!statusOf(folder, status))
            return refuse(folder, "cannot be read: " + errnoText());
        m_above.push_back(idOf(status));
        walk(folder, isThroughLink);
        m_above.pop_back();
    }

    void follow(const fs::path &link, const std::string &name) {
        struct stat status {};
        if (!statusOf(link, status))
            return isSystemFile(name) ? void() : refuse(link, "is a broken link: " + errnoText());
        if (!S_ISDIR(status.st_mode))
            return visitFile(link, name, S_ISREG(status.st_mode), true);
        if (isSystemFolder(name))
            return countSystemFolder(link, name);
        const FileId id = idOf(status);
        if (std::ranges::find(m_above, id) != m_above.end() || ++m_visits[id] > mostVisitsThroughLinks) {
            ++m_contents.loops;
            return;
        }
        enter(link, true);
    }

    void visitFile(const fs::path &path, const std::string &name, bool isRegular, bool isThroughLink) {
        if (hasImageExtension(path)) {
            if (isSystemFile(name))
                countHiddenFile();
            else if (!isRegular)
                refuse(path, "is not a regular file");
            else
                m_contents.addImage(belowRoot(path), isThroughLink);
        } else if (isRegular && name == "val_annotations.txt") {
            m_contents.labelFiles.push_back(belowRoot(path));
        } else if (isRegular && !isSystemFile(name)) {
            noteUnread(path);
        }
    }

    void noteUnread(const fs::path &path) {
        const std::string extension = lowerCase(path.extension().native());
        if (isUnreadKind(extension))
            return m_contents.unread.push_back({belowRoot(path), extension});
        if (isOtherKind(extension) || m_filesLookedInto >= mostFilesLookedInto)
            return;
        ++m_filesLookedInto;
        if (std::string format = formatByContent(path); !format.empty())
            m_contents.unread.push_back({belowRoot(path), toValidUtf8(extension), std::move(format)});
    }

    void countSystemFolder(const fs::path &folder, const std::string &name) {
        std::error_code failure;
        const auto options = fs::directory_options::skip_permission_denied;
        fs::recursive_directory_iterator entries(folder, options, failure);
        for (; !failure && entries != fs::end(entries); entries.increment(failure)) {
            if (m_stop.stop_requested())
                throw OpeningCancelled{};
            if (++m_systemEntries > mostSystemEntries) {
                m_contents.systemFiles.isAll = false;
                return;
            }
            if (!entries->is_directory(failure) && hasImageExtension(entries->path()))
                countSystemFile(name);
        }
    }

    void countSystemFile(const std::string &folder) {
        ++m_contents.systemFiles.images;
        m_contents.systemFiles.folders.insert(toValidUtf8(folder));
    }

    void countHiddenFile() {
        ++m_contents.systemFiles.images;
        m_contents.systemFiles.areSomeHidden = true;
    }

    void refuse(const fs::path &path, const std::string &reason) {
        const std::string name = toValidUtf8(belowRoot(path));
        if (name.empty())
            throw IoError("cannot read the folder " + displayName(path) + ": it " + reason);
        m_contents.broken.push_back({name, name + " " + reason});
        watch(path, stampOf(path));
    }

    static std::string errnoText() { return std::error_code(errno, std::generic_category()).message(); }

    /// For a path that begins with the root: lexically_relative() would take longer than finding the files.
    std::string belowRoot(const fs::path &path) const {
        const std::string whole = path.generic_string();
        const std::size_t begin = whole.find_first_not_of('/', m_rootLength);
        return begin == std::string::npos ? std::string() : whole.substr(begin);
    }

    std::size_t m_rootLength;
    const std::stop_token &m_stop;
    FolderContents m_contents;
    std::vector<FileId> m_above; ///< the current folder and its parents
    std::map<FileId, int> m_visits;
    std::size_t m_filesLookedInto = 0;
    std::size_t m_systemEntries = 0;
    const WalkWatch &m_watch;
    const std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
    std::size_t m_entries = 0;
    bool m_isShown = false;
};

} // namespace

FolderContents walkFolder(const fs::path &root, const std::stop_token &stop, const WalkWatch &watch) {
    return Walker(root, stop, watch).take();
}

} // namespace simclr
