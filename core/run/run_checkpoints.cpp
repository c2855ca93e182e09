// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_checkpoints.h"

#include "core/util/error.h"

namespace simclr {

namespace fs = std::filesystem;

namespace {

bool isThere(const fs::path &path) {
    std::error_code failure;
    return fs::exists(path, failure);
}

} // namespace

std::optional<fs::path> latestCheckpoint(const RunRecord &run) {
    const ArtifactRecord *latest = nullptr;
    for (const ArtifactRecord &artifact : run.artifacts)
        if (artifact.kind == "checkpoint" && isThere(artifact.path) &&
            (!latest || artifact.step >= latest->step))
            latest = &artifact;
    return latest ? std::optional<fs::path>(latest->path) : std::nullopt;
}

std::optional<Checkpoint> checkpointToResume(const RunRecord &run) {
    if (const auto path = latestCheckpoint(run))
        return readCheckpoint(*path);
    for (const ArtifactRecord &artifact : run.artifacts)
        if (artifact.kind == "checkpoint")
            throw InvalidInput("the checkpoint of run " + std::to_string(run.id) +
                               " is gone: " + artifact.path);
    return std::nullopt;
}

} // namespace simclr
