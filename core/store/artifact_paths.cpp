// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/artifact_paths.h"

namespace simclr {

namespace fs = std::filesystem;

ArtifactPaths::ArtifactPaths(const fs::path &database)
    : m_folder(fs::absolute(database).parent_path()),
      m_runs(m_folder / (database.filename().native() + ".runs")) {}

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
