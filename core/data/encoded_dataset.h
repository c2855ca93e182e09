// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/encoded_files.h"
#include "core/data/image_list.h"
#include "core/data/sample_columns.h"

namespace simclr {

/// A content hash: the first 64 bits of the SHA-256, given as hexadecimal digits.
std::uint64_t contentId(std::string_view sha256);

/// An image that cannot be used.
struct BrokenImage {
    std::uint32_t row = 0; ///< in the listing
    FileStamp stamp;       ///< before it was read
};

/// The images of a listing that can be used, in a compact form: a million of them need less than 100 MB.
struct EncodedSamples {
    std::shared_ptr<const ImageList> images;
    std::shared_ptr<const EncodedFiles> files;
    std::vector<std::uint32_t> rows;                   ///< of the samples in `images`
    std::vector<std::uint64_t> contents;               ///< contentId() of each sample; empty: unknown
    std::vector<FileStamp> stamps;                     ///< of each sample when it was read; empty: unknown
    std::shared_ptr<const SampleColumns> columns = {}; ///< of `images`; nothing without further columns
    std::filesystem::path index = {};                  ///< of these samples (DatasetIndex); empty: none
    std::vector<BrokenImage> broken = {};              ///< the images that are not samples, if known
};

/// Images that do not fit into memory: only checked at opening, decoded each time they are requested. An
/// image that was replaced since then is rejected with ImagesChanged, and their index is deleted, which no
/// longer agrees with them.
class EncodedDataset final : public Dataset {
  public:
    struct Reading {
        DecodeLimits limits;
        DepthRule depth;
    };

    /// Counts the images of `report`.
    EncodedDataset(DatasetReport report, EncodedSamples samples, std::string fingerprint,
                   const Reading &reading);

    const DatasetReport &report() const override { return m_report; }
    const std::string &fingerprint() const override { return m_fingerprint; }
    std::uint32_t size() const override { return static_cast<std::uint32_t>(m_samples.rows.size()); }
    int label(std::uint32_t sample) const override { return m_samples.images->label(row(sample)); }
    bool isTestSample(std::uint32_t sample) const override { return m_samples.images->isTest(row(sample)); }
    std::string sampleName(std::uint32_t sample) const override;
    std::uint64_t contentOf(std::uint32_t sample) const override;
    Image image(std::uint32_t sample) const override;
    std::optional<std::string> encodedImage(std::uint32_t sample) const override { return bytesOf(sample); }
    std::vector<std::string> columnNames() const override;
    std::string columnValue(std::uint32_t sample, const std::string &column) const override;

    const EncodedSamples &samples() const { return m_samples; }
    const Reading &reading() const { return m_reading; }

  private:
    std::uint32_t row(std::uint32_t sample) const { return m_samples.rows.at(sample); }
    bool isTouched(std::uint32_t sample) const;
    std::string bytesOf(std::uint32_t sample) const;
    void dropIndex() const;

    DatasetReport m_report;
    EncodedSamples m_samples;
    std::string m_fingerprint;
    Reading m_reading;
};

} // namespace simclr
