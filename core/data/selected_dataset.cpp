// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/selected_dataset.h"

#include "core/data/dataset_messages.h"
#include "core/util/files.h"
#include "core/util/hash.h"

#include <algorithm>
#include <span>

namespace simclr {

namespace {

/// Of `kept` samples of a dataset with this fingerprint and size, of which the part from `first` on counts;
/// it is `base` if all of them are kept.
std::string fingerprintOf(const std::string &base, std::uint32_t size, std::uint32_t first,
                          std::span<const std::uint32_t> kept) {
    if (base.empty() || kept.size() == size - first)
        return base;
    Sha256 hash;
    hash.add("simclr selection 1\n" + base + "\n");
    for (const std::uint32_t sample : kept)
        hash.add(std::to_string(sample - first) + "\n");
    return hash.hex();
}

LabelledPart labelledPartOf(const Dataset &base, const std::vector<std::uint32_t> &kept) {
    const LabelledPart part = base.labelledPart();
    const auto first = std::ranges::lower_bound(kept, part.firstSample);
    return {fingerprintOf(part.fingerprint, base.size(), part.firstSample, {first, kept.end()}),
            static_cast<std::uint32_t>(first - kept.begin())};
}

} // namespace

SelectedDataset::SelectedDataset(DatasetPtr base, const Selection &selection, const std::string &source)
    : m_base(std::move(base)), m_mode(selection.mode), m_report(m_base->report()) {
    ResolvedSelection resolved = resolve(selection, *m_base);
    m_samples = std::move(resolved.kept);
    m_fingerprint = fingerprintOf(m_base->fingerprint(), m_base->size(), 0, m_samples);
    m_labelledPart = labelledPartOf(*m_base, m_samples);
    m_report.source = source;
    m_report.title += " · " + toValidUtf8(selection.name);
    m_report.images = m_samples.size();
    countClasses();
    tell(selection, resolved.missing);
}

int SelectedDataset::label(std::uint32_t sample) const {
    const int label = m_base->label(baseSample(sample));
    return label < 0 ? label : m_labels[static_cast<std::size_t>(label)];
}

/// Numbers the classes that have images, in their order.
void SelectedDataset::countClasses() {
    const DatasetReport &all = m_base->report();
    std::vector<std::size_t> counts(all.classNames.size());
    m_report.hasTestSplit = false;
    for (const std::uint32_t sample : m_samples) {
        if (const int label = m_base->label(sample); label >= 0)
            ++counts[static_cast<std::size_t>(label)];
        m_report.hasTestSplit = m_report.hasTestSplit || m_base->isTestSample(sample);
    }
    m_labels.assign(counts.size(), unlabelled);
    m_report.classNames.clear();
    m_report.classCounts.clear();
    const auto used = counts.size() - static_cast<std::size_t>(std::ranges::count(counts, std::size_t{0}));
    for (std::size_t i = 0; i < counts.size() && used > 1; ++i) {
        if (counts[i] == 0)
            continue;
        m_labels[i] = static_cast<int>(m_report.classNames.size());
        m_report.classNames.push_back(all.classNames[i]);
        m_report.classCounts.push_back(counts[i]);
    }
}

void SelectedDataset::tell(const Selection &selection, std::size_t missing) {
    const std::string name = toValidUtf8(selection.name);
    if (const std::size_t leftOut = m_base->size() - m_samples.size(); leftOut > 0)
        m_report.notes.push_back(datasetMessage("left_out_by_selection", leftOut, name));
    if (missing > 0)
        m_report.notes.push_back(datasetMessage("missing_of_selection", missing, name));
    else if (selection.fingerprint != m_base->fingerprint())
        m_report.notes.push_back(datasetMessage("changed_since_selection", name));
}

} // namespace simclr
