// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_embedding.h"

#include "core/evaluate/embedding.h"
#include "core/run/run_encoder.h"
#include "core/run/run_features.h"
#include "core/run/run_plan.h"
#include "core/util/error.h"
#include "core/util/files.h"

namespace simclr {

std::filesystem::path embeddingTable(const std::filesystem::path &file) {
    if (file.extension() != ".npy" || file.stem().empty())
        throw InvalidInput("the output file must end in .npy, which " + displayName(file) + " does not");
    return std::filesystem::path(file).replace_extension(".csv");
}

std::optional<EmbeddedDataset> embedDataset(const RunRecord &run, const Dataset &dataset,
                                            const EmbedOptions &options, const std::stop_token &stop) {
    EmbeddedDataset embedded;
    embedded.table = embeddingTable(options.file);
    RunEncoder loaded = loadRunEncoder(run, options.device);
    const std::vector<std::uint32_t> samples = samplesOfSplit(options.split, loaded.options, dataset);
    useDevice(loaded.device);
    auto written = explainingTorchErrors(loaded.device, evaluationMemoryAdvice, [&] {
        return writeEmbedding(loaded.encoder, {dataset, samples, static_cast<int>(loaded.options.imageSize)},
                              loaded.device, {options.file, embedded.table}, stop,
                              [&](std::size_t done) { options.progress(done, samples.size()); });
    });
    if (!written)
        return std::nullopt;
    embedded.images = written->images;
    embedded.featureSize = written->featureSize;
    embedded.broken = std::move(written->broken);
    embedded.epochs = loaded.epochs;
    embedded.problems = std::move(loaded.problems);
    embedded.device = loaded.device.name();
    return embedded;
}

} // namespace simclr
