// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/selection.h"

#include "core/data/selected_dataset.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace simclr {

namespace {

using Samples = std::vector<std::uint32_t>;

Samples withoutSamples(std::uint32_t size, std::span<const std::uint32_t> leftOut) {
    std::vector<bool> isLeftOut(size);
    for (const std::uint32_t sample : leftOut)
        isLeftOut.at(sample) = true;
    Samples rest;
    for (std::uint32_t sample = 0; sample < size; ++sample)
        if (!isLeftOut[sample])
            rest.push_back(sample);
    return rest;
}

Selection listOf(const Dataset &dataset, Samples samples, const std::string &name, Selection::Mode mode) {
    Selection selection{name, dataset.report().title, dataset.fingerprint(), mode, {}};
    std::ranges::sort(samples);
    samples.erase(std::unique(samples.begin(), samples.end()), samples.end());
    for (const std::uint32_t sample : samples)
        selection.entries.push_back({sample, dataset.sampleName(sample), dataset.contentOf(sample)});
    return selection;
}

/// Samples of the dataset below a selected one.
Samples baseSamples(const SelectedDataset &selected, std::span<const std::uint32_t> samples) {
    Samples base;
    for (const std::uint32_t sample : samples)
        base.push_back(selected.baseSample(sample));
    return base;
}

/// By number: the dataset is the one that the selection was made of.
Samples findByNumber(const Selection &selection, const Dataset &dataset) {
    Samples found;
    for (const Selection::Entry &entry : selection.entries) {
        if (entry.sample >= dataset.size() || dataset.sampleName(entry.sample) != entry.name)
            throw InvalidInput("the selection \"" + toValidUtf8(selection.name) + "\" is damaged: image " +
                               std::to_string(entry.sample) + " is not \"" + toValidUtf8(entry.name) + "\"");
        found.push_back(entry.sample);
    }
    return found;
}

/// By name and content.
Samples findByName(const Selection &selection, const Dataset &dataset) {
    std::unordered_multimap<std::string_view, std::uint64_t> wanted;
    for (const Selection::Entry &entry : selection.entries)
        if (entry.content != 0)
            wanted.emplace(entry.name, entry.content);
    Samples found;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample) {
        const std::string name = dataset.sampleName(sample);
        const auto [first, last] = wanted.equal_range(name);
        const auto match = std::find_if(
            first, last, [&](const auto &entry) { return entry.second == dataset.contentOf(sample); });
        if (match == last)
            continue;
        found.push_back(sample);
        wanted.erase(match);
    }
    return found;
}

} // namespace

Selection keeping(const Dataset &dataset, std::span<const std::uint32_t> samples, const std::string &name) {
    if (const auto *selected = dynamic_cast<const SelectedDataset *>(&dataset))
        return listOf(selected->base(), baseSamples(*selected, samples), name, Selection::Mode::Keep);
    return listOf(dataset, {samples.begin(), samples.end()}, name, Selection::Mode::Keep);
}

Selection leavingOut(const Dataset &dataset, std::span<const std::uint32_t> samples,
                     const std::string &name) {
    const auto *selected = dynamic_cast<const SelectedDataset *>(&dataset);
    if (selected == nullptr)
        return listOf(dataset, {samples.begin(), samples.end()}, name, Selection::Mode::LeaveOut);
    const Samples kept = baseSamples(*selected, withoutSamples(dataset.size(), samples));
    if (selected->mode() == Selection::Mode::Keep)
        return listOf(selected->base(), kept, name, Selection::Mode::Keep);
    return listOf(selected->base(), withoutSamples(selected->base().size(), kept), name,
                  Selection::Mode::LeaveOut);
}

ResolvedSelection resolve(const Selection &selection, const Dataset &dataset) {
    const bool isSame = selection.fingerprint == dataset.fingerprint();
    const Samples found = isSame ? findByNumber(selection, dataset) : findByName(selection, dataset);
    const std::string name = "the selection \"" + toValidUtf8(selection.name) + "\"";
    if (found.empty() && !selection.entries.empty())
        throw InvalidInput(name + " was made of other images, \"" + toValidUtf8(selection.imagesTitle) +
                           "\": \"" + toValidUtf8(dataset.report().title) + "\" has none of them");
    ResolvedSelection resolved;
    resolved.missing = selection.entries.size() - found.size();
    resolved.kept = selection.mode == Selection::Mode::Keep ? found : withoutSamples(dataset.size(), found);
    if (resolved.kept.empty())
        throw InvalidInput(name + " leaves no image");
    return resolved;
}

} // namespace simclr
