// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/selection.h"

#include <vector>

namespace simclr {

/// Some images of another dataset, chosen by a selection. Classes without an image are no classes; if only
/// one is left, the images have no labels, as in a folder. Its fingerprint depends on the other dataset and
/// on which of its images there are, and is that of the other dataset if there are all. Sizes and broken
/// files in its report are those of the other dataset.
class SelectedDataset final : public Dataset {
  public:
    /// `source` is what openDataset() opens it with. Throws as resolve().
    SelectedDataset(DatasetPtr base, const Selection &selection, const std::string &source);

    const DatasetReport &report() const override { return m_report; }
    const std::string &fingerprint() const override { return m_fingerprint; }
    std::uint32_t size() const override { return static_cast<std::uint32_t>(m_samples.size()); }
    int label(std::uint32_t sample) const override;
    bool isTestSample(std::uint32_t sample) const override {
        return m_base->isTestSample(baseSample(sample));
    }
    std::string sampleName(std::uint32_t sample) const override {
        return m_base->sampleName(baseSample(sample));
    }
    std::uint64_t contentOf(std::uint32_t sample) const override {
        return m_base->contentOf(baseSample(sample));
    }
    Image image(std::uint32_t sample) const override { return m_base->image(baseSample(sample)); }
    std::optional<std::string> encodedImage(std::uint32_t sample) const override {
        return m_base->encodedImage(baseSample(sample));
    }
    std::vector<std::string> columnNames() const override { return m_base->columnNames(); }
    std::string columnValue(std::uint32_t sample, const std::string &column) const override {
        return m_base->columnValue(baseSample(sample), column);
    }

    std::vector<DatasetPtr> parts() const override { return {m_base}; }
    /// As if the selection had been made of the labelled images alone.
    LabelledPart labelledPart() const override { return m_labelledPart; }

    const Dataset &base() const { return *m_base; }
    std::uint32_t baseSample(std::uint32_t sample) const { return m_samples.at(sample); }
    Selection::Mode mode() const { return m_mode; }

  private:
    void countClasses();
    bool hasTestImages() const;
    void recountShared();
    void tell(const Selection &selection, const ResolvedSelection &resolved);

    DatasetPtr m_base;
    Selection::Mode m_mode;
    std::vector<std::uint32_t> m_samples; ///< of the base, in ascending order
    std::vector<int> m_labels;            ///< by class of the base
    DatasetReport m_report;
    std::string m_fingerprint;
    LabelledPart m_labelledPart;
};

} // namespace simclr
