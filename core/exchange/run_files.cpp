// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/run_files.h"

#include "core/store/run_store.h"
#include "core/util/atomic_file.h"
#include "core/util/errno_error.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/locked_files.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t pieceBytes = 1u << 20;
constexpr const char *initialWeightsName = "initial.safetensors"; ///< as keepInitialWeights() writes them

/// A regular file that is open for reading; opening never waits.
class OpenRegularFile {
  public:
    explicit OpenRegularFile(const fs::path &path) : m_path(path) {
        requireNotLocked(path);
        m_descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (m_descriptor < 0)
            throwErrno("cannot read", path);
        struct stat status {};
        if (::fstat(m_descriptor, &status) == 0 && S_ISREG(status.st_mode))
            return;
        ::close(m_descriptor);
        throw IoError("cannot read " + displayName(path) + ": it is not a regular file");
    }
    ~OpenRegularFile() { ::close(m_descriptor); }
    OpenRegularFile(const OpenRegularFile &) = delete;
    OpenRegularFile &operator=(const OpenRegularFile &) = delete;

    /// Number of bytes; 0 at the end.
    std::size_t read(std::string &piece) const {
        const ssize_t length = ::read(m_descriptor, piece.data(), piece.size());
        if (length < 0)
            throwErrno("cannot read", m_path);
        return static_cast<std::size_t>(length);
    }

  private:
    const fs::path &m_path;
    int m_descriptor = -1;
};

bool has(const std::vector<ArtifactRecord> &artifacts, const fs::path &name) {
    return std::ranges::any_of(artifacts, [&](const ArtifactRecord &artifact) {
        return fs::path(artifact.path.text()).filename() == name;
    });
}

} // namespace

RunFiles::RunFiles(const fs::path &file, const ReadableDatabase &source, ForeignRuns &target,
                   std::stop_token stop)
    : m_source(source), m_paths(file), m_target(target), m_stop(std::move(stop)) {
    if (source.isCopy())
        m_paths.setIdentity(source.identity());
}

std::int64_t RunFiles::copy(const RunRecord &run, RunId copy, std::vector<std::string> &problems) {
    const std::vector<ArtifactRecord> known = m_target.artifacts().of(copy);
    std::int64_t count = 0;
    for (const ArtifactRecord &artifact : run.artifacts) {
        const RunPath path = originalPath(run.id, artifact);
        if (has(known, fs::path(path.text()).filename()))
            continue;
        try {
            copyArtifact(artifact, path, copy);
            copyInitialWeights(path, copy);
            ++count;
        } catch (const Interrupted &) {
            throw;
        } catch (const InvalidInput &error) {
            problems.push_back(error.what());
        } catch (const IoError &error) {
            problems.push_back(error.what());
        }
    }
    return count;
}

RunPath RunFiles::originalPath(RunId run, const ArtifactRecord &artifact) const {
    return m_source.isCopy() ? m_paths.resolved(run, m_source.storedPath(artifact.path.text()).native())
                             : artifact.path;
}

void RunFiles::copyArtifact(const ArtifactRecord &artifact, const RunPath &path, RunId copy) {
    const fs::path name = fs::path(path.text()).filename();
    if (name.empty() || name == "." || name == "..")
        throw InvalidInput(displayName(path.text()) + " is not the name of a file");
    const fs::path target = m_target.artifacts().folder(copy) / name;
    copyFile(path.toRead(), target);
    m_target.artifacts().add(copy, {artifact.kind, RunPath(target), artifact.step, artifact.sha256});
}

void RunFiles::copyInitialWeights(const RunPath &checkpoint, RunId copy) {
    const fs::path from = checkpoint.sibling(initialWeightsName).toRead();
    const fs::path to = m_target.artifacts().folder(copy) / initialWeightsName;
    std::error_code failure;
    if (fs::is_regular_file(fs::symlink_status(from, failure)) && !fs::exists(to, failure))
        copyFile(from, to);
}

void RunFiles::copyFile(const fs::path &from, const fs::path &to) const {
    const OpenRegularFile source(from);
    AtomicFile target(to);
    std::string piece(pieceBytes, '\0');
    while (const std::size_t length = source.read(piece)) {
        if (m_stop.stop_requested())
            throw Interrupted("the import of runs was cancelled");
        target.append(std::string_view(piece).substr(0, length));
    }
    target.commit();
}

} // namespace simclr
