// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"
#include "core/data/dataset.h"
#include "core/evaluate/evaluation_options.h"
#include "core/events/run_rules.h"
#include "core/train/train_options.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace simclr {

/// The complete configuration of a run.
struct RunConfiguration {
    std::string name; ///< empty: derived from the pipeline and the encoder
    Pipeline pipeline;
    TrainOptions options;
};

/// The name of a run: its own, or that of its pipeline, or that of its encoder.
std::string nameOf(const RunConfiguration &configuration);

struct ResumeOptions {
    std::string device;              ///< instead of the run's own, if not empty
    bool allowChangedImages = false; ///< resumes although its images have changed
    Values changes;                  ///< changed options, by id: see run_extension.h
    std::string name;                ///< of the new run, if options change; empty: derived from the old one's
};

/// How to evaluate a run.
struct EvaluationRequest {
    std::vector<Protocol> protocols{Protocol::Linear, Protocol::Knn}; ///< of evaluationProtocols()
    std::vector<double> labels{1};                                    ///< label fractions, each in (0, 1]
    FeatureKind features = FeatureKind::H; ///< protocols that train the encoder support H only
    Split split = Split::Test;
    bool isTransfer =
        false;             ///< the images are of another dataset than the run's, evaluated by its own splits
    std::int64_t seed = 0; ///< of labelled subsets, and of order and views in training
    EvaluationOptions options;
    std::string device; ///< empty: the run's own, or the best if that one is not available
};

/// Images by the argument of openDataset().
struct JobImages {
    std::string source;
    std::string fingerprint; ///< of the images when the job was submitted; empty: unknown
};

/// Trains a new run.
struct TrainJob {
    RunConfiguration configuration;
    JobImages images;
    RuleOptions rules{};
    std::string study{}; ///< the name of the sweep that it is a part of; empty: none
};

/// Resumes or continues a stored run on its own images.
struct ResumeJob {
    std::int64_t run = 0;
    ResumeOptions options;
    RuleOptions rules{};
};

/// Evaluates a stored run.
struct EvaluateJob {
    std::int64_t run = 0;
    EvaluationRequest request;
    JobImages images; ///< no source: the run's own
};

/// Writes the features of images, by the encoder of a stored run.
struct EmbedJob {
    std::int64_t run = 0;
    std::filesystem::path file; ///< the .npy
    std::string split = "all";  ///< all, train, validation or test
    JobImages images;           ///< no source: the run's own
};

/// Writes the encoder of a stored run for other programs.
struct ExportJob {
    std::int64_t run = 0;
    std::string format; ///< the id of one of exportFormats()
    std::filesystem::path file;
};

/// Measures what a run would take.
struct PreflightJob {
    RunConfiguration configuration;
    JobImages images;
};

/// A job of a newer version of the program: kept as it is, and never executed.
struct UnknownJob {
    Json description;
};

/// What can be asked for. A job is a value: it names images and runs, and owns none of them.
using Job = std::variant<TrainJob, ResumeJob, EvaluateJob, EmbedJob, ExportJob, PreflightJob, UnknownJob>;

/// {"version": 1, "kind": "evaluate", "run": 3, …}; an UnknownJob as it was read.
Json toJson(const Job &job);

/// The inverse. A job of an unknown kind or a newer version becomes an UnknownJob. Throws InvalidInput,
/// naming `origin`, if the description of a known kind is damaged.
Job jobFromJson(const Json &json, const std::string &origin);

/// Stored paths must hold in any working folder.
RunConfiguration withAbsolutePaths(RunConfiguration configuration);

/// A job for a run that is configured now, on images that are open now.
TrainJob trainJob(RunConfiguration configuration, const Dataset &dataset, const RuleOptions &rules = {});
PreflightJob preflightJob(RunConfiguration configuration, const Dataset &dataset);
JobImages imagesOf(const Dataset &dataset);

/// The stored run that a job uses; 0 if it uses none.
std::int64_t runOf(const Job &job);

/// Whether the job trains a run, a new or a stored one.
bool isTraining(const Job &job);

/// Whether the job computes on a device; others only read and write files.
bool needsDevice(const Job &job);

/// Whether the job is kept when the program ends before it starts. A measurement is not: its result is for
/// whoever waits for it.
bool isKept(const Job &job);

} // namespace simclr
