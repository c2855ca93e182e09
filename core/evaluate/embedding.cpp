// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/embedding.h"

#include "core/util/atomic_file.h"
#include "core/util/error.h"

#include <bit>

namespace simclr {

namespace {

static_assert(std::endian::native == std::endian::little, "\"<f4\" means little-endian");

/// The header of a .npy file (NumPy's format 1.0), always of the same length, so that it can be rewritten
/// when the number of rows is known.
std::string npyHeader(std::uint64_t rows, std::int64_t columns) {
    constexpr std::size_t headerBytes = 128; ///< a multiple of 64, with room for any numbers
    constexpr std::size_t prefixBytes = 10;
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + std::to_string(rows) + ", " +
                         std::to_string(columns) + "), }";
    header.resize(headerBytes - prefixBytes - 1, ' ');
    return std::string("\x93NUMPY\x01\x00", 8) + static_cast<char>(headerBytes - prefixBytes) + '\0' +
           header + '\n';
}

std::string tableRows(const Dataset &dataset, const std::vector<std::uint32_t> &samples) {
    std::string rows;
    for (const std::uint32_t sample : samples) {
        const int label = dataset.label(sample);
        const std::string name = label == Dataset::unlabelled
                                     ? std::string()
                                     : dataset.report().classNames.at(static_cast<std::size_t>(label));
        rows += csvField(dataset.sampleName(sample)) + "," + csvField(name) + "\n";
    }
    return rows;
}

std::string_view bytesOf(const torch::Tensor &tensor) {
    return {static_cast<const char *>(tensor.data_ptr()), tensor.nbytes()};
}

} // namespace

std::optional<Embedding> writeEmbedding(ResNet &encoder, const EmbeddingSource &source,
                                        const ComputeDevice &device, const EmbeddingFiles &files,
                                        const std::stop_token &stop,
                                        const std::function<void(std::size_t)> &progress) {
    Embedding embedding;
    embedding.featureSize = encoder->featureSize();
    AtomicFile features(files.features);
    AtomicFile names(files.table);
    features.append(npyHeader(0, embedding.featureSize));
    names.append("path,label\n");
    const auto append = [&](const FeatureBatch &batch) {
        embedding.images += batch.samples.size();
        embedding.broken.insert(embedding.broken.end(), batch.broken.begin(), batch.broken.end());
        if (!batch.samples.empty())
            features.append(bytesOf(batch.features.contiguous()));
        names.append(tableRows(source.dataset, batch.samples));
        progress(embedding.images + embedding.broken.size());
    };
    if (!visitFeatures(encoder, source.dataset, source.samples, source.imageSize, device, stop, append))
        return std::nullopt;
    if (embedding.images == 0)
        throw IoError("none of the images can be read");
    features.overwrite(0, npyHeader(embedding.images, embedding.featureSize));
    features.commit();
    names.commit();
    return embedding;
}

} // namespace simclr
