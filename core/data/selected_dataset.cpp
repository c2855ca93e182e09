// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/selected_dataset.h"

#include "core/data/dataset_messages.h"
#include "core/data/shared_images.h"
#include "core/util/files.h"
#include "core/util/hash.h"

#include <algorithm>
#include <iterator>
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

bool isOfSharedImages(const Message &note) {
    return note.code() == "shared_with_test";
}

/// The notes about images in training and test: those of the dataset, or as it has those of its parts.
std::vector<Message> sharedNotesOf(const Dataset &dataset) {
    std::vector<Message> notes;
    std::ranges::copy_if(dataset.report().notes, std::back_inserter(notes), isOfSharedImages);
    for (const DatasetPtr &part : dataset.parts())
        for (const Message &note : part->report().notes)
            if (const std::string &title = part->report().title; isOfSharedImages(note)) {
                notes.push_back(datasetMessage("of_images", title, note));
                notes.push_back(datasetMessage("of_labelled", title, note));
            }
    return notes;
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
    m_report.hasTestSplit = hasTestImages();
    recountShared();
    tell(selection, resolved);
}

int SelectedDataset::label(std::uint32_t sample) const {
    const int label = m_base->label(baseSample(sample));
    return label < 0 ? label : m_labels[static_cast<std::size_t>(label)];
}

/// Numbers the classes that have images, in their order.
void SelectedDataset::countClasses() {
    const DatasetReport &all = m_base->report();
    std::vector<std::size_t> counts(all.classNames.size());
    for (const std::uint32_t sample : m_samples)
        if (const int label = m_base->label(sample); label >= 0)
            ++counts[static_cast<std::size_t>(label)];
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

/// As in countSamples() and JoinedDataset: test images beside labelled ones count only if they are labelled,
/// those that are only learned from never.
bool SelectedDataset::hasTestImages() const {
    for (std::uint32_t sample = m_labelledPart.firstSample; sample < size(); ++sample)
        if (isTestSample(sample) && (!isLabelled() || label(sample) != unlabelled))
            return true;
    return false;
}

/// Replaces what the base says about images in training and test by what is so of the chosen ones.
void SelectedDataset::recountShared() {
    const std::vector<Message> outdated = sharedNotesOf(*m_base);
    if (outdated.empty())
        return;
    std::erase_if(m_report.notes,
                  [&](const Message &note) { return std::ranges::find(outdated, note) != outdated.end(); });
    std::vector<ImageContent> training;
    std::vector<ImageContent> test;
    for (std::uint32_t sample = m_labelledPart.firstSample; sample < size(); ++sample)
        (isTestSample(sample) ? test : training).push_back({contentOf(sample), sampleName(sample)});
    if (const auto note = sharedImagesNote(training, test, HeldOut::Test))
        m_report.notes.push_back(*note);
}

void SelectedDataset::tell(const Selection &selection, const ResolvedSelection &resolved) {
    const std::string name = toValidUtf8(selection.name);
    if (const std::size_t leftOut = m_base->size() - m_samples.size(); leftOut > 0)
        m_report.notes.push_back(datasetMessage("left_out_by_selection", leftOut, name));
    if (resolved.missing > 0)
        m_report.notes.push_back(datasetMessage("missing_of_selection", resolved.missing, name));
    else if (resolved.isOfChangedImages)
        m_report.notes.push_back(datasetMessage("changed_since_selection", name));
}

} // namespace simclr
