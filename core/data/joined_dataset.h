// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <string_view>

namespace simclr {

/// Images to learn from, whose labels are dropped, followed by labelled images to evaluate on. The former
/// keep their indices, so that what is learned from them does not depend on the latter. Images that are in
/// both are in it twice.
class JoinedDataset final : public Dataset {
  public:
    /// Before the names of labelled images.
    static constexpr std::string_view labelledPrefix = "labelled:";

    /// Throws InvalidInput if there are more images than an index can count.
    JoinedDataset(DatasetPtr images, DatasetPtr labelled);

    const DatasetReport &report() const override { return m_report; }
    const std::string &fingerprint() const override { return m_fingerprint; }
    std::uint32_t size() const override { return m_first + m_labelled->size(); }
    int label(std::uint32_t sample) const override;
    bool isTestSample(std::uint32_t sample) const override;
    /// That of the part, for labelled images with "labelled:" before it.
    std::string sampleName(std::uint32_t sample) const override;
    std::uint64_t contentOf(std::uint32_t sample) const override;
    Image image(std::uint32_t sample) const override;
    std::optional<std::string> encodedImage(std::uint32_t sample) const override;
    /// Those of both parts.
    std::vector<std::string> columnNames() const override;
    std::string columnValue(std::uint32_t sample, const std::string &column) const override;
    /// The images to learn from, and the labelled images.
    std::vector<DatasetPtr> parts() const override { return {m_images, m_labelled}; }
    LabelledPart labelledPart() const override { return {m_labelled->fingerprint(), m_first}; }

  private:
    /// The part that contains a sample, and its index there.
    struct Place {
        const Dataset &part;
        std::uint32_t sample;
    };
    Place placeOf(std::uint32_t sample) const;
    bool isOfLabelledPart(std::uint32_t sample) const { return sample >= m_first; }

    DatasetPtr m_images;
    DatasetPtr m_labelled;
    std::uint32_t m_first; ///< index of the first labelled image
    std::string m_fingerprint;
    DatasetReport m_report;
};

/// The dataset of only the images that results are about: `dataset` itself, or the part that
/// Dataset::labelledPart() describes.
DatasetPtr labelledImagesOf(const DatasetPtr &dataset);

} // namespace simclr
