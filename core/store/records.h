// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/binomial_interval.h"
#include "core/results/result.h"
#include "core/store/run_origin.h"
#include "core/store/run_path.h"
#include "core/util/json.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace simclr {

using RunId = std::int64_t;

enum class RunStatus { Running, Completed, Cancelled, Failed, Interrupted };

/// "running", "completed", "cancelled", "failed", "interrupted".
std::string statusName(RunStatus status);
/// Throws DamagedRecord for an unknown name.
RunStatus statusFromName(const std::string &name);

struct DatasetRecord {
    std::string source; ///< the argument of openDataset()
    std::string title;
    std::string fingerprint;
    std::uint32_t trainImages = 0; ///< evaluations learn classes from them
    std::uint32_t validationImages = 0;
    std::uint32_t testImages = 0;
    std::uint32_t classes = 0;
    std::uint32_t broken = 0;
    /// The encoder learns from so many, without their labels; 0: from the training images.
    std::uint32_t learnImages = 0;
    /// Of the images that results are about, if those to learn from are others; otherwise equal to
    /// `fingerprint`, or empty.
    std::string labelledFingerprint{};
    std::uint32_t firstLabelled = 0; ///< index of the first of them

    /// Of the images that results are about.
    const std::string &evaluatedFingerprint() const {
        return labelledFingerprint.empty() ? fingerprint : labelledFingerprint;
    }
    /// Of a title "photos + labelled photos", the second part if results are about that alone.
    std::string evaluatedTitle() const;
    std::uint32_t learnedImages() const { return learnImages == 0 ? trainImages : learnImages; }
    bool learnsFromOthers() const { return learnedImages() != trainImages || firstLabelled > 0; }
};

/// The record of a run at its start.
struct NewRun {
    std::string name;
    Json config;   ///< TrainOptions as JSON
    Json pipeline; ///< as toJson(Pipeline)
    DatasetRecord dataset;
    std::int64_t seed = 0;
    std::string device;
    std::string precision;
    std::string programVersion;
    Json libraries; ///< {"libtorch": "1.13.0", …}
    std::int64_t totalSteps = 0;
    std::int64_t totalEpochs = 0;
    std::optional<RunOrigin> origin; ///< nothing for a run that started at its first step
};

/// Artifacts of this kind are the recent checkpoints of a run, …
constexpr const char *lastCheckpointKind = "checkpoint";
/// … and of this one the checkpoint that was best on the validation images.
constexpr const char *bestCheckpointKind = "best_checkpoint";

/// A file that belongs to a run.
struct ArtifactRecord {
    std::string kind; ///< lastCheckpointKind or bestCheckpointKind
    RunPath path;
    std::int64_t step = 0;
    std::string sha256;
};

/// One event for the user: broken images, a failed evaluation, …
struct NoteRecord {
    double time = 0; ///< seconds since 1970, UTC
    std::string message;
};

/// Everything about a run except its curves.
struct RunRecord : NewRun {
    RunId id = 0;
    std::filesystem::path database; ///< the file it was read from
    RunStatus status = RunStatus::Running;
    std::string failure; ///< the reason, if status is Failed
    double created = 0;  ///< seconds since 1970, UTC
    std::optional<double> finished;
    std::int64_t lastStep = 0;
    double lastEpoch = 0;
    std::optional<double> imagesPerSecond; ///< median over the steps
    std::string weightsSha256;             ///< of the final encoder; empty before the end
    std::vector<std::string> tags;         ///< in their order
    std::string note;                      ///< Markdown of the user
    bool starred = false;
    bool archived = false;
    std::optional<double> trashed; ///< when it was moved to the trash, seconds since 1970, UTC
    std::vector<Result> results;
    std::vector<ArtifactRecord> artifacts;
    std::vector<NoteRecord> notes;
};

/// For readers that complete many records with one query.
using RunsById = std::unordered_map<RunId, RunRecord *>;

/// One value of a curve.
struct MetricPoint {
    std::int64_t step = 0;
    double epoch = 0;
    double value = 0;
    double time = 0; ///< seconds since 1970, UTC
};

/// A MetricPoint with the curve that it belongs to: "loss", "contrastive_top1", "alignment", … as the
/// observer names them (RunRecorder).
struct KeyedMetric {
    std::string key;
    MetricPoint point;
};

/// The newest plain result of this protocol and split, or nothing.
const Result *latestResult(const RunRecord &run, Protocol protocol, Split split);

/// The origin of an encoder's weights.
enum class WeightsOrigin {
    Random,   ///< random, from the seed
    Imported, ///< read from a file, not trained since
    Trained,
    Supervised, ///< random from the seed, trained with labels only, separate from the run
};

/// "random", "imported", "trained", "supervised".
std::string originName(WeightsOrigin origin);

/// The origin of the encoder that a result of this run evaluates.
WeightsOrigin originOf(const RunRecord &run, const Result &result);

/// Whether a result is a baseline for the run: of the encoder before its training. A run that was imported
/// without training is compared itself.
bool isBaseline(const RunRecord &run, const Result &result);

/// "run 3 of /data/runs.sqlite", for messages about stored data.
std::string displayName(const RunRecord &run);

/// The number of images that a result was measured on; 0 if unknown.
std::int64_t evaluatedImages(const RunRecord &run, const Result &result);

/// The 95 % interval of an accuracy for this encoder over other images of the same distribution. It does not
/// cover other seeds. Nothing if the number of images is unknown.
std::optional<ShareInterval> accuracyInterval(const RunRecord &run, const Result &result);

/// A result as all commands print it: {"protocol": "linear", "split": "test", "epoch": 10, "value": 0.62,
/// "features": "h", "labels": 1, "seed": 0, "images": 400, "interval": [0.57, 0.67], …}; null for unknown
/// values.
Json toJson(const RunRecord &run, const Result &result);

/// As `simclr show --json` prints it; the short form omits config, pipeline, events and libraries.
Json toJson(const RunRecord &run, bool shortForm);

/// One row of a comparison: a dotted configuration path and each run's value as text.
struct ConfigDifference {
    std::string path;
    std::vector<std::string> values;
};

/// The paths in config, pipeline, dataset, seed, device or precision in which the runs differ, in order.
std::vector<ConfigDifference> configDifferences(const std::vector<RunRecord> &runs);

} // namespace simclr
