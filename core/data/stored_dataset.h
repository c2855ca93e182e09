// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/data/sample_columns.h"

namespace simclr {

/// The stored data of one sample.
struct SampleInfo {
    std::string name;
    int label = Dataset::unlabelled;
    bool isTest = false;
    std::uint64_t contentId = 0; ///< see Dataset::contentOf()
};

/// A dataset whose samples are listed in memory; the images themselves come from a subclass or from memory.
class ListedDataset : public Dataset {
  public:
    const DatasetReport &report() const override { return m_report; }
    const std::string &fingerprint() const override { return m_fingerprint; }
    std::uint32_t size() const override { return static_cast<std::uint32_t>(m_samples.size()); }
    int label(std::uint32_t sample) const override { return m_samples.at(sample).label; }
    bool isTestSample(std::uint32_t sample) const override { return m_samples.at(sample).isTest; }
    std::string sampleName(std::uint32_t sample) const override { return m_samples.at(sample).name; }
    std::uint64_t contentOf(std::uint32_t sample) const override { return m_samples.at(sample).contentId; }
    std::vector<std::string> columnNames() const override { return m_columns.names(); }
    std::string columnValue(std::uint32_t sample, const std::string &column) const override {
        return m_columns.valueOf(sample, column);
    }

    /// Further columns: a row for each sample. Only before the dataset is shared.
    void setColumns(SampleColumns columns) { m_columns = std::move(columns); }

  protected:
    ListedDataset(DatasetReport report, std::vector<SampleInfo> samples, std::string fingerprint);

  private:
    DatasetReport m_report;
    std::vector<SampleInfo> m_samples;
    std::string m_fingerprint;
    SampleColumns m_columns;
};

/// A listed dataset whose images are all kept decoded.
class MemoryDataset final : public ListedDataset {
  public:
    MemoryDataset(DatasetReport report, std::vector<SampleInfo> samples, std::vector<Image> images,
                  std::string fingerprint);
    Image image(std::uint32_t sample) const override { return m_images.at(sample); }

  private:
    std::vector<Image> m_images;
};

/// Sets the counts of images of `report` and whether it has a test split.
void countSamples(const Dataset &dataset, DatasetReport &report);

DatasetPtr openShapes(std::uint64_t seed);

} // namespace simclr
