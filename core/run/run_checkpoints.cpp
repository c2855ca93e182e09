// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_checkpoints.h"

#include "core/util/clock.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>

namespace simclr {

namespace fs = std::filesystem;

namespace {

/// A file is never reused for another step, so that the store's entry stays valid if the process is killed.
std::string fileNameFor(std::int64_t step, const std::string &prefix) {
    const std::string digits = std::to_string(step);
    constexpr std::size_t width = 9; // so that names sort as steps do
    return prefix + std::string(width - std::min(width, digits.size()), '0') + digits + ".safetensors";
}

std::vector<ArtifactRecord> checkpointsOf(const std::vector<ArtifactRecord> &artifacts, bool withBest) {
    std::vector<ArtifactRecord> checkpoints;
    std::ranges::copy_if(artifacts, std::back_inserter(checkpoints), [&](const ArtifactRecord &artifact) {
        return artifact.kind == lastCheckpointKind || (withBest && artifact.kind == bestCheckpointKind);
    });
    std::ranges::stable_sort(checkpoints, std::ranges::greater{}, &ArtifactRecord::step);
    return checkpoints;
}

std::string problemsText(const std::vector<std::string> &problems) {
    std::string text;
    for (const std::string &problem : problems)
        text += (text.empty() ? "" : "; ") + problem;
    return text;
}

/// A checkpoint file of this program, complete or not, that the store does not list.
bool isLeftover(const fs::path &file, const RunRecord &run) {
    const std::string name = file.filename().native();
    const bool isOurs = (name.starts_with("checkpoint-") || name.starts_with("best-") ||
                         name.starts_with("best.safetensors")) &&
                        !name.ends_with(".damaged");
    return isOurs && std::ranges::none_of(run.artifacts, [&](const ArtifactRecord &artifact) {
               return fs::path(artifact.path.text()).filename() == file.filename();
           });
}

/// Unlisted files next to a listed one; newest first.
std::vector<fs::path> unlistedCheckpoints(const RunRecord &run, const RunPath &listed) {
    std::vector<fs::path> unlisted;
    std::error_code failure;
    for (const auto &entry : fs::directory_iterator(listed.toRead().parent_path(), failure))
        if (isLeftover(entry.path(), run) && entry.path().extension() == ".safetensors" &&
            fs::is_regular_file(entry.symlink_status(failure)))
            unlisted.push_back(entry.path());
    std::ranges::sort(unlisted, std::ranges::greater{});
    return unlisted;
}

/// Listed ones first: the metrics are complete up to them.
std::vector<RunPath> candidates(const RunRecord &run) {
    std::vector<RunPath> paths;
    for (const ArtifactRecord &artifact : checkpointsOf(run.artifacts, true))
        paths.push_back(artifact.path);
    const auto first = std::ranges::find_if(paths, &RunPath::isReadable);
    if (first == paths.end())
        return paths;
    const RunPath known = *first;
    for (const fs::path &file : unlistedCheckpoints(run, known))
        paths.push_back(known.sibling(file));
    return paths;
}

} // namespace

std::optional<FoundCheckpoint> findCheckpoint(const RunRecord &run) {
    FoundCheckpoint found;
    for (const RunPath &path : candidates(run)) {
        try {
            found.checkpoint = readCheckpoint(path.toRead());
            found.path = path;
            for (std::string &problem : found.problems)
                problem +=
                    "; the checkpoint of step " + std::to_string(found.checkpoint.step) + " is used instead";
            return found;
        } catch (const Error &error) {
            found.problems.push_back(error.what());
            found.rejected.push_back(path);
        }
    }
    if (!found.problems.empty())
        throw InvalidInput("no checkpoint of run " + std::to_string(run.id) +
                           " can be read: " + problemsText(found.problems));
    return std::nullopt;
}

void keepCheckpoint(RunStore &store, RunId run, const Checkpoint &checkpoint) {
    const fs::path path = store.artifacts().folder(run) / fileNameFor(checkpoint.step, "checkpoint-");
    writeCheckpoint(path, checkpoint);
    store.artifacts().add(run, ArtifactRecord{lastCheckpointKind, RunPath(path), checkpoint.step, {}});
}

std::int64_t epochOf(const Checkpoint &checkpoint, std::int64_t epochs) {
    const std::int64_t perEpoch =
        std::max<std::int64_t>(1, checkpoint.totalSteps / std::max<std::int64_t>(1, epochs));
    return (checkpoint.step + perEpoch - 1) / perEpoch;
}

double epochsDone(const Checkpoint &checkpoint, std::int64_t epochs) {
    return checkpoint.totalSteps == 0 ? 0
                                      : static_cast<double>(checkpoint.step) * static_cast<double>(epochs) /
                                            static_cast<double>(checkpoint.totalSteps);
}

std::optional<std::int64_t> bestCheckpointStep(const RunRecord &run) {
    std::optional<std::int64_t> step; // the newest, if a kill left the previous one too
    for (const ArtifactRecord &artifact : run.artifacts)
        if (artifact.kind == bestCheckpointKind)
            step = std::max(step.value_or(0), artifact.step);
    return step;
}

CheckpointKeeper::CheckpointKeeper(const RunStore &store, RunId run, std::int64_t keep, Observer &observer)
    : m_store(store),
      m_run(run),
      m_keep(static_cast<std::size_t>(std::max<std::int64_t>(1, keep))),
      m_observer(observer),
      m_kept(store.runs().one(run).artifacts),
      m_savedAt(secondsNow()) {}

void CheckpointKeeper::tidy() {
    const RunRecord run = m_store.runs().one(m_run);
    std::error_code failure;
    std::vector<fs::path> leftovers;
    for (const fs::directory_entry &entry :
         fs::directory_iterator(m_store.artifacts().folder(m_run), failure))
        if (entry.is_regular_file(failure) && isLeftover(entry.path(), run))
            leftovers.push_back(entry.path());
    for (const fs::path &file : leftovers)
        fs::remove(file, failure);
}

double CheckpointKeeper::secondsSinceLast() const {
    return secondsNow() - m_savedAt;
}

template <typename Write>
bool CheckpointKeeper::attempt(std::int64_t step, Write write) {
    m_savedAt = secondsNow();
    try {
        write(m_store.artifacts().folder(m_run));
        return true;
    } catch (const IoError &error) {
        notSaved(step, error.what());
    } catch (const StorageError &error) {
        notSaved(step, error.what());
    }
    return false;
}

void CheckpointKeeper::notSaved(std::int64_t step, const std::string &reason) {
    m_lastProblem = "the checkpoint of step " + std::to_string(step) + " could not be written: " + reason;
    m_observer.on(Noted{m_lastProblem});
}

void CheckpointKeeper::save(std::int64_t step, const Take &take) {
    if (m_savedStep == step)
        return;
    const bool isSaved = attempt(step, [&](const fs::path &folder) {
        const fs::path path = folder / fileNameFor(step, "checkpoint-");
        writeCheckpoint(path, take());
        m_observer.on(CheckpointWritten{step, path.string(), CheckpointKind::Last});
        remember({lastCheckpointKind, RunPath(path), step, {}});
        dropOld();
    });
    m_problem = isSaved ? std::string() : m_lastProblem;
    if (isSaved)
        m_savedStep = step;
}

bool CheckpointKeeper::saveBest(std::int64_t step, const Take &take) {
    return attempt(step, [&](const fs::path &folder) {
        const fs::path path = folder / fileNameFor(step, "best-");
        writeCheckpoint(path, take());
        m_observer.on(CheckpointWritten{step, path.string(), CheckpointKind::Best});
        remember({bestCheckpointKind, RunPath(path), step, {}});
        dropBestBut(path);
    });
}

/// A resumed run may rewrite the checkpoint that it started from; the database lists it only once.
void CheckpointKeeper::remember(ArtifactRecord checkpoint) {
    std::erase_if(m_kept, [&](const ArtifactRecord &kept) { return kept.path == checkpoint.path; });
    m_kept.push_back(std::move(checkpoint));
}

void CheckpointKeeper::dropOld() {
    const std::vector<ArtifactRecord> last = checkpointsOf(m_kept, false);
    for (std::size_t i = m_keep; i < last.size(); ++i)
        drop(last[i]);
}

void CheckpointKeeper::dropBestBut(const fs::path &kept) {
    for (const ArtifactRecord &artifact : std::vector(m_kept))
        if (artifact.kind == bestCheckpointKind &&
            fs::path(artifact.path.text()).filename() != kept.filename())
            drop(artifact);
}

/// Deletes the file together with its row.
void CheckpointKeeper::drop(const ArtifactRecord &checkpoint) {
    m_observer.on(CheckpointRemoved{checkpoint.path.text()});
    std::erase_if(m_kept, [&](const ArtifactRecord &kept) { return kept.path == checkpoint.path; });
}

} // namespace simclr
