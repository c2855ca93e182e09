// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/mapped_images.h"

#include "core/store/run_store.h"
#include "core/util/error.h"

namespace simclr::ui {

namespace {

void addPredictions(std::vector<std::int32_t> &ofSample, const RunStore &store, const RunRecord &run,
                    Split split) {
    for (const Protocol protocol : {Protocol::Linear, Protocol::Knn}) {
        const Result *result = latestResult(run, protocol, split);
        const auto predictions = result ? store.results().predictions(run.id, result->key) : std::nullopt;
        if (!predictions)
            continue;
        for (std::size_t i = 0; i < predictions->samples.size(); ++i)
            if (const auto sample = std::size_t(predictions->samples[i]); sample < ofSample.size())
                ofSample[sample] = predictions->predicted[i];
        return;
    }
}

} // namespace

std::vector<std::int32_t> predictedClasses(const RunRecord &run, const ExploredFeatures &features) {
    const std::vector<std::uint32_t> &samples = features.features.table.samples;
    std::vector<std::int32_t> ofSample(features.images->size(), -1);
    try {
        if (features.areRunImages) {
            const RunStore store(run.database, RunStore::Access::ReadOnly);
            addPredictions(ofSample, store, run, Split::Validation);
            addPredictions(ofSample, store, run, Split::Test);
        }
    } catch (const Error &) {
        ofSample.assign(ofSample.size(), -1);
    }
    std::vector<std::int32_t> ofRow;
    for (const std::uint32_t sample : samples)
        ofRow.push_back(ofSample[sample]);
    return ofRow;
}

} // namespace simclr::ui
