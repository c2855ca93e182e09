// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/artifact_paths.h"

#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr const char *markName = "database";
constexpr int mostFolders = 1000;

/// The identity of the database that a folder belongs to; empty if the folder is not marked.
std::string ownerOf(const fs::path &folder) {
    constexpr std::uintmax_t longest = 1000;
    try {
        return readFile(folder / markName, longest);
    } catch (const Error &) {
        return {};
    }
}

bool isLink(const fs::path &path) {
    std::error_code failure;
    return fs::is_symlink(fs::symlink_status(path, failure));
}

bool isFree(const fs::path &folder) {
    std::error_code failure;
    return !isLink(folder) && (!fs::exists(folder, failure) || fs::is_empty(folder, failure));
}

/// Whether a stored path is below the database's folder, by its text only.
bool isBelow(const fs::path &stored) {
    return stored.is_relative() && std::ranges::find(stored, fs::path("..")) == stored.end();
}

/// Whether an existing file is below `folder` when all links are followed.
bool leadsBelow(const fs::path &file, const fs::path &folder) {
    std::error_code failure;
    const fs::path whole = fs::canonical(file, failure);
    const fs::path base = failure ? fs::path() : fs::canonical(folder, failure);
    return !failure && isBelow(whole.lexically_relative(base));
}

} // namespace

ArtifactPaths::ArtifactPaths(const fs::path &database)
    : m_folder(fs::absolute(database).parent_path()),
      m_name(database.filename().native() + ".runs"),
      m_runs(m_folder / m_name) {}

fs::path ArtifactPaths::numbered(int number) const {
    return m_folder / (number == 1 ? m_name : m_name + "-" + std::to_string(number));
}

void ArtifactPaths::setIdentity(const std::string &identity) {
    m_identity = identity;
    choose(false);
}

/// The one that is marked as ours, otherwise the first unused one.
void ArtifactPaths::choose(bool isNew) {
    for (int number = 1; number < mostFolders && !isFree(numbered(number)); ++number)
        if (ownerOf(numbered(number)) == m_identity) {
            m_runs = numbered(number);
            return;
        }
    for (int number = 1; number < mostFolders; ++number) {
        m_runs = numbered(number);
        if (isFree(m_runs) || (!isNew && !isLink(m_runs) && ownerOf(m_runs).empty()))
            return;
    }
}

void ArtifactPaths::claim(bool isNew) {
    if (ownerOf(m_runs) == m_identity)
        return;
    choose(isNew);
    std::error_code failure;
    fs::create_directories(m_runs, failure);
    if (failure)
        return; // reported when a file is written
    try {
        writeFileAtomically(m_runs / markName, m_identity);
    } catch (const IoError &) {
        return; // the same
    }
}

fs::path ArtifactPaths::runFolder(RunId run) const {
    return m_runs / std::to_string(run);
}

std::string ArtifactPaths::stored(const fs::path &path) const {
    std::error_code failure;
    const fs::path whole = fs::weakly_canonical(path, failure);
    const fs::path base = failure ? m_folder : fs::weakly_canonical(m_folder, failure);
    if (failure)
        return fs::absolute(path).native();
    const fs::path relative = whole.lexically_relative(base);
    const bool isBelow = !relative.empty() && *relative.begin() != "..";
    return (isBelow ? relative : whole).native();
}

bool ArtifactPaths::isLinked(RunId run) const {
    return isLink(runFolder(run));
}

/// Nothing if the run's own folder contains no file of this name.
std::optional<RunPath> ArtifactPaths::ownFile(RunId run, const fs::path &name) const {
    const fs::path path = runFolder(run) / name;
    std::error_code failure;
    const fs::file_status status = fs::symlink_status(path, failure);
    if (name.empty() || name == "." || name == ".." || !fs::exists(status))
        return std::nullopt;
    const bool isOwn = fs::is_regular_file(status) && !isLinked(run);
    return RunPath(path, isOwn ? RunPath::Access::Change : RunPath::Access::None);
}

RunPath ArtifactPaths::resolved(RunId run, const std::string &stored) const {
    if (auto own = ownFile(run, fs::path(stored).filename()))
        return std::move(*own);
    const fs::path path = m_folder / stored;
    if (!isBelow(stored))
        return {path, RunPath::Access::None};
    std::error_code failure;
    const bool isThere = fs::exists(fs::symlink_status(path, failure));
    return {path, !isThere || leadsBelow(path, m_folder) ? RunPath::Access::Read : RunPath::Access::None};
}

} // namespace simclr
