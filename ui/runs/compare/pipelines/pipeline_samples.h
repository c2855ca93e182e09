// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"
#include "core/data/dataset.h"
#include "core/store/records.h"

#include <QString>
#include <array>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

namespace simclr::ui {

/// A pipeline and the runs that were trained with it.
struct ComparedPipeline {
    std::vector<RunRecord> runs; ///< at least one
    Pipeline pipeline;
    QString problem; ///< why it cannot be read; then it is empty

    /// "1, 4 · SimCLR (CIFAR-10)".
    QString title() const;
};

/// The different pipelines of these runs, in their order; a name is no difference. Runs that were imported
/// without training have none.
std::vector<ComparedPipeline> comparedPipelines(const std::vector<RunRecord> &runs);

/// What to render: both views of the same images by each pipeline, with the same random numbers.
struct PipelineRequest {
    DatasetPtr dataset;
    std::vector<ComparedPipeline> pipelines;
    std::size_t images = 6;
    std::uint64_t seed = 1;
    std::uint32_t epoch = 0;
    int viewSize = 32;
};

/// One image and its views.
struct PipelineRow {
    QString name;
    QString problem; ///< why it cannot be read
    Image original;
    std::vector<std::array<Image, 2>> views; ///< of each pipeline; empty images if it cannot be rendered
};

struct PipelineSamples {
    PipelineRequest request;
    std::vector<PipelineRow> rows;
    std::vector<QString> problems; ///< of each pipeline; empty if it was rendered
};

using PipelineSamplesPtr = std::shared_ptr<const PipelineSamples>;

/// Renders with exactly the code and the random numbers of training: the views that a run with this seed
/// trains on in this epoch.
PipelineSamplesPtr renderPipelines(const PipelineRequest &request, const std::stop_token &stop);

} // namespace simclr::ui
