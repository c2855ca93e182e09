// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/artifact_paths.h"

#include "core/util/error.h"
#include "core/util/files.h"

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr const char *markName = "database";
constexpr int mostFolders = 1000;

/// The identity of the database that a folder belongs to; empty where nobody has marked it.
std::string ownerOf(const fs::path &folder) {
    constexpr std::uintmax_t longest = 1000;
    try {
        return readFile(folder / markName, longest);
    } catch (const Error &) {
        return {};
    }
}

bool isFree(const fs::path &folder) {
    std::error_code failure;
    return !fs::exists(folder, failure) || fs::is_empty(folder, failure);
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

/// The one that is marked as ours, else the first that nobody has.
void ArtifactPaths::choose(bool isNew) {
    for (int number = 1; number < mostFolders && !isFree(numbered(number)); ++number)
        if (ownerOf(numbered(number)) == m_identity) {
            m_runs = numbered(number);
            return;
        }
    for (int number = 1; number < mostFolders; ++number) {
        m_runs = numbered(number);
        if (isFree(m_runs) || (!isNew && ownerOf(m_runs).empty()))
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
        return; // told where a file is to be written
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

fs::path ArtifactPaths::resolved(RunId run, const std::string &stored) const {
    const fs::path own = runFolder(run) / fs::path(stored).filename();
    std::error_code failure;
    return fs::exists(own, failure) ? own : m_folder / stored;
}

} // namespace simclr
